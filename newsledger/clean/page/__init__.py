"""Saved pages: their lines, and what they say about themselves."""
