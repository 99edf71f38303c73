"""Words that bylines are made of."""

from functools import cache

from newsledger.lexicon.sheets import read_seed


@cache
def load_byline_words() -> dict[str, frozenset[str]]:
    """Read `seeds/byline_words.csv`: words by their use in a byline."""
    rows = read_seed("byline_words.csv", ("use", "words", "note"))
    return {row["use"]: frozenset(row["words"].split(";")) for _, row in rows}
