"""Words that bylines are made of."""

import csv
from functools import cache

from newsledger import paths


@cache
def load_byline_words() -> dict[str, frozenset[str]]:
    """Read `seeds/byline_words.csv`: words by their use in a byline."""
    with (paths.SEEDS / "byline_words.csv").open(encoding="utf-8", newline="") as handle:
        return {row["use"]: frozenset(row["words"].split(";")) for row in csv.DictReader(handle)}
