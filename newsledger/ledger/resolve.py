"""Bring everything that goes across articles up to date, from the core tables alone: a second call changes nothing."""

from typing import TYPE_CHECKING

import polars as pl

from newsledger.ledger.compare import compare_articles
from newsledger.ledger.identity import ORIGIN as IDENTITY_ORIGIN
from newsledger.ledger.identity import assign_actor_ids
from newsledger.ledger.versions import resolve_versions
from newsledger.store import replace_rows
from newsledger.transform.actors import summarise_actors, summarise_aliases
from newsledger.transform.locations import summarise_locations

if TYPE_CHECKING:
    import duckdb


def resolve_ledger(con: "duckdb.DuckDBPyConnection", run_id: str) -> dict[str, int]:
    """Assign versions and identities, sum up actors and places, compare articles. Returns the rows that changed, by table. Runs inside a transaction."""
    changed = {"core.articles": resolve_versions(con)}
    changed |= _resolve_actors(con)
    changed |= _summarise(con)
    changed |= compare_articles(con, run_id)
    return changed


def _resolve_actors(con: "duckdb.DuckDBPyConnection") -> dict[str, int]:
    ids = assign_actor_ids(con.sql("SELECT * FROM core.article_actors").pl())
    con.register("identities", ids.to_arrow())
    for table, key, column in (
        ("core.article_actors", "article_actor_id", "actor_id"),
        ("core.actor_mentions", "article_actor_id", "actor_id"),
        ("core.actor_roles", "article_actor_id", "actor_id"),
        ("core.claim_sources", "article_actor_id", "actor_id"),
        ("core.claim_actors", "article_actor_id", "actor_id"),
        ("core.claims", "speaker_article_actor_id", "speaker_actor_id"),
    ):
        con.execute(
            f"UPDATE {table} t SET {column} = i.actor_id FROM identities i "
            f"WHERE t.{key} = i.article_actor_id AND t.{column} IS DISTINCT FROM i.actor_id"
        )
    con.unregister("identities")
    given = con.sql("SELECT actor_id FROM core.actor_ids").pl()
    new = ids.select("actor_id").unique().join(given, on="actor_id", how="anti").sort("actor_id")
    rows = new.with_columns(current_actor_id=pl.col("actor_id"), reason=pl.lit("founded"), origin=pl.lit(IDENTITY_ORIGIN))
    con.register("founded", rows.to_arrow())
    con.execute("INSERT INTO core.actor_ids BY NAME SELECT * FROM founded")
    con.unregister("founded")
    return {"core.actor_ids": rows.height}


def _summarise(con: "duckdb.DuckDBPyConnection") -> dict[str, int]:
    article_actors = con.sql("SELECT * FROM core.article_actors").pl()
    articles = con.sql("SELECT article_id, published_at, modified_at FROM core.articles").pl()
    claims = con.sql("SELECT claim_id, speaker_actor_id FROM core.claims WHERE speaker_actor_id IS NOT NULL").pl()
    locations = con.sql("SELECT * FROM core.locations").pl()
    mentions = con.sql("SELECT article_id, location_id, text, is_demonym FROM core.location_mentions WHERE location_id IS NOT NULL").pl()
    return {
        "core.actors": replace_rows(con, "core.actors", summarise_actors(article_actors, articles, claims)),
        "core.actor_aliases": replace_rows(con, "core.actor_aliases", summarise_aliases(article_actors)),
        "core.locations": replace_rows(con, "core.locations", summarise_locations(locations, mentions)),
    }
