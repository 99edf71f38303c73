"""What nouns say of who speaks: the classes of `seeds/source_words.csv`, the sides of
`seeds/party_words.csv`."""

import re
from functools import cache

from newsledger.lexicon.gazetteer import find_kind
from newsledger.lexicon.words import read_classes, read_lexicon
from newsledger.model.enums import LocationKind, WordClass

_AFFILIATED = re.compile(
    r"\w+-(?:linked|aligned|allied|affiliated|backed|run|held|controlled|funded|owned"
    r"|supporting|leaning|sponsored)"
)

NO_SIDE = "none"  # of a word beside which no other tells a government's side
_TRADE = frozenset("firm firms company companies consultancy group data concerns".split())
# Words beside which another tells no side: "Security Council", "market intelligence firm".
_OTHERWISE = {
    "security": _TRADE | {"council"},
    "intelligence": _TRADE,
    "government": frozenset({"affairs"}),
}
# Words behind which "state" is the country: others are of one of its states ("state officials").
_OF_COUNTRY = frozenset("the of".split())
_COUNTRYS = frozenset(
    """media television tv news radio broadcaster newspaper paper press department security oil gas
    energy power bank government""".split()
)


@cache
def load_word_classes() -> dict[str, WordClass]:
    """Read the class of each word: "guard" is a person."""
    rows = read_classes("source_words.csv", ("word", "class", "note"), frozenset(WordClass))
    return {word: WordClass(kind) for word, (kind, _) in rows.items()}


def find_word_class(word: str) -> WordClass | None:
    """Find the class of a word."""
    return load_word_classes().get(word)


@cache
def _load_sides() -> dict[str, str]:
    rows = read_lexicon("party_words.csv", ("word", "party_role"))
    return {row["word"]: row["party_role"] for row in rows}


def find_party(words: list[str]) -> str | None:
    """Find the side that the words tell, also as the first part of "opposition-linked",
    "rebel-aligned". Who seeks an office or has left it, judges, lawmakers, police and scholars are
    of no government: "presidential candidate", "state university"."""
    of_none = has_no_side(words)
    sides = (_find_side(word, words) for word in words)
    return next((side for side in sides if side and not (of_none and side == "government")), None)


def has_no_side(words: list[str]) -> bool:
    """Whether a word tells that somebody is of no government."""
    return any(_load_sides().get(word) == NO_SIDE for word in words)


def _find_side(word: str, words: list[str]) -> str | None:
    if _OTHERWISE.get(word, frozenset()) & set(words):
        return None
    if word == "state" and not _is_country(words):
        return None
    known = _load_sides()
    side = known.get(word) or (
        known.get(word.split("-")[0]) if _AFFILIATED.fullmatch(word) else None
    )
    return None if side == NO_SIDE else side


def _is_country(words: list[str]) -> bool:
    """Whether "state" among words is a country: "state media", "secretary of state", "the State";
    not "state officials", "Columbia State University"."""
    at = words.index("state")
    before, behind = words[:at], words[at + 1 :]
    if behind[:2] == ["department", "of"]:  # "the state Department of Labor"
        return False
    is_alone = not behind and _OF_COUNTRY.issuperset(before[-1:])
    if before[-1:] == ["of"]:  # "Massachusetts secretary of state" is of that
        return not any(find_kind(word.title()) == LocationKind.ADMIN1 for word in before)
    return is_alone or bool(_COUNTRYS.intersection(behind[:2]))
