"""Versions brought up to date: new and changed articles are compared with those of their address,
and of their outlet in the days around, and these with the whole of their chains."""

from typing import TYPE_CHECKING

import polars as pl

from newsledger.ledger.copies.versions import COLUMNS, MAX_APART, assign_versions, version_keys
from newsledger.ledger.scope import insert_rows, list_ids, scope_of
from newsledger.store.changes import note

if TYPE_CHECKING:
    import duckdb

_TOLD_BY = ", ".join(
    f"a.{name}" for name in COLUMNS if name not in ("article_id", "body", "fetched_at")
)
_NOW = (
    f"SELECT a.article_id, hash({_TOLD_BY}, d.fetched_at) AS digest "
    "FROM core.articles a JOIN raw.documents d USING (document_id)"
)
_SET = "(a.first_version_id, a.version, a.is_current)"


def resolve_versions(con: "duckdb.DuckDBPyConnection") -> int:
    """Bring the version columns of `core.articles` up to date. Returns the number of articles that
    changed."""
    changed = list_ids(
        con,
        f"SELECT n.article_id FROM ({_NOW}) n LEFT JOIN blocks.version_articles v "
        "USING (article_id) LEFT JOIN core.articles a USING (article_id) "
        "WHERE v.digest IS DISTINCT FROM n.digest OR a.first_version_id IS NULL",
    )
    gone = list_ids(
        con,
        "SELECT article_id FROM blocks.version_articles ANTI JOIN core.articles USING (article_id)",
    )
    if not changed and not gone:
        return 0
    asked = changed | _list_chains(con, changed | gone) - gone
    with scope_of(con, "leaving", changed | gone):
        con.execute(
            "DELETE FROM blocks.version_articles WHERE article_id IN (SELECT id FROM leaving)"
        )
    keys = _read_keys(con, changed)
    near = _list_near(con, asked, keys) | asked
    scope = near | _list_chains(con, near)
    versions = assign_versions(_read_articles(con, scope)).drop("duplicate_of")
    _keep(con, keys, versions)
    return _write(con, versions)


def _list_chains(con: "duckdb.DuckDBPyConnection", articles: set[str]) -> set[str]:
    """List the articles of the chains of versions that some were in."""
    with scope_of(con, "asked", articles):
        return list_ids(
            con,
            "SELECT article_id FROM blocks.version_articles SEMI JOIN (SELECT first_version_id "
            "FROM blocks.version_articles v SEMI JOIN asked s ON s.id = v.article_id) "
            "USING (first_version_id)",
        )


def _read_articles(
    con: "duckdb.DuckDBPyConnection", articles: set[str], *, has_body: bool = True
) -> pl.DataFrame:
    own = [name for name in COLUMNS if name != "fetched_at" and (has_body or name != "body")]
    with scope_of(con, "asked", articles):
        found: pl.DataFrame = con.sql(
            f"SELECT {', '.join(f'a.{name}' for name in own)}, d.fetched_at FROM core.articles a "
            "SEMI JOIN asked s ON s.id = a.article_id JOIN raw.documents d USING (document_id)"
        ).pl()
    return found


def _read_keys(con: "duckdb.DuckDBPyConnection", articles: set[str]) -> pl.DataFrame:
    """Read what articles are found by."""
    with scope_of(con, "asked", articles):
        digests = con.sql(f"SELECT * FROM ({_NOW}) SEMI JOIN asked s ON s.id = article_id").pl()
    keys = _read_articles(con, articles, has_body=False).with_columns(version_keys())
    return keys.select("article_id", "outlet_key", "url_key", "seen_at").join(
        digests, on="article_id"
    )


def _list_near(con: "duckdb.DuckDBPyConnection", asked: set[str], keys: pl.DataFrame) -> set[str]:
    """List the articles that may be versions of some: of one address, or of one outlet within
    days."""
    apart = MAX_APART.total_seconds()
    con.register("new_keys", keys.to_arrow())
    with scope_of(con, "asked", asked):
        found = list_ids(
            con,
            "WITH every AS (SELECT article_id, outlet_key, url_key, seen_at FROM new_keys "
            "UNION ALL SELECT article_id, outlet_key, url_key, seen_at "
            "FROM blocks.version_articles), "
            f"placed AS (SELECT *, floor(epoch(seen_at) / {apart}) AS part FROM every), "
            "own AS (FROM placed p SEMI JOIN asked s ON s.id = p.article_id), "
            "near AS (SELECT * REPLACE (unnest([part - 1, part, part + 1]) AS part) FROM own) "
            "SELECT p.article_id FROM placed p JOIN own o USING (url_key) UNION "
            "SELECT p.article_id FROM placed p JOIN near o USING (outlet_key, part) "
            f"WHERE abs(epoch(p.seen_at) - epoch(o.seen_at)) <= {apart}",
        )
    con.unregister("new_keys")
    return found


def _keep(con: "duckdb.DuckDBPyConnection", keys: pl.DataFrame, versions: pl.DataFrame) -> None:
    """Keep the changed articles with their chains, and the chains of the others that came out
    anew."""
    chains = versions.select("article_id", "first_version_id")
    insert_rows(con, "blocks.version_articles", keys.join(chains, on="article_id"))
    con.register("chains", chains.to_arrow())
    con.execute(
        "UPDATE blocks.version_articles v SET first_version_id = c.first_version_id FROM chains c "
        "WHERE c.article_id = v.article_id AND c.first_version_id <> v.first_version_id"
    )
    con.unregister("chains")


def _write(con: "duckdb.DuckDBPyConnection", versions: pl.DataFrame) -> int:
    con.register("chains", versions.to_arrow())
    differs = f"{_SET} IS DISTINCT FROM {_SET.replace('a.', 'c.')}"
    differing = f"core.articles a JOIN chains c USING (article_id) WHERE {differs}"
    ((changed,),) = con.execute(f"SELECT count(*) FROM {differing}").fetchall()
    if changed:
        note(con, "core.articles", f"SELECT article_id FROM {differing}")
        con.execute(
            "UPDATE core.articles a SET first_version_id = c.first_version_id, version = "
            "c.version, is_current = c.is_current "
            f"FROM chains c WHERE a.article_id = c.article_id AND {differs}"
        )
    con.unregister("chains")
    found: int = changed
    return found
