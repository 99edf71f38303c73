"""Contexts: what stands right before a name and right behind it, looked for where the name stands
and not in the whole text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

KEPT = 256  # lists of where a name stands: each of its mentions asks
REACH = 300  # letters before a name that are looked at: six words, long ones too
NEAR = 24  # letters right before a name
EDGE = re.compile(r"\b")
NO_WORD = re.compile(r"(?<!\w)\Z")


class Context(NamedTuple):
    """What stands before a name, up to its first letter (`\\Z`), and behind it."""

    before: re.Pattern[str]
    behind: re.Pattern[str]
    near: re.Pattern[str] | None = None  # needed right before the name, for a look further back


def list_occurrences(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """List where any of some names stands in a text, in reading order."""
    found = []
    for name in filter(None, names):
        start = text.find(name)
        while start >= 0:
            found.append((start, start + len(name)))
            start = text.find(name, start + 1)
    return sorted(found)


@lru_cache(maxsize=KEPT)
def list_whole(text: str, name: str) -> tuple[tuple[int, int], ...]:
    """List where a name stands that is no part of a longer word."""
    return tuple(
        (start, end)
        for start, end in list_occurrences(text, (name,))
        if EDGE.match(text, start) and EDGE.match(text, end)
    )


def find_in_context(
    text: str, occurrences: Sequence[tuple[int, int]], contexts: Iterable[Context]
) -> Iterator[tuple[int, int]]:
    """Give what the contexts cover with a name between them, context by context."""
    for before, behind, near in contexts:
        for start, end in occurrences:
            after = behind.match(text, end)
            if after is None or (near and not near.search(text, max(0, start - NEAR), start)):
                continue
            if ahead := before.search(text, max(0, start - REACH), start):
                yield ahead.start(), after.end()
