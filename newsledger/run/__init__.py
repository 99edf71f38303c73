"""One run: its plan, its steps, its gate."""
