"""Function words by language: prose has them, menus have not."""

import csv
from functools import cache
from typing import TYPE_CHECKING

from newsledger import paths

if TYPE_CHECKING:
    import numpy as np

    Column = np.ndarray


@cache
def load_function_words(language: str | None = None) -> frozenset[str]:
    """Read the function words of `seeds/function_words.csv`, of all languages unless one is named:
    prose has them, menus have not."""
    with (paths.SEEDS / "function_words.csv").open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if language in (None, row["language"])]
    return frozenset(word for row in rows for word in row["words"].split())
