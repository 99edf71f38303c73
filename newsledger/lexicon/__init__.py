"""The only reader of `seeds/`: curated knowledge as typed rows."""
