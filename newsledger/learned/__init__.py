"""Learned weights: data only. `docs/` says from what, by which command, and how good they are."""
