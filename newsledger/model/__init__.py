"""Values, identifiers and tables that every other room speaks in."""
