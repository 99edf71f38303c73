"""Numbers that count something, and what."""
