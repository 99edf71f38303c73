"""Saved pages as blocks of text, and which of them are the article."""
