"""Pages flattened to text: the role of every line."""
