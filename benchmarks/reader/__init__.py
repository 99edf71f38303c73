"""How the second reader is made: gold windows, training, export, weights of its votes."""
