"""Identity of actors across articles: which actors of articles are one actor of the ledger.

Actors with the same folded name and nothing against it are one profile. Profiles with like names
are compared by features that a person can read (names, gender, country, roles, stories, companions,
places, named apart in one article); above `MERGE` they are one actor, from `UNSURE` on a person
decides. Names without a proper name ("residents", "a spokesman") and bare surnames stay inside
their story. Ids stay: an actor keeps the id it had, and ids that were merged away still resolve.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from newsledger.ledger.identity.names import (
    compare_people,
    split_parts,
)
from newsledger.ledger.identity.pairs import BLOCK, ActorPair
from newsledger.ledger.identity.profiles import Profile
from newsledger.model.ids import make_id

ORIGIN = "identity/2"


def join_profiles(
    profiles: Sequence[Profile], pairs: Sequence[ActorPair], apart: set[tuple[int, int]]
) -> list[list[int]]:
    """Join profiles into actors along the pairs that are the same, the surest first.

    `apart` holds pairs that must not meet in an actor. A bare surname that is as likely two people
    goes to neither.
    """
    owner = list(range(len(profiles)))
    members = {number: [number] for number in owner}
    kept_apart: dict[int, set[int]] = defaultdict(set)
    for left, right in apart:
        kept_apart[left].add(right)
        kept_apart[right].add(left)
    best: dict[int, list[float]] = defaultdict(list)
    same = [pair for pair in pairs if pair.verdict.decision == "same"]
    for pair in same:
        best[pair.left].append(pair.verdict.score)
        best[pair.right].append(pair.verdict.score)
    for pair in sorted(same, key=lambda pair: (-pair.verdict.score, pair.left, pair.right)):
        left, right = owner[pair.left], owner[pair.right]
        if left == right or any(
            owner[other] == left for member in members[right] for other in kept_apart[member]
        ):
            continue
        if pair.verdict.evidence[0] != "by a person" and _conflict(
            profiles, members[left], members[right]
        ):
            continue
        if len(members[left]) < len(members[right]):
            left, right = right, left
        for member in members[right]:
            owner[member] = left
        members[left] += members.pop(right)
    return [sorted(group) for _, group in sorted(members.items())]


def _conflict(profiles: Sequence[Profile], left: Sequence[int], right: Sequence[int]) -> bool:
    """Whether two sets hold people of different gender, different curated rows, or full names that
    exclude each other."""
    if len(left) * len(right) > BLOCK:
        return False
    for i in left:
        for j in right:
            one, other = profiles[i], profiles[j]
            if one.genders and other.genders and not one.genders & other.genders:
                return True
            if one.seed_id and other.seed_id and one.seed_id != other.seed_id:
                return True
            has_full_names = (
                one.is_person and min(len(split_parts(one.name)), len(split_parts(other.name))) > 1
            )
            if has_full_names and compare_people(one.name, other.name)[1] == 0.0:
                return True
    return False


def name_actors(
    profiles: Sequence[Profile],
    groups: Sequence[Sequence[int]],
    known: Mapping[str, str],
    given: Mapping[str, str],
) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Give each actor of an article its actor id: the id the most of the group had, else one made
    from the founding profile's key.

    `known` maps actors of articles to the ids they had, `given` every id ever given to the one it
    stands for. Returns the ids and the rows of `core.actor_ids`: each id ever given with the one it
    stands for now and the reason.
    """
    chosen = _choose_ids(profiles, groups, known)
    assigned = {
        member: chosen[number]
        for number, group in enumerate(groups)
        for i in group
        for member in profiles[i].members
    }
    taken = set(chosen.values())
    moved: dict[str, Counter[str]] = defaultdict(Counter)
    for member, old in known.items():
        if member in assigned:
            moved[old][assigned[member]] += 1
    rows = [
        {"actor_id": actor_id, "current_actor_id": actor_id, "reason": "founded"}
        for actor_id in taken
    ]
    for old, before in given.items():
        if old not in taken:
            to = moved.get(old) or {before: 1}
            now = min(to, key=lambda new: (-to[new], new))
            reason = "merged" if now in taken else "gone"
            rows.append({"actor_id": old, "current_actor_id": now, "reason": reason})
    return assigned, sorted(rows, key=lambda row: row["actor_id"])


def _choose_ids(
    profiles: Sequence[Profile], groups: Sequence[Sequence[int]], known: Mapping[str, str]
) -> dict[int, str]:
    """Choose the id of each group: the one most of it had, else one made from its best-known
    profile."""
    chosen: dict[int, str] = {}
    taken: set[str] = set()
    for _, old, number in sorted(_list_wishes(profiles, groups, known)):
        if number not in chosen and old not in taken:
            chosen[number] = old
            taken.add(old)
    for number, group in enumerate(groups):
        if number not in chosen:
            ranked = sorted(
                group,
                key=lambda i: (
                    not profiles[i].seed_id,
                    -len(profiles[i].articles),
                    profiles[i].key,
                ),
            )
            wanted = [make_id("act", profiles[i].key) for i in ranked]
            chosen[number] = next(
                (own for own in wanted if own not in taken), make_id("act", *wanted, number)
            )
            taken.add(chosen[number])
    return chosen


def _list_wishes(
    profiles: Sequence[Profile], groups: Sequence[Sequence[int]], known: Mapping[str, str]
) -> list[tuple[int, str, int]]:
    """List which ids each group had: minus the actors of articles with it, id, group. An id that
    several groups had, for they were one actor before, is left to the group of the profile it was
    made from; the others have their own back."""
    holders: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, group in enumerate(groups):
        had = Counter(
            known[member] for i in group for member in profiles[i].members if member in known
        )
        for old, count in had.items():
            holders[old].append((count, number))
    wishes = []
    for old, held in holders.items():
        founders = [
            row
            for row in held
            if len(held) > 1 and any(make_id("act", profiles[i].key) == old for i in groups[row[1]])
        ]
        wishes += [(-count, old, number) for count, number in founders or held]
    return wishes
