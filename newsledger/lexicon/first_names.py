"""First names, with the gender that nearly all who bear them have."""

from functools import cache

from newsledger.errors import SettingsError
from newsledger.lexicon.words import read_lexicon
from newsledger.model.enums import Gender

GENDERS = frozenset({Gender.MALE, Gender.FEMALE, ""})


@cache
def load_first_names() -> dict[str, Gender]:
    """Read the first names that are nearly always one gender. Raises `SettingsError` for another
    gender."""
    found = {}
    for number, row in enumerate(read_lexicon("first_names.csv", ("name", "gender", "source")), 2):
        if row["gender"] not in GENDERS - {""}:
            raise SettingsError(
                f"first_names.csv, line {number}: expected male or female; got {row['gender']}"
            )
        found[row["name"]] = Gender(row["gender"])
    return found
