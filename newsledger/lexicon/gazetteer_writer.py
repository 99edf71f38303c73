"""Writes places and their names into the files of the gazetteer."""

import array
import json
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from newsledger.lexicon.gazetteer import Place, fold_name, hash_name
from newsledger.lexicon.gazetteer_divisions import (
    LATIN,
)

MIN_ALTERNATE = 4  # alternate names shorter than four letters do more harm than good


class GazetteerWriter:
    """Writes places as they come and keeps of each name its hash only, so that GeoNames' twelve
    million fit into memory."""

    def __init__(self, handle: BinaryIO) -> None:
        self.handle = handle
        self.offsets = array.array("q", [0])
        self.hashes = array.array("Q")
        self.numbers = array.array("I")
        self.native: dict[str, dict[str, str]] = {}

    def add(self, place: Place, names: Sequence[str]) -> int:
        number = len(self.offsets) - 1
        row = (
            json.dumps(
                [getattr(place, field) for field in Place.__slots__], ensure_ascii=False
            ).encode()
            + b"\n"
        )
        self.handle.write(row)
        self.offsets.append(self.offsets[-1] + len(row))
        self.name(number, [place.name], is_main=True)
        self.name(number, names, is_main=False)
        return number

    def name(self, number: int, names: Sequence[str], *, is_main: bool) -> None:
        for name in names:
            folded = fold_name(name)
            if (
                folded
                and (is_main or len(folded) >= MIN_ALTERNATE or name.isupper())
                and LATIN.fullmatch(folded)
            ):
                self.hashes.append(hash_name(folded))
                self.numbers.append(number << 1 | is_main)

    def save_names(self, folder: Path) -> int:
        import numpy as np

        hashes, numbers = (
            np.array(self.hashes, dtype=np.uint64),
            np.array(self.numbers, dtype=np.uint32),
        )
        order = np.lexsort((numbers, hashes))
        hashes, numbers = hashes[order], numbers[order]
        is_last = np.append(
            (hashes[1:] != hashes[:-1]) | (numbers[1:] >> 1 != numbers[:-1] >> 1), True
        )  # of a place, its main name
        np.save(folder / "hashes.npy", hashes[is_last])
        np.save(folder / "name_places.npy", numbers[is_last])
        np.save(folder / "offsets.npy", np.array(self.offsets, dtype=np.int64))
        return int(is_last.sum())
