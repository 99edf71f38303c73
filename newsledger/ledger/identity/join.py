"""Identity of actors across articles: which actors of articles are one actor of the ledger.

Actors with the same folded name and nothing against it are one profile. Profiles with like names
are compared by features that a person can read (names, gender, country, roles, stories, companions,
places, named apart in one article); above `MERGE` they are one actor, from `UNSURE` on a person
decides. Names without a proper name ("residents", "a spokesman") and bare surnames stay inside
their story. Ids depend on the articles alone, however they came in, and stay where later ones join;
ids that were merged away still resolve.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import partial

from newsledger.graph.joined import JoinedGroups
from newsledger.ledger.identity.names import (
    compare_people,
    find_generation,
    is_of_other_generation,
    split_parts,
)
from newsledger.ledger.identity.pairs import BLOCK, ActorPair
from newsledger.ledger.identity.profiles import AFTER_ALL, Profile
from newsledger.model.ids import make_id

ORIGIN = "identity/2"


def join_profiles(
    profiles: Sequence[Profile], pairs: Sequence[ActorPair], apart: set[tuple[int, int]]
) -> list[list[int]]:
    """Join profiles into actors along the pairs that are the same, the surest first, and a junior
    after all others of his name.

    `apart` holds pairs that must not meet in an actor. A bare surname that is as likely two people
    goes to neither.
    """
    groups = JoinedGroups(range(len(profiles)), apart)
    same = [pair for pair in pairs if pair.verdict.decision == "same"]
    generations = [find_generation(profile.name) for profile in profiles]

    def rank(pair: ActorPair) -> tuple[bool, float, int, int]:
        is_other = generations[pair.left] != generations[pair.right]
        return is_other, -pair.verdict.score, pair.left, pair.right

    for pair in sorted(same, key=rank):
        is_decided = pair.verdict.evidence[0] == "by a person"
        groups.join(pair.left, pair.right, None if is_decided else partial(_agree, profiles))
    return sorted(sorted(group) for group in groups.list_groups())


def _agree(profiles: Sequence[Profile], left: Sequence[int], right: Sequence[int]) -> bool:
    """Whether two sets hold no people of different gender, no different curated rows, no full
    names that exclude each other, and no father and son."""
    if len(left) * len(right) > BLOCK:
        return True
    for i in left:
        for j in right:
            one, other = profiles[i], profiles[j]
            if one.genders and other.genders and not one.genders & other.genders:
                return False
            if one.seed_id and other.seed_id and one.seed_id != other.seed_id:
                return False
            has_full_names = (
                one.is_person and min(len(split_parts(one.name)), len(split_parts(other.name))) > 1
            )
            if has_full_names and compare_people(one.name, other.name)[1] == 0.0:
                return False
            if has_full_names and _are_father_and_son(one, other):
                return False
    return True


def _are_father_and_son(one: Profile, other: Profile) -> bool:
    """Whether an article names both, of whom one is a junior."""
    return is_of_other_generation(one.name, other.name) and bool(one.articles & other.articles)


def name_actors(
    profiles: Sequence[Profile],
    groups: Sequence[Sequence[int]],
    known: Mapping[str, str],
    given: Mapping[str, str],
    elsewhere: Collection[str] = (),
) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Give each actor of an article its actor id, made from the key of the group's founding
    profile: the same articles give the same ids, however they came in.

    `known` maps actors of articles to the ids they had, `given` every id ever given to the one it
    stands for, `elsewhere` the ids of actors that are not among these. Returns the ids and the rows
    of `core.actor_ids`: each id ever given with the one it stands for now and the reason.
    """
    chosen = _choose_ids(profiles, groups)
    assigned = {
        member: actor_id
        for actor_id, group in zip(chosen, groups, strict=True)
        for i in group
        for member in profiles[i].members
    }
    taken = set(chosen)
    moved: dict[str, Counter[str]] = defaultdict(Counter)
    for member, old in known.items():
        if member in assigned:
            moved[old][assigned[member]] += 1
    rows = [
        {"actor_id": actor_id, "current_actor_id": actor_id, "reason": "founded"}
        for actor_id in taken
    ]
    for old, before in given.items():
        if old not in taken and old not in elsewhere:
            to = moved.get(old) or {before: 1}
            now = min(to, key=lambda new: (-to[new], new))
            reason = "merged" if now in taken or now in elsewhere else "gone"
            rows.append({"actor_id": old, "current_actor_id": now, "reason": reason})
    return assigned, sorted(rows, key=lambda row: row["actor_id"])


def _choose_ids(profiles: Sequence[Profile], groups: Sequence[Sequence[int]]) -> list[str]:
    """Make the id of each group from its founder: a curated row, then a name that holds in all
    stories, then whoever was seen first. Keys are of one profile each, so that no two groups meet
    in an id."""

    def rank(i: int) -> tuple[object, ...]:
        profile = profiles[i]
        first_day = profile.days[0] if profile.days else AFTER_ALL
        return not profile.seed_id, profile.is_local, first_day, profile.key

    return [make_id("act", profiles[min(group, key=rank)].key) for group in groups]
