"""What nouns say of who speaks: the classes of `seeds/source_words.csv`, the sides of
`seeds/party_words.csv`."""

import re
from functools import cache

from newsledger.lexicon.words import read_classes, read_lexicon
from newsledger.model.enums import WordClass

_AFFILIATED = re.compile(
    r"\w+-(?:linked|aligned|allied|affiliated|backed|run|held|controlled|funded|owned"
    r"|supporting|leaning|sponsored)"
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
    "rebel-aligned"."""
    known = _load_sides()
    for word in words:
        if word == "security" and "council" in words:
            continue  # of the United Nations, no side
        side = known.get(word) or (
            known.get(word.split("-")[0]) if _AFFILIATED.fullmatch(word) else None
        )
        if side:
            return side
    return None
