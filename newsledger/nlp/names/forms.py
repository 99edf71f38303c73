"""Forms of a name: its key, the acronyms a text introduces, titles that stand before it and what
its head noun says."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from newsledger.errors import SettingsError
from newsledger.lexicon.actors import fold, load_seed_actors
from newsledger.lexicon.first_names import GENDERS
from newsledger.lexicon.gazetteer import load_country_letters
from newsledger.lexicon.words import read_lexicon
from newsledger.model.enums import EntityLabel, Gender
from newsledger.model.records import Entity

HEAD_KINDS = frozenset(
    {
        "organisation",
        "place",
        "landscape",
        "facility",
        "event",
        "document",
        "work",
        "field",
        "people",
    }
)
_ACRONYM = re.compile(
    r"(?P<long>(?:[A-Z][\w’'&.-]+|of|for|the|and|al-\w+|Al-\w+|de|in|to"
    r"|on)(?:\s+(?:[A-Z][\w’'&.-]+|of|for|the|and|al-\w+|Al-\w+|de|in|to|on)){1,9})"
    r"(?:\s*\(|(?:\s+(?:group|party|movement|militia))?,?\s+(?:or|known as"
    r"|(?P<named>known by (?:its|the) (?:\w+ )?(?:acronym|initials)(?: "
    r"as)?))\s+)(?P<short>[A-Z][A-Za-z&.-]{1,9})\b"
)
_ACRONYM_FIRST = re.compile(
    r"\b(?P<short>[A-Z][A-Z&-]{1,9})\s*\((?:the\s+)?(?P<long>[A-Z][\w’' -]{6,80})\)"
)
_HONOURS = frozenset({"seri", "sri"})  # behind a title of Malaysia
_BRACKET = re.compile(r" [(\[](?:the )?(?P<short>[A-Z][A-Za-z&-]{1,7})[)\]]")
_BEFORE_BRACKET = re.compile(r"\b(?P<short>[A-Z][A-Za-z&-]{1,7}) \((?:the )?$")
_SPLIT_PARTICLES = frozenset({"al", "el", "de", "van", "von", "bin", "ibn", "abu"})
# letters of a surname that may be spelled otherwise: in shorter ones one letter makes another name
MIN_VARIANT = 5
MIN_SINGLED = 4  # letters of a surname in which a doubled letter counts as one
LONG_VARIANT = 8  # letters from which two edits are allowed
MIN_SHORT, MIN_SHORT_SEEN = 2, 2  # letters of an acronym that is named so often
MIN_ACRONYM, MAX_ACRONYM = 3, 6  # letters of an acronym that may be told by initials alone
_LOWER = frozenset({"of", "the", "and", "for"})
_LEADING_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s?$")


@cache
def load_titles() -> dict[str, Gender | None]:
    """Read the titles that stand before a person's name, with the gender they tell. Raises
    `SettingsError` for another gender."""
    found = {}
    for number, row in enumerate(read_lexicon("titles.csv", ("title", "gender")), 2):
        if row["gender"] not in GENDERS:
            raise SettingsError(
                f"titles.csv, line {number}: expected a gender of male, female or none; got {row}"
            )
        found[row["title"]] = Gender(row["gender"]) if row["gender"] else None
    return found


@cache
def load_name_heads() -> dict[str, str]:
    """Read what the head noun of a name says about it: "University" is an organisation's. Raises
    `SettingsError`."""
    found = {}
    for number, row in enumerate(read_lexicon("name_heads.csv", ("word", "kind")), 2):
        if row["kind"] not in HEAD_KINDS:
            raise SettingsError(
                f"name_heads.csv, line {number}: expected a kind "
                f"of {', '.join(sorted(HEAD_KINDS))}; got {row}"
            )
        found[row["word"]] = row["kind"]
    return found


@lru_cache(maxsize=50_000)
def name_key(text: str) -> str:
    """Fold a name as printed to a key: no article, no possessive, single spaces."""
    return " ".join(_POSSESSIVE.sub("", _LEADING_ARTICLE.sub("", text.strip())).split())


@lru_cache(maxsize=4)  # names and actors of one text ask one after the other
def find_acronyms(text: str) -> Mapping[str, str]:
    """Find acronyms introduced in any order: short form → long form ("X, or HTS", "X (HTS)", "HTS
    (X)")."""
    found: dict[str, str] = {}
    for match in (*_ACRONYM.finditer(text), *_ACRONYM_FIRST.finditer(text)):
        short, words = match["short"], match["long"].split()
        if sum(char.isupper() for char in short) < 2:
            continue
        letters = short.replace(".", "").replace("-", "").upper()
        every = (words[-size:] for size in range(len(words), 1, -1))
        tails = [tail for tail in every if tail[0].lower() not in _LOWER and not tail[0].islower()]
        fits = (tail for tail in tails if letters in initials_of(tail))
        mixed = (
            tail
            for tail in tails
            if len(letters) > 2 and sorted(letters) == sorted(initials_of(tail)[0])
        )  # of another language
        if tail := next(fits, None) or next(mixed, None):
            found.setdefault(short, _POSSESSIVE.sub("", " ".join(tail)))
        elif match.groupdict().get("named"):  # whatever its letters: the text says so
            found.setdefault(short, name_key(match["long"]))
    return found


def initials_of(words: list[str]) -> tuple[str, str, str]:
    """The letters that may stand for some words: of the capitalised parts, of all parts, of the
    words."""
    parts = [part for word in words for part in word.split("-") if part]
    return (
        "".join(part[0] for part in parts if part[0].isupper()),
        "".join(part[0] for part in parts).upper(),
        "".join(word[0] for word in words).upper(),
    )


def find_bracketed(text: str, entities: Iterable[Entity]) -> dict[str, str]:
    """Find acronyms that stand in brackets right behind an organisation, whatever their letters, or
    in front of one in brackets: {short: long}."""
    found: dict[str, str] = {}
    for entity in entities:
        name = name_key(entity.text)
        if entity.label != EntityLabel.ORG or " " not in name:
            continue
        behind = _BRACKET.match(text, entity.end)
        before = _BEFORE_BRACKET.search(text[max(0, entity.start - 14) : entity.start])
        match = behind or (before if text[entity.end : entity.end + 1] == ")" else None)
        if match is None or len(match["short"]) * 2 > len(name):
            continue
        short = match["short"]
        is_acronym = short.isupper() or short.upper() in initials_of(name.split())
        if is_acronym and short not in load_country_letters():
            found.setdefault(short, name)
    return found


def find_unexplained(entities: Iterable[Entity]) -> dict[str, str]:
    """Find acronyms that no words introduce but that are the initials of just one organisation
    named: {short: long}."""
    names = Counter(name_key(entity.text) for entity in entities if entity.label == EntityLabel.ORG)
    found = {}
    for short, count in names.items():
        least = MIN_ACRONYM if count < MIN_SHORT_SEEN else MIN_SHORT
        if (
            short.isupper()
            and short.isalpha()
            and least <= len(short) <= MAX_ACRONYM
            and fold(short) not in load_seed_actors()
        ):
            size = min(len(short), MIN_ACRONYM)
            long = (name for name in names if len(name.split()) >= size)
            fits = [name for name in long if short in initials_of(name.split())]
            if len(set(map(fold, fits))) == 1:
                found[short] = fits[0]
    return found


def split_title(key: str) -> tuple[str, str]:
    """Split "Ms. Tal" into titles and name; a title alone stays a name."""
    words = key.split()
    count = next(
        (i for i, word in enumerate(words) if word.lower().strip(".") not in load_titles()), 0
    )
    if 0 < count < len(words) - 1 and words[count].lower() in _HONOURS:
        count += 1  # "Datuk Seri Ahmad Tal"
    return " ".join(words[:count]), " ".join(words[count:])


@lru_cache(maxsize=16_384)
def bare_word(word: str) -> str:
    """Fold a word of a person's name: no case, marks or article ("al-"); empty where it is only a
    particle."""
    bare = re.sub(r"[’'`.]", "", word.casefold())
    bare = re.sub(r"^(?:al|el|ad|as|ar|an)-", "", bare)
    return "" if bare in _SPLIT_PARTICLES else bare


def is_variant(word: str, surname: str) -> bool:
    """Tell whether a bare surname is a transliteration or slip of another: one edit, two in a long
    one, the first letter kept.

    Letters written twice or once ("Assad", "Asad") make no other name in short ones either.
    """
    if min(len(word), len(surname)) >= MIN_SINGLED and _single(word) == _single(surname):
        return True
    if min(len(word), len(surname)) < MIN_VARIANT or word[0] != surname[0]:
        return False
    allowed = 2 if min(len(word), len(surname)) >= LONG_VARIANT else 1
    return Levenshtein.distance(word, surname, score_cutoff=allowed) <= allowed


def _single(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)
