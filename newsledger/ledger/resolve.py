"""Bring everything that goes across articles up to date, from the core tables alone: a second call
changes nothing."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from newsledger.ledger.compare import compare_claims
from newsledger.ledger.comparison import Comparison
from newsledger.ledger.copies.update_versions import resolve_versions
from newsledger.ledger.identity.join import ORIGIN as IDENTITY_ORIGIN
from newsledger.ledger.identity.join import join_profiles, name_actors
from newsledger.ledger.identity.kinds import settle_groups, settle_kinds
from newsledger.ledger.identity.local import find_local_pairs
from newsledger.ledger.identity.pairs import ActorPair, find_pairs
from newsledger.ledger.identity.profiles import Profile, build_profiles
from newsledger.ledger.overrides import (
    Override,
    apply_actor_kinds,
    apply_actor_overrides,
    load_overrides,
    log_overrides,
    log_place_overrides,
)
from newsledger.ledger.scope import replace_table
from newsledger.ledger.texts import compare_texts
from newsledger.model.tables import LOCAL, list_tables
from newsledger.store.database import replace_rows
from newsledger.transform.actors import summarise_actors, summarise_aliases
from newsledger.transform.locations import summarise_locations

if TYPE_CHECKING:
    import duckdb


def resolve_ledger(con: "duckdb.DuckDBPyConnection", run_id: str) -> dict[str, int]:
    """Assign versions, stories and identities, sum up actors and places, compare claims. Returns
    the rows that changed, by table.

    Runs inside a transaction. Stories come before identity, which reads them; claims after it and
    after the names of places, for they are compared by speaker and place.
    """
    overrides = load_overrides()
    changed = {"core.articles": resolve_versions(con)}
    texts = compare_texts(con, overrides)
    identity, kinds = _resolve_actors(con, overrides)
    summed = _summarise(con, kinds)
    claims = compare_claims(con, overrides)
    changed |= texts.changed | identity.changed | summed | claims.changed
    log_overrides(
        con, run_id, [*log_place_overrides(con, overrides), *identity.log, *texts.log, *claims.log]
    )
    return changed


def forget_blocks(con: "duckdb.DuckDBPyConnection") -> None:
    """Forget what was compared: the next call compares everything anew."""
    for table in list_tables():
        if table.layer == LOCAL:
            con.execute(f"DELETE FROM {table.full_name}")


_ACTORS = """
    SELECT aa.article_actor_id, aa.article_id, aa.actor_id, aa.name, aa.kind, aa.kind_rule, aa.seed_id, aa.country_code, aa.gender, aa.aliases,
           a.story_id, a.published_at
    FROM core.article_actors AS aa JOIN core.articles AS a USING (article_id)
"""
_ACTOR_COLUMNS = (
    ("core.article_actors", "article_actor_id", "actor_id"),
    ("core.actor_mentions", "article_actor_id", "actor_id"),
    ("core.actor_roles", "article_actor_id", "actor_id"),
    ("core.claim_sources", "article_actor_id", "actor_id"),
    ("core.claim_actors", "article_actor_id", "actor_id"),
    ("core.claims", "speaker_article_actor_id", "speaker_actor_id"),
)


def _resolve_actors(
    con: "duckdb.DuckDBPyConnection", overrides: Sequence[Override]
) -> tuple[Comparison, dict[str, str]]:
    """Give every actor of an article its actor across articles. Returns what changed and the kinds
    that a person set, or all evidence together."""
    settled = settle_kinds(con.sql(_ACTORS).pl())
    actors, signed, log = apply_actor_kinds(overrides, settled)
    roles = con.sql("SELECT article_actor_id, role, organisation FROM core.actor_roles").pl()
    places = con.sql(
        "SELECT DISTINCT article_id, location_id FROM core.location_mentions WHERE is_focus "
        "AND location_id IS NOT NULL"
    ).pl()
    profiles = build_profiles(actors, roles, places)
    pairs, apart, pair_log = apply_actor_overrides(
        overrides, profiles, _add_pairs(find_pairs(profiles), find_local_pairs(profiles))
    )
    known = dict(
        actors.filter(pl.col("actor_id").is_not_null())
        .select("article_actor_id", "actor_id")
        .iter_rows()
    )
    given = dict(con.sql("SELECT actor_id, current_actor_id FROM core.actor_ids").pl().iter_rows())
    ids, id_rows = name_actors(profiles, join_profiles(profiles, pairs, apart), known, given)
    kinds = settle_groups(settled, ids) | signed
    frame = pl.DataFrame(
        list(ids.items()),
        schema={"article_actor_id": pl.String, "actor_id": pl.String},
        orient="row",
    )
    con.register("identities", frame.to_arrow())
    for table, key, column in _ACTOR_COLUMNS:
        con.execute(
            f"UPDATE {table} t SET {column} = i.actor_id FROM identities i "
            f"WHERE t.{key} = i.article_actor_id AND t.{column} IS DISTINCT FROM i.actor_id"
        )
    con.unregister("identities")
    changed = {
        "core.actor_ids": replace_table(con, "core.actor_ids", id_rows, IDENTITY_ORIGIN),
        "core.actor_links": replace_table(
            con, "core.actor_links", _describe_pairs(profiles, pairs, ids), IDENTITY_ORIGIN
        ),
    }
    return Comparison(changed, [*log, *pair_log]), kinds


def _add_pairs(pairs: Sequence[ActorPair], local: Sequence[ActorPair]) -> list[ActorPair]:
    """Add the pairs that their story alone tells; they go before a doubt."""
    found = {(pair.left, pair.right): pair for pair in pairs}
    for pair in local:
        known = found.get((pair.left, pair.right))
        if known is None or known.verdict.decision != "same":
            found[pair.left, pair.right] = pair
    return [found[key] for key in sorted(found)]


def _describe_pairs(
    profiles: Sequence[Profile],
    pairs: Sequence[ActorPair],
    ids: Mapping[str, str],
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for pair in pairs:
        left, right = profiles[pair.left], profiles[pair.right]
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
    return sorted(
        rows,
        key=lambda row: (
            str(row["name"]),
            str(row["other_name"]),
            str(row["actor_id"]),
            str(row["other_actor_id"]),
        ),
    )


def _summarise(con: "duckdb.DuckDBPyConnection", kinds: Mapping[str, str]) -> dict[str, int]:
    chosen = pl.col("article_actor_id").replace_strict(kinds, default=None, return_dtype=pl.String)
    article_actors = (
        con.sql("SELECT * FROM core.article_actors")
        .pl()
        .with_columns(kind=pl.coalesce(chosen, "kind"))
    )
    articles = con.sql("SELECT article_id, published_at, modified_at FROM core.articles").pl()
    claims = con.sql(
        "SELECT claim_id, speaker_actor_id FROM core.claims WHERE speaker_actor_id IS NOT NULL"
    ).pl()
    locations = con.sql("SELECT * FROM core.locations").pl()
    mentions = con.sql(
        "SELECT article_id, location_id, text, is_demonym FROM core.location_mentions WHERE "
        "location_id IS NOT NULL"
    ).pl()
    return {
        "core.actors": replace_rows(
            con, "core.actors", summarise_actors(article_actors, articles, claims)
        ),
        "core.actor_aliases": replace_rows(
            con, "core.actor_aliases", summarise_aliases(article_actors)
        ),
        "core.locations": replace_rows(
            con, "core.locations", summarise_locations(locations, mentions)
        ),
    }
