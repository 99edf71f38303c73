"""Ids of groups that stay when members join."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from newsledger.model.ids import make_id


def name_groups(
    groups: Sequence[Sequence[str]],
    known: Mapping[str, str],
    prefix: str,
    elsewhere: Iterable[str] = (),
) -> dict[str, Sequence[str]]:
    """Name each group by the id most of its members had before, the surest wish first, or else
    after its first member.

    `known` maps members to the ids they had. An id goes to one group only; the others of a group
    that fell apart get new ones. `elsewhere` holds ids of groups that are not among these.
    """
    counts = [Counter(known[member] for member in group if member in known) for group in groups]
    wishes = sorted(
        (-count, -len(groups[number]), old, number)
        for number, found in enumerate(counts)
        for old, count in found.items()
    )
    named: dict[int, str] = {}
    taken = set(elsewhere)
    for _, _, old, number in wishes:
        if number not in named and old not in taken:
            named[number] = old
            taken.add(old)
    for number, group in enumerate(groups):
        if number not in named:
            named[number] = next(
                fresh for fresh in _propose_ids(prefix, group) if fresh not in taken
            )
            taken.add(named[number])
    return {named[number]: group for number, group in enumerate(groups)}


def _propose_ids(prefix: str, group: Sequence[str]) -> Iterator[str]:
    """Propose the id after the first member; where a group that left it behind keeps that id,
    others."""
    yield make_id(prefix, group[0])
    yield from (make_id(prefix, *group, number) for number in itertools.count(2))
