"""What common nouns can stand for, so that no person is made up behind "the trailer" or "the
observations"."""

from functools import cache

from newsledger.errors import SettingsError
from newsledger.lexicon.words import read_lexicon
from newsledger.model.enums import NounClass

_PERSON_ENDINGS = ("men", "women", "man", "woman", "people", "person")  # fishermen, tribespeople


@cache
def load_noun_classes() -> dict[str, NounClass]:
    """Read the nouns that can be people, groups or places. Raises `SettingsError` for another
    class."""
    found = {}
    for number, row in enumerate(read_lexicon("noun_classes.csv", ("word", "class")), 2):
        if row["class"] not in frozenset(NounClass):
            raise SettingsError(
                f"noun_classes.csv, line {number}: expected a class "
                f"of {', '.join(sorted(NounClass))}; got {row}"
            )
        found[row["word"]] = NounClass(row["class"])
    return found


def find_noun_class(noun: str) -> NounClass:
    """Find what a noun in the singular can stand for; a thing where no person, group or place is
    called so. Of a compound ("co-author") the last part tells."""
    known, word = load_noun_classes(), noun.lower()
    last = word.rpartition("-")[2]
    if found := known.get(word) or known.get(last):
        return found
    return NounClass.PERSON if last.endswith(_PERSON_ENDINGS) else NounClass.THING
