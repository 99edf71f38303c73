"""The words of one line, split once for all that ask: the features of lines, the headline, the
words of the address."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")


class Words(NamedTuple):
    """The words of a line: as printed ("don't", "U.S"), the same in small letters, its runs of
    letters in small letters ("don", "t")."""

    printed: list[str]
    low: list[str]
    runs: list[str]


@lru_cache(maxsize=4096)
def split_words(text: str) -> Words:
    """Split a line into words. A page asks for each line several times, an outlet for its menu on
    every page."""
    printed = _WORD.findall(text)
    low = [word.lower() for word in printed]
    if "".join(low).isalpha():
        return Words(printed, low, low)
    runs = ((word,) if word.isalpha() else _LETTERS.findall(word) for word in low)
    return Words(printed, low, list(chain.from_iterable(runs)))


def fold_runs(text: str) -> Iterable[str]:
    """List the runs of letters of a line as they are compared with an address: without regard to
    case in any alphabet."""
    runs = split_words(text).runs
    return runs if text.isascii() else map(str.casefold, runs)
