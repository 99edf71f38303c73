"""The second reader: a small encoder that marks what is said, by whom, and votes on candidates."""
