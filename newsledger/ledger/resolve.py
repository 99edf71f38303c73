"""Bring everything that goes across articles up to date, from the core tables alone: a second call
changes nothing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from newsledger.ledger.compare import compare_claims
from newsledger.ledger.copies.outlet_names import unify_outlets
from newsledger.ledger.copies.update_versions import resolve_versions
from newsledger.ledger.identity.update import Identified, update_actors
from newsledger.ledger.overrides import load_overrides, log_overrides, log_place_overrides
from newsledger.ledger.scope import COMPARED, list_ids, scope_of
from newsledger.ledger.texts import compare_texts
from newsledger.model.tables import LOCAL, list_tables
from newsledger.store.changes import mark, unmark
from newsledger.store.database import replace_rows
from newsledger.transform.actors import summarise_actors, summarise_aliases
from newsledger.transform.locations import summarise_locations

if TYPE_CHECKING:
    import duckdb


def resolve_ledger(con: "duckdb.DuckDBPyConnection", run_id: str) -> dict[str, int]:
    """Assign outlets' names, versions, stories and identities, sum up actors and places, compare
    claims. Returns
    the rows that changed, by table.

    Runs inside a transaction. Stories come before identity, which reads them; claims after it and
    after the names of places, for they are compared by speaker and place.
    """
    overrides = load_overrides()
    changed = {"core.articles": unify_outlets(con) + resolve_versions(con)}
    texts = compare_texts(con, overrides)
    identified = update_actors(con, overrides)
    identity, summed = identified.comparison, _summarise(con, identified)
    claims = compare_claims(con, overrides)
    changed |= texts.changed | identity.changed | summed | claims.changed
    mark(con, COMPARED)
    log_overrides(
        con, run_id, [*log_place_overrides(con, overrides), *identity.log, *texts.log, *claims.log]
    )
    return changed


def forget_blocks(con: "duckdb.DuckDBPyConnection") -> None:
    """Forget what was compared: the next call compares everything anew."""
    unmark(con, COMPARED)
    for table in list_tables():
        if table.layer == LOCAL:
            con.execute(f"DELETE FROM {table.full_name}")


def _summarise(con: "duckdb.DuckDBPyConnection", identified: Identified) -> dict[str, int]:
    """Sum up the actors that were told again, and the places with other mentions than before."""
    with scope_of(con, "actors_to_sum", identified.actors):
        changed = _summarise_actors(con, identified.kinds) if identified.actors else {}
    con.execute(_PLACES_NOW)
    with scope_of(con, "places_to_sum", list_ids(con, _OTHER_PLACES)):
        mentions = con.sql(
            "SELECT article_id, location_id, text, is_demonym FROM core.location_mentions "
            "SEMI JOIN places_to_sum s ON s.id = location_id"
        ).pl()
        where = "location_id IN (SELECT id FROM places_to_sum)"
        locations = con.sql(f"SELECT * FROM core.locations WHERE {where}").pl()
        if locations.height:
            places = summarise_locations(locations, mentions)
            changed["core.locations"] = replace_rows(con, "core.locations", places, where)
            con.execute(_PLACES_NOW)
            con.execute("DELETE FROM blocks.place_mentions")
            con.execute("INSERT INTO blocks.place_mentions SELECT * FROM places_now")
    con.execute("DROP TABLE places_now")
    return changed


def _summarise_actors(con: "duckdb.DuckDBPyConnection", kinds: Mapping[str, str]) -> dict[str, int]:
    where = "actor_id IN (SELECT id FROM actors_to_sum)"
    chosen = pl.col("article_actor_id").replace_strict(kinds, default=None, return_dtype=pl.String)
    article_actors = (
        con.sql(f"SELECT * FROM core.article_actors WHERE {where}")
        .pl()
        .with_columns(kind=pl.coalesce(chosen, "kind"))
    )
    articles = con.sql(
        "SELECT article_id, published_at, modified_at FROM core.articles SEMI JOIN (SELECT "
        f"article_id FROM core.article_actors WHERE {where}) USING (article_id)"
    ).pl()
    claims = con.sql(
        f"SELECT claim_id, speaker_actor_id FROM core.claims WHERE speaker_{where}"
    ).pl()
    actors = summarise_actors(article_actors, articles, claims)
    aliases = summarise_aliases(article_actors)
    return {
        "core.actors": replace_rows(con, "core.actors", actors, where),
        "core.actor_aliases": replace_rows(con, "core.actor_aliases", aliases, where),
    }


_PLACES_NOW = """
    CREATE OR REPLACE TEMP TABLE places_now AS
    SELECT l.location_id, hash(l, m.digest) AS digest
    FROM core.locations AS l LEFT JOIN (
        SELECT location_id, hash(count(*), bit_xor(hash(hash(t)))) AS digest
        FROM (
            SELECT start, article_id, location_id, text, is_demonym FROM core.location_mentions
        ) AS t
        GROUP BY location_id
    ) AS m USING (location_id)
"""
_OTHER_PLACES = """
    SELECT n.location_id
    FROM places_now AS n LEFT JOIN blocks.place_mentions AS b USING (location_id)
    WHERE b.digest IS DISTINCT FROM n.digest
"""
