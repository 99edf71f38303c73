"""Names, actors and the pronouns and descriptions that stand for them."""
