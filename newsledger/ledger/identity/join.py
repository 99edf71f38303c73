"""Identity of actors across articles: which actors of articles are one actor of the ledger.

Actors with the same folded name and nothing against it are one profile. Profiles with like names
are compared by features that a person can read (names, gender, country, roles, stories, companions,
places, named apart in one article); above `MERGE` they are one actor, from `UNSURE` on a person
decides. Names without a proper name ("residents", "a spokesman") and bare surnames stay inside
their story. Ids stay: an actor keeps the id it had, and ids that were merged away still resolve.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import polars as pl

from newsledger.ledger.identity.names import (
    compare_groups,
    compare_people,
    fold,
    is_generic,
    make_initials,
    skeleton,
    split_parts,
)
from newsledger.model.ids import make_id

ORIGIN = "identity/1"
MERGE = 0.8  # set on the invented pairs of tests/golden/identity.jsonl
UNSURE = 0.5
MIN_NAME = 0.35  # names that alone say less are no candidates
# profiles that share a key are compared pair by pair up to here, beyond that with so many
# neighbours in order of name
BLOCK = 60
COMPANIONS = 40  # best-known companions of a profile that are compared

# Weights of the evidence beside the names.
SAME_STORY = 0.25
SAME_ROLE = 0.2
OTHER_ROLE = -0.12
SAME_ORGANISATION = 0.1
SAME_COUNTRY = 0.1
SAME_COUNTRY_GENERIC = 0.35
OTHER_COUNTRY = -0.3
OTHER_GENDER = -0.6
OTHER_KIND = -0.1
OTHER_LONG_FORM = -0.4  # one acronym that articles explain in two ways
COMPANION = 0.07  # each of up to three actors named beside both
SAME_PLACE = 0.05
APART_IN_ARTICLE = -0.6  # the article itself tells them apart
ONLY_BEARER = 0.2  # of a bare surname in the story
FAR_IN_TIME = -0.02  # more than three years
_YEARS = 3 * 365
AGES_APART = -0.3  # more than thirty years
_AGES = 30 * 365
_ROLE_FILLERS = frozenset(
    "of for the and in at on to a an former new deputy acting senior chief head".split()
)
_KINSHIP = {
    frozenset({"armed_group", "military"}), frozenset({"armed_group", "party"}), frozenset({"ngo", "monitor"}), frozenset({"media", "company"}),
    frozenset({"ngo", "international_organisation"}), frozenset({"government_body", "military"}),
}  # fmt: skip


@dataclass(slots=True)
class Profile:
    """What is known of actors of articles that have one name and nothing against being one."""

    key: str
    name: str  # folded
    is_person: bool
    label: str = ""  # the name as the most articles print it
    kind: str = ""
    is_proper: bool = True
    is_local: bool = False  # bare surname or nominal: stays in its story
    seed_id: str | None = None
    countries: frozenset[str] = frozenset()
    genders: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()  # folded further names
    roles: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    stories: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    companions: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    days: tuple[int, int] | None = None  # first and last day seen, as ordinals
    members: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How sure two profiles are one actor, and the evidence in words."""

    score: float
    decision: str  # same, unsure, not_same
    evidence: tuple[str, ...]


def compare_profiles(left: Profile, right: Profile, *, is_only_bearer: bool = False) -> Verdict:
    """Compare two profiles by names, then by what stands around them. The score is cut to 0..1."""
    if left.seed_id and right.seed_id:
        is_same = left.seed_id == right.seed_id
        return Verdict(
            1.0 if is_same else 0.0, "same" if is_same else "not_same", ("row of seeds/actors.csv",)
        )
    if left.is_person != right.is_person:
        return Verdict(0.0, "not_same", ("a person and a group",))
    relation, score = (
        compare_people(left.name, right.name)
        if left.is_person
        else compare_groups(left.name, right.name, left.names, right.names)
    )
    if score < MIN_NAME:
        return Verdict(0.0, "not_same", (relation,))
    evidence = [f"{relation} {score:+.2f}"]
    for words, weight in _weigh_context(left, right, relation, is_only_bearer=is_only_bearer):
        score += weight
        evidence.append(f"{words} {weight:+.2f}")
    score = round(min(1.0, max(0.0, score)), 3)
    return Verdict(
        score,
        "same" if score >= MERGE else "unsure" if score >= UNSURE else "not_same",
        tuple(evidence),
    )


