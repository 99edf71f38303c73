"""Grouping: what belongs together, and ids of groups that stay."""
