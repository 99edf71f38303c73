"""How far a change reaches among actors: which articles have changed, which profiles, stories and
pairs with them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl

from newsledger.ledger.identity.kinds import make_name_key, settle_kinds
from newsledger.ledger.identity.names import split_parts
from newsledger.ledger.identity.pairs import BLOCK, pair_up
from newsledger.ledger.identity.profiles import Profile, make_bearer_key
from newsledger.ledger.identity.stored import (
    ACTORS,
    KeptProfile,
    keep_rows,
    read_members,
)
from newsledger.ledger.scope import COMPARED, list_ids, scope_of
from newsledger.store.changes import find_mark, since

if TYPE_CHECKING:
    import duckdb

ACTOR_COLUMNS = (
    ("core.article_actors", "article_actor_id", "actor_id"),
    ("core.actor_mentions", "article_actor_id", "actor_id"),
    ("core.actor_roles", "article_actor_id", "actor_id"),
    ("core.claim_sources", "article_actor_id", "actor_id"),
    ("core.claim_actors", "article_actor_id", "actor_id"),
    ("core.claims", "speaker_article_actor_id", "speaker_actor_id"),
)
_READ = (
    "core.articles", "core.article_actors", "core.actor_roles", "core.location_mentions",
    "core.claims",
)  # fmt: skip
# What of each article its actors are told and summed up by.
_NOW = """
    CREATE OR REPLACE TEMP TABLE identity_now AS
    SELECT a.article_id, hash(a.story_id, a.published_at, a.modified_at, r.digest) AS digest
    FROM (FROM core.articles WHERE {scope}) AS a LEFT JOIN (
        SELECT article_id, hash(count(*), bit_xor(hash(h))) AS digest FROM (
            SELECT article_id, hash(t) AS h
            FROM (SELECT * EXCLUDE (actor_id) FROM core.article_actors WHERE {scope}) AS t
            UNION ALL SELECT article_id, hash(t)
            FROM (SELECT * EXCLUDE (actor_id) FROM core.actor_roles WHERE {scope}) AS t
            UNION ALL SELECT article_id, hash(location_id)
            FROM core.location_mentions WHERE is_focus AND {scope}
            UNION ALL SELECT article_id, hash(claim_id, speaker_article_actor_id)
            FROM core.claims WHERE {scope}
        ) GROUP BY article_id
    ) AS r USING (article_id)
