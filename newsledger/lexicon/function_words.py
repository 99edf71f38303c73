"""Function words by language: prose has them, menus have not."""

from functools import cache
from typing import TYPE_CHECKING

from newsledger.lexicon.sheets import read_seed

if TYPE_CHECKING:
    import numpy as np

    Column = np.ndarray


@cache
def load_function_words(language: str | None = None) -> frozenset[str]:
    """Read the function words of `seeds/function_words.csv`, of all languages unless one is named:
    prose has them, menus have not."""
    rows = read_seed("function_words.csv", ("language", "words"))
    return frozenset(
        word
        for _, row in rows
        if language in (None, row["language"])
        for word in row["words"].split()
    )
