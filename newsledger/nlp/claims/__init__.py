"""Claims: attributions with chain, stance, time, figures, actors and places."""
