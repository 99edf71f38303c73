"""What the containers of a page name themselves as, by class and id: `seeds/page_containers.csv`."""

import csv
import re
from functools import cache, lru_cache

from newsledger import paths
from newsledger.errors import SettingsError

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAME = re.compile(r"[a-z_]+")


@cache
def load_containers() -> dict[str, re.Pattern[str]]:
    """Read the patterns by group, in the file's order. Raises `SettingsError` naming the row that is wrong."""
    path = paths.SEEDS / "page_containers.csv"
    by_group: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), 2):
            if None in row or row["pattern"] is None:
                raise SettingsError(f"{path} line {number}: expected group, pattern, note; a pattern with a comma needs quotation marks")
            if not _NAME.fullmatch(row["group"]):
                raise SettingsError(f"{path} line {number}: group {row['group']!r}: expected lower-case letters and _")
            try:
                re.compile(row["pattern"])
            except re.error as error:
                raise SettingsError(f"{path} line {number}: pattern {row['pattern']!r}: {error}") from None
            by_group.setdefault(row["group"], []).append(row["pattern"])
    return {group: re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) for group, patterns in by_group.items()}


@cache
def list_groups() -> tuple[str, ...]:
    """List the groups; the place of each is its bit in a mask."""
    return tuple(load_containers())


@cache
def mask_of(*groups: str) -> int:
    """Make the mask of some groups."""
    return sum(1 << list_groups().index(group) for group in groups)


@lru_cache(maxsize=16384)
def find_groups(names: str) -> int:
    """Find the groups that a container's class and id name, as a mask: `story-body wide` → the bit of `body`."""
    mask = 0
    for name in names.split():
        mask |= _groups_of_name(name)
    return mask


@lru_cache(maxsize=65536)
def _groups_of_name(name: str) -> int:
    folded = _CAMEL.sub("-", name).replace("_", "-").lower()
    return sum(1 << bit for bit, pattern in enumerate(load_containers().values()) if pattern.search(folded))
