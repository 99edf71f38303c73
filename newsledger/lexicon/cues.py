"""Cue words with class, type and stance: `seeds/cues.csv`."""

from dataclasses import dataclass
from functools import cache

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.lexicon.sheets import read_sheet
from newsledger.model.enums import CueClass, CueStance, CueType

CLASSES = (CueClass.SPEECH, CueClass.ATTITUDE, CueClass.EVIDENTIAL, CueClass.DECLINED)
TYPES = tuple(kind for kind in CueType if kind is not CueType.NONE)
STANCES = tuple(CueStance)
PARTS = ("verb", "noun", "adjective", "adverb", "preposition")
HOLDERS = ("", "object")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that attributes. `holder` is "object" where a passive names who feels: "she is
    convinced that …"."""

    lemma: str
    pos: str
    cue_class: CueClass
    stance: CueStance
    cue_type: CueType = CueType.SPEAKING
    holder: str = ""


COLUMNS = ("lemma", "pos", "cue_class", "cue_type", "stance", "holder")


@cache
def load_cues() -> dict[tuple[str, str], Cue]:
    """Read the cues by (lemma, part of speech), verbs in -ize also by their spelling in -ise.

    Raises `SettingsError` naming the row that is wrong.
    """
    path = paths.SEEDS / "cues.csv"
    cues = {}
    for number, row in read_sheet(path, COLUMNS):
        lists = (
            (CLASSES, row["cue_class"]),
            (TYPES, row["cue_type"]),
            (STANCES, row["stance"]),
            (PARTS, row["pos"]),
            (HOLDERS, row["holder"]),
        )
        if any(value not in allowed for allowed, value in lists):
            raise SettingsError(
                f"{path} line {number}: expected values of the closed lists, got {row}"
            )
        cue = Cue(
            row["lemma"],
            row["pos"],
            CueClass(row["cue_class"]),
            CueStance(row["stance"]),
            CueType(row["cue_type"]),
            row["holder"],
        )
        cues[cue.lemma, cue.pos] = cue
        if cue.pos == "verb" and cue.lemma.endswith("ize"):
            cues.setdefault((f"{cue.lemma[:-3]}ise", "verb"), cue)
    return cues
