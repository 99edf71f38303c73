"""Identity brought up to date: only actors that new, changed and withdrawn articles reach are told
again; what comes out is what all articles together give.

A profile is built again where an article names it, or its namesake, that was touched. It is
compared with the profiles that share a key with it; so are the profiles of its stories, for a short
form stands for the only bearer. Actors are joined again along all pairs that connect with any of
these.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from newsledger.ledger.comparison import Comparison
from newsledger.ledger.identity.changed_actors import (
    ACTOR_COLUMNS,
    KEPT_COLUMNS,
    find_candidates,
    find_shifted,
    find_stories,
    find_touched,
    keep_articles,
    key_rows,
    update_rows,
)
from newsledger.ledger.identity.join import ORIGIN, join_profiles, name_actors
from newsledger.ledger.identity.kinds import settle_groups, settle_kinds
from newsledger.ledger.identity.local import find_local_pairs
from newsledger.ledger.identity.pairs import ActorPair, compare_candidates, find_pairs
from newsledger.ledger.identity.profiles import Profile
from newsledger.ledger.identity.stored import (
    ACTORS,
    BY_NAME,
    KeptPair,
    describe,
    forget_pairs,
    keep_pairs,
    keep_profiles,
    list_bearer_keys,
    load_profiles,
    name_pairs,
    read_kept,
    read_members,
    read_pairs,
)
from newsledger.ledger.overrides import Override, apply_actor_kinds, apply_actor_overrides
from newsledger.ledger.scope import assign, insert_rows, list_ids, replace_table, scope_of
from newsledger.store.database import read_state, write_state

if TYPE_CHECKING:
    import duckdb

_FILES = {"actor_kinds.csv", "actor_aliases.csv", "not_same.csv"}
_SIGNED = "actor_decisions"  # state: the corrections of actors that were applied


_SUMMED = "SELECT actor_id FROM core.actors UNION SELECT actor_id FROM core.actor_aliases"
"""Actors as they were summed up last, those among them that no article names any more."""


@dataclass(slots=True)
class Identified:
    """What was told again: rows that changed, the kinds of actors of articles, and the actors that
    are to be summed up again."""

    comparison: Comparison
    kinds: dict[str, str]
    actors: set[str]


def update_actors(con: "duckdb.DuckDBPyConnection", overrides: Sequence[Override]) -> Identified:
    """Give every actor of an article its actor across articles. Where people have corrected actors,
    all are told again."""
    signed = repr([(e.file, e.values) for e in overrides if e.file in _FILES] or "")
    is_first = not list_ids(con, "SELECT article_id FROM blocks.identity_articles LIMIT 1")
    before = read_state(con, _SIGNED) or repr("")
    is_whole = is_first or {signed, before} != {repr("")}
    changed, gone = find_touched(con, everything=is_whole)
    if is_whole:
        found = _tell_all(con, overrides)
        write_state(con, _SIGNED, signed)
        changed = list_ids(con, "SELECT article_id FROM identity_now")
    elif changed or gone:
        found = _tell_touched(con, changed, gone)
    else:
        found = Identified(Comparison({}, []), {}, set())
    keep_articles(con, changed | gone)
    return found


def _tell_all(con: "duckdb.DuckDBPyConnection", overrides: Sequence[Override]) -> Identified:
    for name in ("rows", "profiles", "stories", "keys", "pairs"):
        con.execute(f"DELETE FROM blocks.identity_{name}")
    settled = settle_kinds(con.sql(ACTORS).pl())
    actors, signed, log = apply_actor_kinds(overrides, settled)
    keyed = key_rows(actors)
    insert_rows(con, "blocks.identity_rows", keyed.select(KEPT_COLUMNS))
    profiles, _ = load_profiles(con, keyed["bearer_key"].unique())
    keep_profiles(con, (), profiles, [describe(profile) for profile in profiles])
    by_name, local = find_pairs(profiles), find_local_pairs(profiles)
    keep_pairs(con, name_pairs(profiles, [*((BY_NAME, pair) for pair in by_name), *local]))
    pairs = _add_pairs(by_name, (pair for _, pair in local))
    pairs, apart, pair_log = apply_actor_overrides(overrides, profiles, pairs)
    world = _World(profiles, set(range(len(profiles))), pairs, apart, settled)
    found = _join(con, world, list_ids(con, _SUMMED))
    found.kinds |= signed
    found.comparison.log = [*log, *pair_log]
    return found


def _tell_touched(
    con: "duckdb.DuckDBPyConnection", changed: set[str], gone: set[str]
) -> Identified:
    bearers, stories, ids = update_rows(con, changed, gone)
    before = read_kept(con, bearers)
    profiles, _ = load_profiles(con, bearers)
    described = [describe(profile) for profile in profiles]
    now = {p.key: kept for p, kept in zip(profiles, described, strict=True)}
    stories |= find_stories(before, now, profiles, changed | gone)
    crossed = {
        key
        for profile in before.keys() | now.keys()
        for key in (before[profile].keys if profile in before else frozenset())
        ^ (now[profile].keys if profile in now else frozenset())
    }
    members = read_members(con, crossed)
    keep_profiles(con, before.keys(), profiles, described)
    asked = now.keys() | find_shifted(members, read_members(con, crossed))
    with scope_of(con, "in_story", stories):
        asked |= list_ids(
            con,
            "SELECT profile_key FROM blocks.identity_stories SEMI JOIN in_story s "
            "ON s.id = story_id",
        )
    lost = forget_pairs(con, asked, before.keys() - now.keys(), stories)
    found = _compare(con, asked, stories)
    keep_pairs(con, found)
    ends = asked | lost | {end for pair in found for end in (pair.left, pair.right)}
    return _join(con, _read_world(con, ends, ids), ids)


def _compare(
    con: "duckdb.DuckDBPyConnection", asked: set[str], stories: Collection[str]
) -> list[KeptPair]:
    """Compare profiles with those that share a key with them, and look for short forms in
    stories."""
    candidates, last = find_candidates(con, asked)
    wanted = asked | {end for pair in candidates for end in pair}
    profiles = _load(con, wanted, list_bearer_keys(con, "identity_profiles", "last", last))
    number = {profile.key: n for n, profile in enumerate(profiles)}
    pairs = {
        (min(number[one], number[other]), max(number[one], number[other]))
        for one, other in candidates
    }
    by_name = compare_candidates(profiles, pairs)
    local = find_local_pairs(profiles, stories)
    return name_pairs(profiles, [*((BY_NAME, pair) for pair in by_name), *local])


def _load(
    con: "duckdb.DuckDBPyConnection", keys: Iterable[str], bearers: Iterable[str] = ()
) -> list[Profile]:
    """Load profiles, with all that share their bearer keys."""
    return load_profiles(
        con, list_bearer_keys(con, "identity_profiles", "profile_key", keys) | set(bearers)
    )[0]


@dataclass(frozen=True, slots=True)
class _World:
    """Profiles in order; which of them are joined again; the pairs of these, by position; the pairs
    that a person keeps apart; the actors of articles that they are made of."""

    profiles: list[Profile]
    inside: set[int]
    pairs: list[ActorPair]
    apart: set[tuple[int, int]]
    settled: pl.DataFrame


def _read_world(con: "duckdb.DuckDBPyConnection", ends: set[str], ids: set[str]) -> _World:
    """Read what connects with some profiles: along pairs that are the same, and along the actors
    that they were."""
    inside, edge, ids = set[str](), set(ends), set(ids)
    while edge:
        inside |= edge
        edge = {
            end for pair in read_pairs(con, edge, "same") for end in (pair.left, pair.right)
        } - inside
        bearers = list_bearer_keys(con, "identity_profiles", "profile_key", inside)
        ids |= _list_actors(con, bearers)
        kin = list_bearer_keys(con, "identity_rows", "actor_id", ids)
        with scope_of(con, "kin", kin):
            edge |= list_ids(
                con,
                "SELECT profile_key FROM blocks.identity_profiles SEMI JOIN kin s "
                "ON s.id = bearer_key",
            )
        edge -= inside
    kept = list(read_pairs(con, inside))
    bearers = list_bearer_keys(
        con,
        "identity_profiles",
        "profile_key",
        inside | {end for pair in kept for end in (pair.left, pair.right)},
    )
    profiles, settled = load_profiles(con, bearers)
    number = {profile.key: n for n, profile in enumerate(profiles)}
    by_name = [_place(pair, number) for pair in kept if pair.story_id == BY_NAME]
    local = [_place(pair, number) for pair in kept if pair.story_id != BY_NAME]
    positions = {number[key] for key in inside if key in number}
    return _World(profiles, positions, _add_pairs(by_name, local), set(), settled)


def _list_actors(con: "duckdb.DuckDBPyConnection", bearers: Iterable[str]) -> set[str]:
    with scope_of(con, "asked", bearers):
        return list_ids(
            con,
            "SELECT DISTINCT actor_id FROM blocks.identity_rows r SEMI JOIN asked s "
            "ON s.id = r.bearer_key WHERE actor_id IS NOT NULL",
        )


def _place(pair: KeptPair, number: Mapping[str, int]) -> ActorPair:
    low, high = sorted((number[pair.left], number[pair.right]))
    return ActorPair(low, high, pair.verdict)


def _add_pairs(pairs: Iterable[ActorPair], local: Iterable[ActorPair]) -> list[ActorPair]:
    """Add the pairs that a story alone tells, of several the first; they go before a doubt."""
    first: dict[tuple[int, int], ActorPair] = {}
    for pair in local:
        first.setdefault((pair.left, pair.right), pair)
    found = {(pair.left, pair.right): pair for pair in pairs}
    for key, pair in first.items():
        known = found.get(key)
        if known is None or known.verdict.decision != "same":
            found[key] = pair
    return [found[key] for key in sorted(found)]


def _join(con: "duckdb.DuckDBPyConnection", world: _World, ids: set[str]) -> Identified:
    """Join profiles into actors, name them, and write what was found."""
    order = sorted(world.inside)
    number = {position: n for n, position in enumerate(order)}
    own = [world.profiles[position] for position in order]
    inner = [
        ActorPair(number[pair.left], number[pair.right], pair.verdict)
        for pair in world.pairs
        if pair.left in number and pair.right in number
    ]
    apart = {(number[a], number[b]) for a, b in world.apart if a in number and b in number}
    members = {member for profile in own for member in profile.members}
    rows = world.settled.filter(pl.col("article_actor_id").is_in(sorted(members)))
    known = dict(
        rows.filter(pl.col("actor_id").is_not_null())
        .select("article_actor_id", "actor_id")
        .iter_rows()
    )
    given, elsewhere, touched = _read_ids(con, own, {*known.values(), *ids}, members)
    groups = join_profiles(own, inner, apart)
    named, id_rows = name_actors(own, groups, known, given, elsewhere)
    _write_names(con, named)
    actors = {*named.values(), *known.values(), *ids}
    with scope_of(con, "touched_ids", touched | actors), scope_of(con, "own_ids", actors):
        links = _describe_pairs(con, world, named)
        changed = {
            "core.actor_ids": replace_table(
                con, "core.actor_ids", id_rows, ORIGIN, "actor_id IN (SELECT id FROM touched_ids)",
            ),
            "core.actor_links": replace_table(
                con, "core.actor_links", links, ORIGIN, "actor_id IN (SELECT id FROM own_ids) "
                "OR other_actor_id IN (SELECT id FROM own_ids)",
            ),
        }  # fmt: skip
    return Identified(Comparison(changed, []), settle_groups(rows, named), actors)


def _read_ids(
    con: "duckdb.DuckDBPyConnection", own: Sequence[Profile], ids: set[str], members: set[str]
) -> tuple[dict[str, str], set[str], set[str]]:
    """Read the ids ever given that bear on some profiles, with those they stand for; those of them
    that other actors have; and the ids whose rows are made again."""
    from newsledger.model.ids import make_id

    wanted = ids | {make_id("act", profile.key) for profile in own}
    with scope_of(con, "wanted", wanted):
        given = dict(
            con.execute(
                "SELECT actor_id, current_actor_id FROM core.actor_ids WHERE actor_id IN "
                "(SELECT id FROM wanted) OR current_actor_id IN (SELECT id FROM wanted)"
            ).fetchall()
        )
    with scope_of(con, "asked", wanted | {*given, *given.values()}), scope_of(con, "own", members):
        elsewhere = list_ids(
            con,
            "SELECT DISTINCT actor_id FROM blocks.identity_rows r SEMI JOIN asked s "
            "ON s.id = r.actor_id ANTI JOIN own o ON o.id = r.article_actor_id",
        )
    return given, elsewhere, set(given) - elsewhere


def _write_names(con: "duckdb.DuckDBPyConnection", named: Mapping[str, str]) -> None:
    frame = pl.DataFrame(
        list(named.items()),
        schema={"article_actor_id": pl.String, "actor_id": pl.String},
        orient="row",
    )
    kept = ("blocks.identity_rows", "article_actor_id", "actor_id")
    for table, key, column in (*ACTOR_COLUMNS, kept):
        assign(con, table, key, frame.rename({"article_actor_id": key, "actor_id": column}))


def _describe_pairs(
    con: "duckdb.DuckDBPyConnection", world: _World, named: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Describe the pairs of the actors that were joined again."""
    others = dict(
        world.settled.filter(pl.col("actor_id").is_not_null())
        .select("article_actor_id", "actor_id")
        .iter_rows()
    )
    ids = others | dict(named)
    rows: list[dict[str, Any]] = []
    for pair in world.pairs:
        left, right = world.profiles[pair.left], world.profiles[pair.right]
        rows.append(
            {
                "actor_id": ids[left.members[0]], "other_actor_id": ids[right.members[0]],
                "name": left.label, "other_name": right.label,
                "country_code": min(left.countries, default=None),
                "other_country_code": min(right.countries, default=None),
                "link_type": pair.verdict.decision, "score": pair.verdict.score,
                "evidence": "; ".join(pair.verdict.evidence),
                "article_count": len(left.articles), "other_article_count": len(right.articles),
            }
        )  # fmt: skip
    order = ("name", "other_name", "actor_id", "other_actor_id")
    return sorted(rows, key=lambda row: tuple(str(row[column]) for column in order))
