"""Fold texts to what is compared of them: letters without accents, words in small letters, without
plural ending, in runs."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_WORD = re.compile(r"\w+")


def strip_accents(text: str) -> str:
    """Strip the accents of letters, and write ligatures and full-width forms as plain ones."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def fold_words(text: str) -> str:
    """Fold a text to its words in small letters, one space apart."""
    return " ".join(_WORD.findall(text.lower()))


def singular(word: str) -> str:
    """Take the plural ending off a word in small letters: "parties", "boats"."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def list_grams(words: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """List the runs of so many words, of fewer words the whole, of none nothing."""
    if not words:
        return []
    return [tuple(words[at : at + size]) for at in range(max(len(words) - size + 1, 1))]
