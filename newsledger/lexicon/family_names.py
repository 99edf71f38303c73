"""Family names that stand before the given name: "Kim Do-yeon", "Tsai Mei-ling"."""

from functools import cache

from newsledger.lexicon.words import read_lexicon


@cache
def load_family_names() -> frozenset[str]:
    """Read the Korean and Chinese family names, in small letters."""
    return frozenset(row["name"] for row in read_lexicon("family_names.csv", ("name", "language")))
