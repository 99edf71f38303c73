"""What identity was last told by, kept in the schema `blocks`: actors of articles with the keys
that they share, profiles with the stories they stand in, pairs."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from newsledger.ledger.identity.evidence import Verdict
from newsledger.ledger.identity.names import split_parts
from newsledger.ledger.identity.pairs import ActorPair, list_keys
from newsledger.ledger.identity.profiles import Profile, build_profiles
from newsledger.ledger.scope import insert_rows, list_ids, scope_of
from newsledger.model.tables import declared_schema

if TYPE_CHECKING:
    import duckdb

BY_NAME = ""  # instead of a story: a pair that names and what stands around them tell
ACTORS = """
    SELECT aa.article_actor_id, aa.article_id, aa.actor_id, aa.name, aa.kind, aa.kind_rule,
           aa.seed_id, aa.country_code, aa.gender, aa.aliases, a.story_id, a.published_at
    FROM core.article_actors AS aa JOIN core.articles AS a USING (article_id)
"""
_TABLES = ("profiles", "stories", "keys")
_Member = tuple[str, str, int, str]  # name, bearer key, place, profile: the order of a block


@dataclass(frozen=True, slots=True)
class KeptProfile:
    """A profile as others saw it."""

    face: int
    stories: frozenset[str]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class KeptPair:
    """A pair of profiles by their keys."""

    left: str
    right: str
    story_id: str
    verdict: Verdict


def keep_rows(con: "duckdb.DuckDBPyConnection", rows: pl.DataFrame) -> None:
    """Keep actors of articles: `article_actor_id, article_id, story_id, name_key, bearer_key, kind,
    actor_id`."""
    with scope_of(con, "kept_rows", rows["article_actor_id"]):
        con.execute(
            "DELETE FROM blocks.identity_rows WHERE article_actor_id IN (SELECT id FROM kept_rows)"
        )
    insert_rows(con, "blocks.identity_rows", rows)


def load_profiles(
    con: "duckdb.DuckDBPyConnection", bearer_keys: Iterable[str]
) -> tuple[list[Profile], pl.DataFrame]:
    """Build the profiles of some keys from all their actors of articles; give these, too."""
    with scope_of(con, "asked", bearer_keys):
        con.execute(
            "CREATE OR REPLACE TEMP TABLE asked_rows AS SELECT article_actor_id, article_id, kind "
            "FROM blocks.identity_rows r SEMI JOIN asked s ON s.id = r.bearer_key"
        )
    actors = con.sql(
        f"SELECT a.* REPLACE (r.kind AS kind) FROM ({ACTORS}) AS a "
        "JOIN asked_rows AS r USING (article_actor_id)"
    ).pl()
    roles = con.sql(
        "SELECT article_actor_id, role, organisation FROM core.actor_roles "
        "SEMI JOIN asked_rows USING (article_actor_id)"
    ).pl()
    places = con.sql(
        "SELECT DISTINCT article_id, location_id FROM core.location_mentions SEMI JOIN asked_rows "
        "USING (article_id) WHERE is_focus AND location_id IS NOT NULL"
    ).pl()
    beside = con.sql(
        "SELECT article_id, name FROM core.article_actors SEMI JOIN asked_rows USING (article_id)"
    ).pl()
    con.execute("DROP TABLE asked_rows")
    return build_profiles(actors, roles, places, beside), actors


def describe(profile: Profile) -> KeptProfile:
    """Tell what is kept of a profile. Its face is what others of its stories are told apart from it
    by: all but where and when it stands, beside whom, in which roles."""
    face = (
        profile.name, profile.label, profile.kind, profile.is_person, profile.is_proper,
        profile.is_local, profile.seed_id, sorted(profile.countries), sorted(profile.genders),
    )  # fmt: skip
    digest = hashlib.blake2b(repr(face).encode(), digest_size=8).digest()
    keys = map("\x1f".join, list_keys(profile)) if profile.is_proper else ()
    return KeptProfile(int.from_bytes(digest), profile.stories, frozenset(keys))


def read_kept(
    con: "duckdb.DuckDBPyConnection", bearer_keys: Iterable[str]
) -> dict[str, KeptProfile]:
    """Read the profiles of some keys as they are kept."""
    with scope_of(con, "asked", bearer_keys):
        con.execute(
            "CREATE OR REPLACE TEMP TABLE asked_profiles AS SELECT profile_key, face FROM "
            "blocks.identity_profiles p SEMI JOIN asked s ON s.id = p.bearer_key"
        )
    stories, keys = (
        _group(
            con,
            f"SELECT profile_key, {what} FROM blocks.identity_{table} "
            "SEMI JOIN asked_profiles USING (profile_key)",
        )
        for what, table in (("story_id", "stories"), ("key", "keys"))
    )
    rows = con.execute("SELECT profile_key, face FROM asked_profiles").fetchall()
    con.execute("DROP TABLE asked_profiles")
    return {
        key: KeptProfile(face, frozenset(stories.get(key, ())), frozenset(keys.get(key, ())))
        for key, face in rows
    }


def _group(con: "duckdb.DuckDBPyConnection", query: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in con.execute(query).fetchall():
        found[key].append(value)
    return found


def keep_profiles(
    con: "duckdb.DuckDBPyConnection",
    before: Collection[str],
    profiles: Sequence[Profile],
    now: Sequence[KeptProfile],
) -> None:
    """Keep profiles in the place of those before."""
    with scope_of(con, "before", before):
        for name in _TABLES:
            con.execute(
                f"DELETE FROM blocks.identity_{name} WHERE profile_key IN (SELECT id FROM before)"
            )
    own = list(zip(profiles, now, strict=True))
    rows = [(p.key, *p.place, p.name, _last_of(p), kept.face) for p, kept in own]
    schema = declared_schema()["blocks.identity_profiles"]
    frames = {
        "profiles": pl.DataFrame(rows, schema=schema, orient="row"),
        "stories": _pair_frame("story_id", ((p.key, s) for p, k in own for s in k.stories)),
        "keys": _pair_frame("key", ((p.key, key) for p, k in own for key in k.keys)),
    }  # fmt: skip
    for name, frame in frames.items():
        insert_rows(con, f"blocks.identity_{name}", frame)


def _last_of(profile: Profile) -> str:
    return split_parts(profile.name)[-1] if profile.name else ""


def _pair_frame(name: str, rows: Iterable[tuple[str, str]]) -> pl.DataFrame:
    schema = {"profile_key": pl.String, name: pl.String}
    return pl.DataFrame(sorted(rows), schema=schema, orient="row")


def read_members(con: "duckdb.DuckDBPyConnection", keys: Iterable[str]) -> dict[str, list[_Member]]:
    """Read which profiles share keys, each block in order."""
    found: dict[str, list[_Member]] = defaultdict(list)
    with scope_of(con, "asked", keys):
        rows = con.execute(
            "SELECT key, name, bearer_key, place, profile_key FROM blocks.identity_keys k "
            "SEMI JOIN asked s ON s.id = k.key JOIN blocks.identity_profiles USING (profile_key)"
        ).fetchall()
    for key, *member in sorted(rows):
        found[key].append((member[0], member[1], member[2], member[3]))
    return found


def list_bearer_keys(
    con: "duckdb.DuckDBPyConnection", table: str, column: str, values: Iterable[str]
) -> set[str]:
    """List the keys of the profiles, or rows, that have one of some values in a column of a table
    of `blocks`."""
    join = (
        "" if table != "identity_stories" else "JOIN blocks.identity_profiles USING (profile_key)"
    )
    with scope_of(con, "asked", values):
        return list_ids(
            con,
            f"SELECT DISTINCT bearer_key FROM blocks.{table} t {join} "
            f"SEMI JOIN asked s ON s.id = t.{column}",
        )


def keep_pairs(con: "duckdb.DuckDBPyConnection", pairs: Sequence[KeptPair]) -> None:
    """Keep pairs beside those that are kept."""
    rows = [
        (
            pair.left, pair.right, pair.story_id, pair.verdict.score, pair.verdict.decision,
            list(pair.verdict.evidence),
        )
        for pair in pairs
    ]  # fmt: skip
    schema = declared_schema()["blocks.identity_pairs"]
    insert_rows(con, "blocks.identity_pairs", pl.DataFrame(rows, schema=schema, orient="row"))


def forget_pairs(
    con: "duckdb.DuckDBPyConnection",
    profiles: Iterable[str],
    gone: Iterable[str],
    stories: Iterable[str],
) -> set[str]:
    """Forget the pairs that are compared again: by name those of some profiles, those of stories,
    and all of profiles that are gone. Returns the profiles of what was forgotten."""
    with (
        scope_of(con, "asked", profiles),
        scope_of(con, "gone", gone),
        scope_of(con, "in_story", stories),
    ):
        where = (
            f"story_id = '{BY_NAME}' AND (profile_key IN (SELECT id FROM asked) OR "
            "other_profile_key IN (SELECT id FROM asked)) OR profile_key IN (SELECT id FROM gone) "
            "OR other_profile_key IN (SELECT id FROM gone) OR story_id IN (SELECT id FROM in_story)"
        )
        found = {
            end
            for ends in con.execute(
                f"SELECT profile_key, other_profile_key FROM blocks.identity_pairs WHERE {where}"
            ).fetchall()
            for end in ends
        }
        con.execute(f"DELETE FROM blocks.identity_pairs WHERE {where}")
    return found


def read_pairs(
    con: "duckdb.DuckDBPyConnection", profiles: Iterable[str], decision: str | None = None
) -> Iterator[KeptPair]:
    """Read the pairs of which one end, at least, is one of some profiles."""
    where = f"AND decision = '{decision}'" if decision else ""
    with scope_of(con, "asked", profiles):
        rows = con.execute(
            "SELECT profile_key, other_profile_key, story_id, score, decision, evidence FROM "
            "blocks.identity_pairs WHERE (profile_key IN (SELECT id FROM asked) OR "
            f"other_profile_key IN (SELECT id FROM asked)) {where} ORDER BY ALL"
        ).fetchall()
    for left, right, story, score, verdict, evidence in rows:
        yield KeptPair(left, right, story, Verdict(score, verdict, tuple(evidence)))


def name_pairs(
    profiles: Sequence[Profile], pairs: Iterable[tuple[str, ActorPair]]
) -> list[KeptPair]:
    """Pairs by position, with their story, as pairs by key."""
    return [
        KeptPair(profiles[pair.left].key, profiles[pair.right].key, story, pair.verdict)
        for story, pair in pairs
    ]
