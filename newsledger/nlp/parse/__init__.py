"""The language model and its parse as plain objects."""
