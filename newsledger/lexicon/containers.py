"""What the containers of a page name themselves as, by class and id:
`seeds/page_containers.csv`."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.lexicon.sheets import read_sheet

COLUMNS = ("group", "text", "match", "note")
MATCHES = ("part", "word", "begins")  # anywhere in the name, a word of it, the beginning of a word
_KEY = 3  # letters that parts are looked up by
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NAME = re.compile(r"[a-z_]+")


@dataclass(frozen=True, slots=True)
class Containers:
    """The names of the groups, and what is looked for: text to mask, by the way it is matched;
    parts by their first letters."""

    groups: tuple[str, ...]
    parts: dict[str, list[tuple[str, int]]]
    words: dict[str, int]
    begins: tuple[tuple[str, int], ...]


@cache
def load_containers() -> Containers:
    """Read the file. Raises `SettingsError` naming the row that is wrong."""
    path = paths.SEEDS / "page_containers.csv"
    groups: list[str] = []
    found: dict[str, dict[str, int]] = {match: {} for match in MATCHES}
    for number, row in read_sheet(path, COLUMNS):
        _check_row(row, f"{path} line {number}")
        if row["group"] not in groups:
            groups.append(row["group"])
        texts = found[row["match"]]
        texts[row["text"]] = texts.get(row["text"], 0) | 1 << groups.index(row["group"])
    parts: dict[str, list[tuple[str, int]]] = {}
    for text, bits in found["part"].items():
        parts.setdefault(text[:_KEY], []).append((text, bits))
    return Containers(tuple(groups), parts, found["word"], tuple(found["begins"].items()))


def _check_row(row: dict[str, str], where: str) -> None:
    if not _NAME.fullmatch(row["group"]):
        raise SettingsError(f"{where}: group {row['group']!r}: expected lower-case letters and _")
    if row["match"] not in MATCHES:
        raise SettingsError(
            f"{where}: match {row['match']!r}: expected one of {', '.join(MATCHES)}"
        )
    if not re.fullmatch(r"[a-z]+", row["text"]) or (
        row["match"] == "part" and len(row["text"]) < _KEY
    ):
        raise SettingsError(
            f"{where}: text {row['text']!r}: expected lower-case letters, {_KEY} or more for a "
            f"part; hyphens are not compared"
        )


def list_groups() -> tuple[str, ...]:
    """List the groups; the place of each is its bit in a mask."""
    return load_containers().groups


@cache
def mask_of(*groups: str) -> int:
    """Make the mask of some groups."""
    return sum(1 << list_groups().index(group) for group in groups)


@lru_cache(maxsize=16384)
def find_groups(names: str) -> int:
    """Find the groups that a container's class and id name, as a mask: `story-body wide` → the bit
    of `body`."""
    mask = 0
    for name in names.split():
        mask |= _groups_of_name(name)
    return mask


@lru_cache(maxsize=65536)
def _groups_of_name(name: str) -> int:
    """Find the groups of one name; hyphens, underscores and digits are not compared."""
    listed = load_containers()
    words = [word.lower() for word in _WORD.findall(name)]
    joined = "".join(words)
    mask = 0
    for place in range(len(joined) - _KEY + 1):
        for part, bits in listed.parts.get(joined[place : place + _KEY], ()):
            if joined.startswith(part, place):
                mask |= bits
    for word in words:
        mask |= listed.words.get(word, 0)
        for start, bits in listed.begins:
            if word.startswith(start):
                mask |= bits
    return mask