"""


def find_touched(
    con: "duckdb.DuckDBPyConnection", *, everything: bool
) -> tuple[set[str], set[str]]:
    """Find the articles whose actors are new or have changed since they were identified, or have
    been written again, and those that are gone. Leaves how they are in `identity_now`: those that
    were written since the last time, where that is known, or all."""
    number = None if everything else find_mark(con, COMPARED)
    scope = "true"
    if number is not None:
        noted = " UNION ".join(since(table, number) for table in _READ)
        con.execute(f"CREATE OR REPLACE TEMP TABLE identity_asked AS FROM ({noted}) t(article_id)")
        scope = "article_id IN (FROM identity_asked)"
    con.execute(_NOW.format(scope=scope))
    unnamed = " UNION ".join(
        f"SELECT article_id FROM {table} WHERE {scope} AND {key} IS NOT NULL AND {column} IS NULL"
        for table, key, column in ACTOR_COLUMNS
    )
    changed = list_ids(
        con,
        "SELECT n.article_id FROM identity_now n LEFT JOIN blocks.identity_articles b "
        "USING (article_id) WHERE b.digest IS DISTINCT FROM n.digest "
        f"OR n.article_id IN ({unnamed})",
    )
    gone = list_ids(
        con,
        "SELECT article_id FROM blocks.identity_articles ANTI JOIN identity_now USING (article_id) "
        f"WHERE {scope}",
    )
    con.execute("DROP TABLE IF EXISTS identity_asked")
    return changed, gone


def keep_articles(con: "duckdb.DuckDBPyConnection", touched: Iterable[str]) -> None:
    """Keep how articles were when they were identified."""
    with scope_of(con, "asked", touched):
        con.execute(
            "DELETE FROM blocks.identity_articles WHERE article_id IN (SELECT id FROM asked)"
        )
        con.execute(
            "INSERT INTO blocks.identity_articles BY NAME SELECT article_id, digest FROM "
            "identity_now SEMI JOIN asked s ON s.id = article_id"
        )
    con.execute("DROP TABLE identity_now")


def key_rows(actors: pl.DataFrame) -> pl.DataFrame:
    """Give actors of articles, their kinds settled, the keys that they share."""
    rows = list(actors.iter_rows(named=True))
    names = [make_name_key(row["name"], row["story_id"]) for row in rows]
    bearers = [make_bearer_key(row) for row in rows]
    return actors.with_columns(
        name_key=pl.Series(names, dtype=pl.String), bearer_key=pl.Series(bearers, dtype=pl.String)
    )


KEPT_COLUMNS = (
    "article_actor_id", "article_id", "story_id", "name_key", "bearer_key", "kind", "actor_id",
)  # fmt: skip


def update_rows(
    con: "duckdb.DuckDBPyConnection", changed: Collection[str], gone: Collection[str]
) -> tuple[set[str], set[str], set[str]]:
    """Bring the kept actors of articles up to date. Returns the keys whose profiles are to be built
    again, the stories, and the actors across articles that these were."""
    with scope_of(con, "asked", {*changed, *gone}):
        before = con.sql(
            "SELECT * FROM blocks.identity_rows r SEMI JOIN asked s ON s.id = r.article_id"
        ).pl()
        actors = con.sql(f"{ACTORS} SEMI JOIN asked s ON s.id = article_id").pl()
    pairs = actors.select("name", "story_id").unique().iter_rows()
    names = {*before["name_key"], *(make_name_key(*pair) for pair in pairs)}
    with scope_of(con, "asked", names):
        namesakes = con.sql(
            f"SELECT a.* FROM ({ACTORS}) AS a SEMI JOIN (SELECT article_actor_id FROM "
            "blocks.identity_rows r SEMI JOIN asked s ON s.id = r.name_key) "
            "USING (article_actor_id)"
        ).pl()
        kept = con.sql(
            "SELECT article_actor_id, kind AS kind_before, bearer_key AS key_before FROM "
            "blocks.identity_rows r SEMI JOIN asked s ON s.id = r.name_key"
        ).pl()
    everyone = pl.concat([actors, namesakes]).unique("article_actor_id")
    now = key_rows(settle_kinds(everyone)).join(kept, on="article_actor_id", how="left")
    is_moved = pl.col("article_id").is_in(sorted(changed)) | (
        pl.col("kind").ne_missing(pl.col("kind_before"))
        | pl.col("bearer_key").ne_missing(pl.col("key_before"))
    )
    moved = now.filter(is_moved)
    with scope_of(con, "gone_rows", before["article_actor_id"]):
        con.execute(
            "DELETE FROM blocks.identity_rows WHERE article_actor_id IN (SELECT id FROM gone_rows)"
        )
    keep_rows(con, moved.select(KEPT_COLUMNS))
    keys = {*before["bearer_key"], *moved["bearer_key"], *moved["key_before"].drop_nulls()}
    stories = {*before["story_id"].drop_nulls(), *moved["story_id"].drop_nulls()}
    return keys, stories, set(before["actor_id"].drop_nulls())


def find_stories(
    before: Mapping[str, KeptProfile],
    now: Mapping[str, KeptProfile],
    profiles: Sequence[Profile],
    articles: Collection[str],
) -> set[str]:
    """Find the stories whose short forms are looked for again: those that a profile joins or
    leaves, or in which it looks another way; those that two of a family share whom a changed
    article names both."""
    found: set[str] = set()
    for key in before.keys() | now.keys():
        old, new = before.get(key), now.get(key)
        if old is None or new is None or old.face != new.face:
            found |= (old.stories if old else frozenset()) | (new.stories if new else frozenset())
        else:
            found |= old.stories ^ new.stories
    families: dict[tuple[str, str], list[Profile]] = defaultdict(list)
    for profile in profiles:
        if profile.is_person and profile.name:
            for article in profile.articles.intersection(articles):
                families[article, split_parts(profile.name)[-1]].append(profile)
    for family in families.values():
        for number, one in enumerate(family):
            for other in family[number + 1 :]:
                found |= one.stories & other.stories
    return found


def find_shifted(
    before: Mapping[str, Sequence[tuple[str, str, int, str]]],
    now: Mapping[str, Sequence[tuple[str, str, int, str]]],
) -> set[str]:
    """Find the profiles that have other neighbours than before in blocks of many."""
    found: set[str] = set()
    for key in before.keys() | now.keys():
        old, new = before.get(key, ()), now.get(key, ())
        if max(len(old), len(new)) > BLOCK:
            pairs = (set(pair_up([m[-1] for m in members])) for members in (old, new))
            for pair in set.symmetric_difference(*pairs):
                found.update(pair)
    return found


def find_candidates(
    con: "duckdb.DuckDBPyConnection", asked: Collection[str]
) -> tuple[set[tuple[str, str]], set[str]]:
    """Find the pairs of profiles with one of those asked for that share a key, and the last words
    of their names."""
    with scope_of(con, "asked", asked):
        keys = list_ids(
            con,
            "SELECT DISTINCT key FROM blocks.identity_keys k SEMI JOIN asked s "
            "ON s.id = k.profile_key",
        )
    found: set[tuple[str, str]] = set()
    last: set[str] = set()
    for members in read_members(con, keys).values():
        for one, other in pair_up(members):
            if one[-1] in asked or other[-1] in asked:
                found.add((one[-1], other[-1]))
                lasts = [split_parts(name[0]) for name in (one, other)]
                if min(map(len, lasts)) == 1:
                    last |= {parts[-1] for parts in lasts}
    return found, last
