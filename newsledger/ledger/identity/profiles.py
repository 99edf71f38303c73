"""Profiles: actors of articles that have one name and nothing against being one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import polars as pl

from newsledger.ledger.identity.names import (
    fold,
    is_generic,
    split_parts,
)
from newsledger.lexicon.gazetteer import country_of_demonym, find_kind
from newsledger.model.enums import ActorKind, AliasType, LocationKind
from newsledger.nlp.names.clusters import DESCRIBED

# rules of a kind that say it is a state
STATE_RULES = frozenset({"country that acts", "capital that speaks", "name of a country"})
ARMIES = frozenset("army armed military forces troops".split())  # words for a state's forces
COMPANIONS = 40  # best-known companions of a profile that are compared
AFTER_ALL = date.max.toordinal()  # stands for no day
AGES = 30 * 365  # days beyond which two bearers of a name are two people
_ROLE_FILLERS = frozenset(
    "of for the and in at on to a an former new deputy acting senior chief head".split()
)


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
    place: tuple[str, int] = ("", 0)  # among all: key that its bearers share, number of the part


def build_profiles(
    actors: pl.DataFrame,
    roles: pl.DataFrame,
    places: pl.DataFrame,
    beside: pl.DataFrame | None = None,
) -> list[Profile]:
    """Make profiles of actors of articles, in order of key.

    `actors`: `article_actor_id, article_id, name, kind, seed_id, country_code, gender, aliases,
    story_id, published_at`; `roles`: `article_actor_id, role, organisation`; `places`: `article_id,
    location_id`; `beside`: `article_id, name` of all actors of these articles, where `actors` are
    not all.
    """
    around = _look_around(actors if beside is None else beside, roles, places)
    keys = [make_bearer_key(row) for row in actors.iter_rows(named=True)]
    keyed = actors.with_columns(bearer_key=pl.Series(keys, dtype=pl.String))
    rows = keyed.sort("bearer_key", "article_actor_id").iter_rows(named=True)
    profiles = []
    for key, members in groupby(rows, key=itemgetter("bearer_key")):
        parts = [
            _sum_up(own_key, own, around)
            for part_key, part in _split_conflicting(key, list(members))
            for own_key, own in _split_unconnected(part_key, part, around)
        ]
        for number, profile in enumerate(parts):
            profile.place = (key, number)
        profiles += parts
    return profiles


@dataclass(frozen=True, slots=True)
class _Around:
    """What the articles say around their actors, folded: roles and organisations by actor of an
    article, places and names by article."""

    roles: dict[str, set[str]]
    organisations: dict[str, set[str]]
    places: dict[str, set[str]]
    names: dict[str, set[str]]


def _look_around(beside: pl.DataFrame, roles: pl.DataFrame, places: pl.DataFrame) -> _Around:
    around = _Around(defaultdict(set), defaultdict(set), defaultdict(set), defaultdict(set))
    for actor_id, role, organisation in roles.select(
        "article_actor_id", "role", "organisation"
    ).iter_rows():
        around.roles[actor_id].add(fold(role))
        if organisation:
            around.organisations[actor_id].add(fold(organisation))
    for article_id, location_id in places.select("article_id", "location_id").iter_rows():
        around.places[article_id].add(location_id)
    for article_id, name in beside.select("article_id", "name").iter_rows():
        if _is_proper(name):
            around.names[article_id].add(fold(name))
    return around


def _is_proper(name: str) -> bool:
    return any(c.isupper() or not c.isascii() for c in name)


def _is_described(row: Mapping[str, Any]) -> bool:
    """Whether an actor is described and not named, though a capital may begin its sentence:
    "Officials", "Russian diplomats", "Health authorities"."""
    if not str(row.get("kind_rule") or "").startswith(DESCRIBED):
        return False
    is_of_anybody = not row["country_code"] and is_generic(fold(row["name"]))
    return is_of_anybody or row["kind"] in (ActorKind.PERSON, ActorKind.COLLECTIVE)


def make_bearer_key(row: Mapping[str, Any]) -> str:
    """Make the key that actors of articles share which may be one profile."""
    if row["seed_id"]:
        return f"seed|{row['seed_id']}"
    folded = fold(row["name"])
    if row["kind"] == ActorKind.GOVERNMENT_BODY and row["country_code"] and _is_state(row, folded):
        return f"group|state|{row['country_code']}"
    if row["kind"] == ActorKind.MILITARY and row["country_code"] and _is_army(folded):
        return f"group|army|{row['country_code']}"
    kind = "person" if row["kind"] == ActorKind.PERSON else "group"
    if (
        not _is_proper(row["name"])
        or _is_described(row)
        or (kind == "person" and len(split_parts(folded)) == 1)
        or (kind == "group" and row["kind"] == ActorKind.COLLECTIVE)
    ):
        return f"{kind}|{folded}|{row['story_id'] or row['article_id']}"
    if kind == "group" and is_generic(folded):
        return f"{kind}|{folded}|{row['country_code'] or row['story_id'] or row['article_id']}"
    return f"{kind}|{folded}"


def _is_state(row: Mapping[str, Any], folded: str) -> bool:
    """Whether an actor is a state or its government: "China", "the Chinese government"."""
    if row.get("kind_rule") in STATE_RULES:
        return True
    words = [word for word in folded.split() if word not in {"of", "the"}]
    return len(words) > 1 and "government" in words and _is_of_country(words)


def _is_army(folded: str) -> bool:
    """Whether a name is the armed forces of a country: "Israeli army", "Israel military"."""
    own = [word for word in folded.split() if word in ARMIES]
    rest = " ".join(word for word in folded.split() if word not in ARMIES and word != "of")
    return bool(own) and bool(rest) and _is_of_country([rest])


def _is_of_country(words: list[str]) -> bool:
    """Whether words are "government" and the country that it is of, and no more."""
    rest = " ".join(word for word in words if word != "government").removesuffix("s")
    return country_of_demonym(rest) is not None or find_kind(rest.title()) == LocationKind.COUNTRY


def _split_conflicting(
    key: str, rows: list[dict[str, Any]]
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Split actors of one name where gender or country say that they are several; those that say
    nothing go with their story, or the most. Whoever was seen first has the key."""
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
    founder = min(parts, key=lambda value: (_first_day(parts[value]), value))
    for value, part in sorted(parts.items()):
        yield (key if value == founder else f"{key}|{value}"), part