def _weigh_context(
    left: Profile, right: Profile, relation: str, *, is_only_bearer: bool
) -> Iterator[tuple[str, float]]:
    if left.genders and right.genders and not left.genders & right.genders:
        yield "gender differs", OTHER_GENDER
    if left.articles & right.articles and relation != "same name":
        yield "named apart in one article", APART_IN_ARTICLE
    stories = left.stories & right.stories
    if stories and not (
        relation == "same name" and left.is_person and _is_unconnected(left, right)
    ):
        yield f"same story ({len(stories)})", SAME_STORY
    yield from _weigh_countries(left, right)
    yield from _weigh_roles(left, right)
    if not left.is_person:
        yield from _weigh_kinds(left, right)
    if companions := left.companions & right.companions - {left.name, right.name}:
        yield (
            f"named beside {', '.join(sorted(companions)[:3])}",
            COMPANION * min(3, len(companions)),
        )
    if left.places & right.places:
        yield "same place", SAME_PLACE
    if is_only_bearer:
        yield "only bearer of the name in the story", ONLY_BEARER
    gap = (
        max(left.days[0] - right.days[1], right.days[0] - left.days[1])
        if left.days and right.days
        else 0
    )
    if gap > _YEARS:
        yield "years apart", AGES_APART if gap > _AGES else FAR_IN_TIME


def _is_unconnected(left: Profile, right: Profile) -> bool:
    """Tell whether two namesakes have other roles and nothing in common but their name, which alone
    may have made their articles a story."""
    has_other_role = bool(left.roles and right.roles) and not left.roles & right.roles
    return has_other_role and not (
        left.companions & right.companions
        or left.places & right.places
        or left.organisations & right.organisations
        or left.countries & right.countries
    )


def _weigh_kinds(left: Profile, right: Profile) -> Iterator[tuple[str, float]]:
    is_akin = (
        left.kind == right.kind
        or "collective" in (left.kind, right.kind)
        or frozenset({left.kind, right.kind}) in _KINSHIP
    )
    if not is_akin:
        yield f"{left.kind} and {right.kind}", OTHER_KIND
    long_forms = [{name for name in profile.names if " " in name} for profile in (left, right)]
    if (
        left.name == right.name
        and " " not in left.name
        and all(long_forms)
        and not long_forms[0] & long_forms[1]
    ):
        yield f"short for {min(long_forms[0])} and for {min(long_forms[1])}", OTHER_LONG_FORM


def _weigh_countries(left: Profile, right: Profile) -> Iterator[tuple[str, float]]:
    if not (left.countries and right.countries):
        return
    shared = left.countries & right.countries
    if shared:
        is_common_kind = not left.is_person and left.name == right.name and is_generic(left.name)
        yield (
            f"same country ({', '.join(sorted(shared))})",
            SAME_COUNTRY_GENERIC if is_common_kind else SAME_COUNTRY,
        )
    else:
        yield (
            f"countries differ ({', '.join(sorted(left.countries))}; {', '.join(sorted(right.countries))})",
            OTHER_COUNTRY,
        )


def _weigh_roles(left: Profile, right: Profile) -> Iterator[tuple[str, float]]:
    if organisations := left.organisations & right.organisations:
        yield f"same organisation ({min(organisations)})", SAME_ORGANISATION
    if left.roles and right.roles:
        shared = left.roles & right.roles
        yield (f"same role ({min(shared)})", SAME_ROLE) if shared else ("roles differ", OTHER_ROLE)


# --- profiles
# -------------------------------------------------------------------------------------------------------------


def build_profiles(
    actors: pl.DataFrame, roles: pl.DataFrame, places: pl.DataFrame
) -> list[Profile]:
    """Make profiles of actors of articles, in order of key.

    `actors`: `article_actor_id, article_id, name, kind, seed_id, country_code, gender, aliases,
    story_id, published_at`; `roles`: `article_actor_id, role, organisation`; `places`: `article_id,
    location_id`.
    """
    rows = list(actors.sort("article_actor_id").iter_rows(named=True))
    around = _look_around(rows, roles, places)
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[_make_key(row)].append(row)
    profiles = []
    for key, members in sorted(grouped.items()):
        for part_key, part in _split_conflicting(key, members):
            profiles += [
                _sum_up(own_key, own, around)
                for own_key, own in _split_unconnected(part_key, part, around)
            ]
    return profiles


@dataclass(frozen=True, slots=True)
class _Around:
    """What the articles say around their actors, folded: roles and organisations by actor of an
    article, places and names by article."""

    roles: dict[str, set[str]]
    organisations: dict[str, set[str]]
    places: dict[str, set[str]]
    names: dict[str, set[str]]


def _look_around(
    rows: Iterable[Mapping[str, Any]], roles: pl.DataFrame, places: pl.DataFrame
) -> _Around:
    around = _Around(defaultdict(set), defaultdict(set), defaultdict(set), defaultdict(set))
    for actor_id, role, organisation in roles.select(
        "article_actor_id", "role", "organisation"
    ).iter_rows():
        around.roles[actor_id].add(fold(role))
        if organisation:
            around.organisations[actor_id].add(fold(organisation))
    for article_id, location_id in places.select("article_id", "location_id").iter_rows():
        around.places[article_id].add(location_id)
    for row in rows:
        if _is_proper(row["name"]):
            around.names[row["article_id"]].add(fold(row["name"]))
    return around


