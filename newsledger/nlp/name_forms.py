"""Forms of a name: its key, the acronyms a text introduces, titles that stand before it and what its head noun says."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from newsledger.errors import SettingsError
from newsledger.nlp.lexicon import read_lexicon

HEAD_KINDS = frozenset({"organisation", "place", "landscape", "facility", "event", "document", "work", "field", "people"})
_GENDERS = frozenset({"male", "female", ""})
_ACRONYM = re.compile(
    r"(?P<long>(?:[A-Z][\w’'&.-]+|of|for|the|and|al-\w+|Al-\w+|de|in|to|on)(?:\s+(?:[A-Z][\w’'&.-]+|of|for|the|and|al-\w+|Al-\w+|de|in|to|on)){1,9})"
    r"(?:\s*\(|(?:\s+(?:group|party|movement|militia))?,?\s+(?:or|known as|(?P<named>known by (?:its|the) (?:\w+ )?(?:acronym|initials)(?: as)?))\s+)(?P<short>[A-Z][A-Za-z&.-]{1,9})\b"
)
_ACRONYM_FIRST = re.compile(r"\b(?P<short>[A-Z][A-Z&-]{1,9})\s*\((?:the\s+)?(?P<long>[A-Z][\w’' -]{6,80})\)")
_LOWER = frozenset({"of", "the", "and", "for"})
_LEADING_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s?$")


@cache
def load_titles() -> dict[str, str | None]:
    """Read the titles that stand before a person's name, with the gender they tell. Raises `SettingsError` for another gender."""
    found = {}
    for number, row in enumerate(read_lexicon("titles.csv", ("title", "gender")), 2):
        if row["gender"] not in _GENDERS:
            raise SettingsError(f"titles.csv, line {number}: expected a gender of male, female or none; got {row}")
        found[row["title"]] = row["gender"] or None
    return found


@cache
def load_name_heads() -> dict[str, str]:
    """Read what the head noun of a name says about it: "University" is an organisation's. Raises `SettingsError`."""
    found = {}
    for number, row in enumerate(read_lexicon("name_heads.csv", ("word", "kind")), 2):
        if row["kind"] not in HEAD_KINDS:
            raise SettingsError(f"name_heads.csv, line {number}: expected a kind of {', '.join(sorted(HEAD_KINDS))}; got {row}")
        found[row["word"]] = row["kind"]
    return found


@lru_cache(maxsize=50_000)
def name_key(text: str) -> str:
    """Fold a name as printed to a key: no article, no possessive, single spaces."""
    return " ".join(_POSSESSIVE.sub("", _LEADING_ARTICLE.sub("", text.strip())).split())


@lru_cache(maxsize=4)  # names and actors of one text ask one after the other
def find_acronyms(text: str) -> Mapping[str, str]:
    """Find acronyms introduced in any order: short form → long form ("X, or HTS", "X (HTS)", "HTS (X)")."""
    found: dict[str, str] = {}
    for match in (*_ACRONYM.finditer(text), *_ACRONYM_FIRST.finditer(text)):
        short, words = match["short"], match["long"].split()
        if sum(char.isupper() for char in short) < 2:
            continue
        letters = short.replace(".", "").replace("-", "").upper()
        every = (words[-size:] for size in range(len(words), 1, -1))
        tails = [tail for tail in every if tail[0].lower() not in _LOWER and not tail[0].islower()]
        fits = (tail for tail in tails if letters in initials_of(tail))
        mixed = (tail for tail in tails if len(letters) > 2 and sorted(letters) == sorted(initials_of(tail)[0]))  # of another language
        if tail := next(fits, None) or next(mixed, None):
            found.setdefault(short, _POSSESSIVE.sub("", " ".join(tail)))
        elif match.groupdict().get("named"):  # whatever its letters: the text says so
            found.setdefault(short, name_key(match["long"]))
    return found


def initials_of(words: list[str]) -> tuple[str, str, str]:
    """The letters that may stand for some words: of the capitalised parts, of all parts, of the words."""
    parts = [part for word in words for part in word.split("-") if part]
    return (
        "".join(part[0] for part in parts if part[0].isupper()),
        "".join(part[0] for part in parts).upper(),
        "".join(word[0] for word in words).upper(),
    )
