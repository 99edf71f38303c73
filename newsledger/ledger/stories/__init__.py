"""Articles about one event."""
