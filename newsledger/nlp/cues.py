"""Cue words with class and stance: `seeds/cues.csv`."""

import csv
from dataclasses import dataclass
from functools import cache

from newsledger import paths
from newsledger.errors import SettingsError

CLASSES = ("speech", "attitude", "evidential", "declined")
STANCES = ("neutral", "assertive", "factive", "denial")
PARTS = ("verb", "noun", "adjective", "adverb", "preposition")


@dataclass(frozen=True, slots=True)
class Cue:
    lemma: str
    pos: str
    cue_class: str
    stance: str


@cache
def load_cues() -> dict[tuple[str, str], Cue]:
    """Read the cues by (lemma, part of speech). Raises `SettingsError` naming the row that is wrong."""
    path = paths.SEEDS / "cues.csv"
    cues = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), 2):
            if row["cue_class"] not in CLASSES or row["stance"] not in STANCES or row["pos"] not in PARTS:
                raise SettingsError(f"{path} line {number}: expected a class, stance and part of speech of the closed lists, got {row}")
            cues[row["lemma"], row["pos"]] = Cue(row["lemma"], row["pos"], row["cue_class"], row["stance"])
    return cues