def _is_proper(name: str) -> bool:
    return any(c.isupper() or not c.isascii() for c in name)


def _make_key(row: Mapping[str, Any]) -> str:
    if row["seed_id"]:
        return f"seed|{row['seed_id']}"
    folded = fold(row["name"])
    kind = "person" if row["kind"] == "person" else "group"
    if (
        not _is_proper(row["name"])
        or (kind == "person" and len(split_parts(folded)) == 1)
        or (kind == "group" and row["kind"] == "collective")
    ):
        return f"{kind}|{folded}|{row['story_id'] or row['article_id']}"
    if kind == "group" and is_generic(folded):
        return f"{kind}|{folded}|{row['country_code'] or row['story_id'] or row['article_id']}"
    return f"{kind}|{folded}"


def _split_conflicting(
    key: str, rows: list[dict[str, Any]]
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Split actors of one name where gender or country say that they are several; those that say
    nothing go with their story, or the most."""
    if key.startswith("seed|"):
        yield key, rows
        return
    column = (
        "gender" if len({row["gender"] for row in rows if row["gender"]}) > 1 else "country_code"
    )
    values = Counter(row[column] for row in rows if row[column])
    if len(values) < 2:
        yield key, rows
        return
    by_story: dict[str | None, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row[column] and row["story_id"]:
            by_story[row["story_id"]][row[column]] += 1
    most = min(values, key=lambda value: (-values[value], value))
    parts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        nearby = by_story.get(row["story_id"])
        parts[
            row[column] or (min(nearby, key=lambda v: (-nearby[v], v)) if nearby else most)
        ].append(row)
    for value, part in sorted(parts.items()):
        yield (key if value == most else f"{key}|{value}"), part


def _split_unconnected(
    key: str, rows: list[dict[str, Any]], around: _Around
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Split people of one full name whose roles have no word in common and whom nothing else
    connects: the minister and the dentist.

    What connects two: a word of the role, organisation, country, place, or somebody named beside
    both, within thirty years; not the story, for the name alone may have made it one. Who has no
    role goes with the most. The parts are compared like any two profiles, so that a person may
    decide.
    """
    if not key.startswith("person|") or len(split_parts(key.split("|")[1])) == 1:
        yield key, rows
        return
    stated = sorted((row for row in rows if around.roles.get(row["article_actor_id"])), key=_day_of)
    owner = list(range(len(stated)))
    seen: dict[tuple[str, str], int] = {}  # the last one with a trait
    for number, row in enumerate(stated):
        own, article = row["article_actor_id"], row["article_id"]
        traits = {("role", role) for role in around.roles[own]}
        traits |= {
            ("word", word)
            for role in around.roles[own]
            for word in role.split()
            if word not in _ROLE_FILLERS
        }
        traits |= {("organisation", name) for name in around.organisations.get(own, ())}
        traits |= {("place", place) for place in around.places.get(article, ())}
        traits |= {
            ("beside", name) for name in around.names.get(article, ()) if name != fold(row["name"])
        }
        traits |= {("country", row["country_code"])} if row["country_code"] else set()
        for trait in traits:
            last = seen.get(trait, number)
            if _day_of(row) - _day_of(stated[last]) <= _AGES or not _day_of(stated[last]):
                owner[_find_owner(owner, last)] = _find_owner(owner, number)
            seen[trait] = number
    parts: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for number, row in enumerate(stated):
        parts[_find_owner(owner, number)].append(row)
    first, *others = sorted(
        parts.values(), key=lambda part: (-len(part), min(row["article_actor_id"] for row in part))
    ) or [[]]
    yield key, [*first, *(row for row in rows if not around.roles.get(row["article_actor_id"]))]
    for part in others:
        role = min(role for row in part for role in around.roles[row["article_actor_id"]])
        yield f"{key}|{role}|{min(map(_day_of, part))}", part


def _find_owner(owner: list[int], number: int) -> int:
    while owner[number] != number:
        owner[number] = owner[owner[number]]
        number = owner[number]
    return number


def _day_of(row: Mapping[str, Any]) -> int:
    return row["published_at"].toordinal() if row["published_at"] else 0


def _sum_up(key: str, rows: list[dict[str, Any]], around: _Around) -> Profile:
    names = Counter(fold(row["name"]) for row in rows)
    name = min(names, key=lambda value: (-names[value], value))
    labels, kinds = Counter(row["name"] for row in rows), Counter(row["kind"] for row in rows)
    articles = frozenset(row["article_id"] for row in rows)
    beside = Counter(
        other
        for article_id in articles
        for other in around.names.get(article_id, ())
        if other not in names
    )
    days = [row["published_at"].toordinal() for row in rows if row["published_at"]]
    return Profile(
        key=key,
        name=name,
        is_person=rows[0]["kind"] == "person",
        label=min(labels, key=lambda value: (-labels[value], value)),
        kind=min(kinds, key=lambda value: (-kinds[value], value)),
        is_proper=any(_is_proper(row["name"]) for row in rows),
        is_local=key.count("|") > 1
        and rows[0]["story_id"] is not None
        and key.endswith(str(rows[0]["story_id"])),
        seed_id=rows[0]["seed_id"] if key.startswith("seed|") else None,
        countries=frozenset(row["country_code"] for row in rows if row["country_code"]),
        genders=frozenset(row["gender"] for row in rows if row["gender"]),
        names=frozenset(
            fold(alias["alias"])
            for row in rows
            for alias in row["aliases"] or ()
            if alias["alias_type"] in {"acronym", "full"}
        ),
        roles=frozenset(
            role for row in rows for role in around.roles.get(row["article_actor_id"], ())
        ),
        organisations=frozenset(
            role for row in rows for role in around.organisations.get(row["article_actor_id"], ())
        ),
        stories=frozenset(row["story_id"] for row in rows if row["story_id"]),
        articles=articles,
        companions=frozenset(
            sorted(beside, key=lambda other: (-beside[other], other))[:COMPANIONS]
        ),
        places=frozenset(
            place for article_id in articles for place in around.places.get(article_id, ())
        ),
        days=(min(days), max(days)) if days else None,
        members=[row["article_actor_id"] for row in rows],
    )


# --- pairs
# ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ActorPair:
    """Two profiles, by position, with the verdict."""

    left: int
    right: int
    verdict: Verdict


def find_pairs(profiles: Sequence[Profile]) -> list[ActorPair]:
    """Compare the profiles that share a blocking key; pairs that are not the same and not unsure
    are left out."""
    bearers = Counter((profile.is_person, split_parts(profile.name)[-1], story) for profile in profiles if len(split_parts(profile.name)) > 1
                      for story in profile.stories)  # fmt: skip
    pairs = []
    for i, j in sorted(_find_candidates(profiles)):
        left, right = profiles[i], profiles[j]
        verdict = compare_profiles(
            left, right, is_only_bearer=_is_only_bearer(left, right, bearers)
        )
        if verdict.decision != "not_same":
            pairs.append(ActorPair(i, j, verdict))
    return pairs


def _is_only_bearer(
    left: Profile, right: Profile, bearers: Mapping[tuple[bool, str, str], int]
) -> bool:
    short, full = sorted((left, right), key=lambda profile: len(split_parts(profile.name)))
    if len(split_parts(short.name)) > 1 or len(split_parts(full.name)) == 1:
        return False
    return any(
        bearers[full.is_person, split_parts(full.name)[-1], story] == 1
        for story in short.stories & full.stories
    )


def _find_candidates(profiles: Sequence[Profile]) -> set[tuple[int, int]]:
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, profile in enumerate(profiles):
        if profile.is_proper:
            for key in _list_keys(profile):
                blocks[key].append(number)
    found: set[tuple[int, int]] = set()
    for numbers in blocks.values():
        if len(numbers) <= BLOCK:
            found.update(combinations(numbers, 2))
            continue
        ordered = sorted(numbers, key=lambda number: (profiles[number].name, number))
        for place, number in enumerate(ordered):
            found.update(
                (min(number, other), max(number, other))
                for other in ordered[place + 1 : place + 1 + BLOCK // 2]
            )
    return found


def _list_keys(profile: Profile) -> Iterator[tuple[str, ...]]:
    """Blocking keys: of people the surname's consonants with the first initial, and inside a story
    without it; of groups their words' consonants, acronyms and names."""
    parts = split_parts(profile.name)
    if profile.is_person:
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


# --- actors
# ---------------------------------------------------------------------------------------------------------------


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
    chosen: dict[int, str] = {}
    taken: set[str] = set()
    for _, old, number in sorted(_list_wishes(profiles, groups, known)):
        if number not in chosen and old not in taken:
            chosen[number] = old
            taken.add(old)
    assigned: dict[str, str] = {}
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
        assigned |= dict.fromkeys(
            (member for i in group for member in profiles[i].members), chosen[number]
        )
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
            rows.append(
                {
                    "actor_id": old,
                    "current_actor_id": now,
                    "reason": "merged" if now in taken else "gone",
                }
            )
    return assigned, sorted(rows, key=lambda row: row["actor_id"])


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
