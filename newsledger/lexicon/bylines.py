"""Words and first names that bylines are made of."""

import csv
from functools import cache

from newsledger import paths


@cache
def load_byline_words() -> dict[str, frozenset[str]]:
    """Read `seeds/byline_words.csv`: words by their use in a byline."""
    with (paths.SEEDS / "byline_words.csv").open(encoding="utf-8", newline="") as handle:
        return {row["use"]: frozenset(row["words"].split(";")) for row in csv.DictReader(handle)}


@cache
def load_first_names() -> frozenset[str]:
    """Read the first names of `seeds/first_names.csv`."""
    with (paths.SEEDS / "first_names.csv").open(encoding="utf-8", newline="") as handle:
        return frozenset(row["name"] for row in csv.DictReader(handle))
