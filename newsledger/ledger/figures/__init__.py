"""Which numbers may be compared."""
