"""Build `seeds/noun_classes.csv` from WordNet: the nouns that can be people, groups or places.

    python benchmarks/build_noun_classes.py /usr/share/wordnet

The folder is that of Debian's package wordnet-base (WordNet 3.0). A noun is a person's where at
least three in ten of its uses are, counted by WordNet's tagged texts with one more for each sense;
a group's or a place's where half of them are.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from newsledger.paths import SEEDS

LEAST = {"person": 0.3, "group": 0.5, "place": 0.5}  # share of the uses of a noun
_FILES = {14: "group", 15: "place", 18: "person"}  # numbers of WordNet's files of nouns
_NOUN = re.compile(r"[a-z]{3,}(?:-[a-z]+)?")


def read_senses(folder: Path) -> dict[str, tuple[str | None, frozenset[str]]]:
    """Read each sense: its class and the words for it as they are written."""
    senses = {}
    for line in (folder / "data.noun").open(encoding="ascii"):
        if not line.startswith(" "):
            offset, file, _, count, *rest = line.split(" ")
            words = frozenset(rest[: 2 * int(count, 16) : 2])
            senses[offset] = (_FILES.get(int(file)), words)
    return senses


def read_uses(folder: Path) -> Counter[tuple[str, int]]:
    """Count the tagged uses of each noun by the number of the sense."""
    uses: Counter[tuple[str, int]] = Counter()
    for line in (folder / "cntlist.rev").open(encoding="ascii"):
        key, number, count = line.split()
        word, _, rest = key.partition("%")
        if rest.startswith("1:"):
            uses[word, int(number)] = int(count)
    return uses


def list_classes(folder: Path) -> Iterator[tuple[str, str]]:
    """List the nouns with their class, in the order of the alphabet."""
    senses, uses = read_senses(folder), read_uses(folder)
    for line in (folder / "index.noun").open(encoding="ascii"):
        if line.startswith(" "):
            continue  # the licence
        word, _, count, *rest = line.split()
        if _NOUN.fullmatch(word) is None:
            continue
        shares: Counter[str | None] = Counter()
        for number, offset in enumerate(rest[-int(count) :], 1):
            kind, words = senses[offset]
            if word in words:  # and not "Doctor", the name
                shares[kind] += uses[word, number] + 1
        whole = shares.total()
        kinds = (kind for kind, least in LEAST.items() if whole and shares[kind] / whole >= least)
        if kind := next(kinds, None):
            yield word, kind


if __name__ == "__main__":
    with (SEEDS / "noun_classes.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [("word", "class"), *list_classes(Path(sys.argv[1]))]
        )
