"""Pairs of profiles that may be one actor: those that share a blocking key, compared."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from newsledger.ledger.identity.evidence import Verdict, compare_profiles
from newsledger.ledger.identity.names import (
    compare_people,
    make_initials,
    skeleton,
    split_parts,
)
from newsledger.ledger.identity.profiles import Profile

# profiles that share a key are compared pair by pair up to here, beyond that with so many
# neighbours in order of name
BLOCK = 60


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ActorPair:
    """Two profiles, by position, with the verdict."""

    left: int
    right: int
    verdict: Verdict


def find_pairs(profiles: Sequence[Profile]) -> list[ActorPair]:
    """Compare the profiles that share a blocking key; pairs that are not the same and not unsure
    are left out."""
    return compare_candidates(profiles, _find_candidates(profiles))


def compare_candidates(
    profiles: Sequence[Profile], candidates: Iterable[tuple[int, int]]
) -> list[ActorPair]:
    """Compare pairs of profiles, by position; among the profiles are all that have the last word of
    one of a pair."""
    bearers = _list_bearers(profiles)
    pairs = []
    for i, j in sorted(candidates):
        left, right = profiles[i], profiles[j]
        count = _count_bearers(left, right, bearers)
        verdict = compare_profiles(left, right, bearer_count=count)
        if verdict.decision != "not_same":
            pairs.append(ActorPair(i, j, verdict))
    return pairs


_Bearers = Mapping[tuple[bool, str, str], Sequence[Profile]]


def _list_bearers(profiles: Sequence[Profile]) -> _Bearers:
    """List the profiles with a full name by their last word and story."""
    bearers: dict[tuple[bool, str, str], list[Profile]] = defaultdict(list)
    for profile in profiles:
        if len(parts := split_parts(profile.name)) > 1:
            for story in profile.stories:
                bearers[profile.is_person, parts[-1], story].append(profile)
    return bearers


def _count_bearers(left: Profile, right: Profile, bearers: _Bearers) -> int:
    """Count whom of one story a bare surname may be, its full name among them; 0 where neither is
    one."""
    short, full = sorted((left, right), key=lambda profile: len(split_parts(profile.name)))
    if len(split_parts(short.name)) > 1 or len(split_parts(full.name)) == 1:
        return 0
    last = split_parts(full.name)[-1]
    return min(
        (
            1 + len({
                other.name
                for other in bearers[full.is_person, last, story]
                if _is_another(other, full)
                and not (short.genders and other.genders and not short.genders & other.genders)
            })
            for story in short.stories & full.stories
        ),
        default=0,
    )  # fmt: skip


def _is_another(one: Profile, other: Profile) -> bool:
    if one.is_person:
        return compare_people(one.name, other.name)[1] == 0.0
    return one.name != other.name


def _find_candidates(profiles: Sequence[Profile]) -> set[tuple[int, int]]:
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, profile in enumerate(profiles):
        if profile.is_proper:
            for key in set(list_keys(profile)):
                blocks[key].append(number)
    found: set[tuple[int, int]] = set()
    for numbers in blocks.values():
        ordered = sorted(numbers, key=lambda number: (profiles[number].name, number))
        found.update((min(pair), max(pair)) for pair in pair_up(ordered))
    return found


def pair_up(ordered: Sequence[T]) -> Iterator[tuple[T, T]]:
    """Pair the profiles that share a key, given in order of name: all, or where there are many each
    with its neighbours."""
    if len(ordered) <= BLOCK:
        yield from combinations(ordered, 2)
        return
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + BLOCK // 2]:
            yield one, other


def list_keys(profile: Profile) -> Iterator[tuple[str, ...]]:
    """Blocking keys: of people the surname's consonants with the first initial, and inside a story
    without it; of groups their words' consonants, acronyms and names."""
    parts = split_parts(profile.name)
    if profile.is_person:
        if not parts:  # written without a letter
            return
        last = skeleton(parts[-1])
        if len(parts) > 1:
            yield "person", last, parts[0][0]
            yield "order", *sorted(map(skeleton, parts))
        if len(parts) > 2:  # the first of two surnames
            yield "person", skeleton(parts[-2]), parts[0][0]
            yield "spelling", skeleton(parts[0]), last[:2]
        for story in sorted(profile.stories)[:BLOCK]:
            yield "story", last, story
        return
    yield "group", " ".join(sorted(skeleton(word) for word in profile.name.split()))
    for name in sorted(profile.names | {profile.name}):
        yield "name", name
        if " " in name and len(initials := make_initials(name)) > 2:
            yield "name", initials
    words = profile.name.split()
    if len(words) > 1:
        yield "start", words[0], words[1]
