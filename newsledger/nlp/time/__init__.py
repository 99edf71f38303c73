"""Dates and times with precision."""
