"""A match of the date grammar, and what its rules know around it."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from newsledger.lexicon.words import read_classes
from newsledger.nlp.parse.parsed import ParsedText

LETTERS = {
    "weekday": "W", "month": "M", "unit": "U", "units": "V", "count": "N", "article": "A",
    "the": "T", "last": "l", "next": "n",
    "this": "t", "that": "z", "same": "=", "edge": "e", "bound": "g", "ago": "a", "before": "b",
    "after": "f", "part_of_day": "p",
    "season": "s", "relative_day": "R", "weekend": "k", "meridiem": "m", "zone": "q",
    "time_word": "w", "oclock": "c", "of": "o",
    "on": "O", "in": "i", "at": "@", "into": "I", "to": "J", "until": "u", "since": "S",
    "from": "F", "and": "&", "comma": ",",
    "hyphen": "-", "dash": "~", "possessive": "'", "every": "v", "holiday": "H", "eve": "!",
    "new": "y", "good": "G", "ordinal": "r",
    "decade": "E",
}  # fmt: skip
SLASH_TOKEN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})$")


@dataclass(frozen=True, slots=True)
class Match:
    """One match of the grammar: its rule, its letters and the tokens under it."""

    rule: str
    first: int
    last: int  # token index, exclusive
    letters: str
    words: tuple[str, ...]

    def value(self, letter: str) -> str | None:
        """Value of the first token with this letter."""
        at = self.letters.find(letter)
        return time_words()[self.words[at]][1] if at >= 0 else None

    def number(self, letter: str, nth: int = 0) -> int | None:
        """Digits of the nth token with this letter."""
        found = [
            word for word, kind in zip(self.words, self.letters, strict=True) if kind == letter
        ]
        digits = re.match(r"\d+", found[nth]) if nth < len(found) else None
        return int(digits.group()) if digits else None


@dataclass(slots=True)
class Context:
    doc: "ParsedText"
    today: date | None
    last_day: date | None = None


@cache
def time_words() -> dict[str, tuple[str, str]]:
    return read_classes("time_words.csv", ("word", "class", "value"), frozenset(LETTERS))


def count_of(match: Match) -> float:
    for word, letter in zip(match.words, match.letters, strict=True):
        if letter in "Dx":
            return int(re.sub(r"\D", "", word))
        if letter == "N":
            tens = int(time_words()[word][1])
            rest = re.match(r".*N-N", match.letters)
            return (
                tens + int(time_words()[match.words[match.letters.index("N") + 2]][1])
                if rest
                else tens
            )
    return 1 if "A" in match.letters else 0


def unit_name(match: Match) -> str:
    for word, letter in zip(match.words, match.letters, strict=True):
        if letter in "UV":
            return time_words()[word][1]
    return "day"
