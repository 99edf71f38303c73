"""A run: its plan, the runner that carries it out, what went wrong, and the log."""
