"""Who says what, about which place and when, how firmly, through whom, and how many independent
sources stand behind it."""

__version__ = "0.3.0"
