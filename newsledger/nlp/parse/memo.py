"""Rows of numbers learned once per key and then looked up: words repeat, so do their vectors."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)  # odd, so nothing is lost


def mix_columns(columns: npt.NDArray[np.uint64]) -> Keys:
    """Join up to three columns of hashes into one key a row.

    Two different rows of a memo of 32,768 meet in one key once in 10^10 memos.
    """
    keys = columns[:, 0] * np.uint64(_MIX[0])
    for at in range(1, columns.shape[1]):
        keys += columns[:, at] * np.uint64(_MIX[at])
    return keys


class RowMemo:
    """A table of rows by key, of one width and type, that forgets everything when it is full."""

    def __init__(self, width: int, dtype: npt.DTypeLike, limit: int) -> None:
        self._limit = limit
        self.table: npt.NDArray[Any] = np.empty((min(limit, 4096), width), dtype)
        self._row_of: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._row_of)

    def look_up(
        self, keys: Keys, learn: Callable[[npt.NDArray[np.intp]], npt.NDArray[Any]]
    ) -> npt.NDArray[np.intp]:
        """Give the row in `table` for each key, valid until the next call. `learn` gets the places
        of keys that are new, and gives their rows."""
        unique, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        listed = unique.tolist()
        rows = [self._row_of.get(key, -1) for key in listed]
        new = [at for at, row in enumerate(rows) if row < 0]
        if new and len(self._row_of) + len(new) > self._limit:
            self._row_of.clear()
            new = list(range(len(listed)))
        if new:
            start = len(self._row_of)
            self._make_room(start + len(new))
            self.table[start : start + len(new)] = learn(first[new])
            for row, at in enumerate(new, start):
                self._row_of[listed[at]] = rows[at] = row
        return np.array(rows, dtype=np.intp)[inverse]

    def _make_room(self, size: int) -> None:
        while size > len(self.table):
            self.table = np.concatenate([self.table, np.empty_like(self.table)])
