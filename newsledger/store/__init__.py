"""The databases: writing, publishing, reading, exporting."""
