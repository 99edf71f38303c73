"""Small operations on words and lines, each written once."""