def _split_unconnected(
    key: str, rows: list[dict[str, Any]], around: _Around
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Split people of one full name whose roles have no word in common and whom nothing else
    connects: the minister and the dentist.

    Who has no role goes with the most; whoever was seen first has the key. The parts are compared
    like any two profiles, so that a person may decide.
    """
    if not key.startswith("person|") or len(split_parts(key.split("|")[1])) == 1:
        yield key, rows
        return
    stated = sorted((row for row in rows if around.roles.get(row["article_actor_id"])), key=_day_of)
    silent = [row for row in rows if not around.roles.get(row["article_actor_id"])]
    parts = _connect(stated, around)
    if len(parts) < 2:
        yield key, [*stated, *silent]
        return

    def first_id(part: list[dict[str, Any]]) -> str:
        return str(min(row["article_actor_id"] for row in part))

    most = min(parts, key=lambda part: (-len(part), first_id(part)))
    founder = min(parts, key=lambda part: (_first_day(part), first_id(part)))
    for part in parts:
        role = min(role for row in part for role in around.roles[row["article_actor_id"]])
        own_key = key if part is founder else f"{key}|{role}|{min(map(_day_of, part))}"
        yield own_key, [*part, *silent] if part is most else part


def _connect(rows: list[dict[str, Any]], around: _Around) -> list[list[dict[str, Any]]]:
    """Put together, in order of time, who shares a word of the role, organisation, country, place,
    or somebody named beside both, within thirty years; not the story, for the name alone may have
    made it one."""
    owner = list(range(len(rows)))
    seen: dict[tuple[str, str], int] = {}  # the last one with a trait
    for number, row in enumerate(rows):
        for trait in _list_traits(row, around):
            last = seen.get(trait, number)
            if _day_of(row) - _day_of(rows[last]) <= AGES or not _day_of(rows[last]):
                owner[_find_owner(owner, last)] = _find_owner(owner, number)
            seen[trait] = number
    parts: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for number, row in enumerate(rows):
        parts[_find_owner(owner, number)].append(row)
    return list(parts.values())


def _list_traits(row: Mapping[str, Any], around: _Around) -> set[tuple[str, str]]:
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
    return traits | ({("country", row["country_code"])} if row["country_code"] else set())


def _find_owner(owner: list[int], number: int) -> int:
    while owner[number] != number:
        owner[number] = owner[owner[number]]
        number = owner[number]
    return number


def _day_of(row: Mapping[str, Any]) -> int:
    return row["published_at"].toordinal() if row["published_at"] else 0


def _first_day(rows: Iterable[Mapping[str, Any]]) -> int:
    return min(_day_of(row) or AFTER_ALL for row in rows)


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
        is_person=rows[0]["kind"] == ActorKind.PERSON,
        label=min(labels, key=lambda value: (-labels[value], value)),
        kind=min(kinds, key=lambda value: (-kinds[value], value)),
        is_proper=any(_is_proper(row["name"]) and not _is_described(row) for row in rows),
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
            if alias["alias_type"] in {AliasType.ACRONYM, AliasType.FULL}
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
