"""What is kept, and for how long: the text of raw pages, and the records of runs. Off unless the
desk sets it; articles, claims and what they stand on are never touched."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.settings import Settings
from newsledger.store.changes import note

if TYPE_CHECKING:
    import duckdb

RUN_TABLES = ("ops.run_steps", "ops.checks", "ops.runs")  # rows by run


def drop_old(con: "duckdb.DuckDBPyConnection", settings: Settings, now: datetime) -> None:
    """Drop what is older than the settings keep; `now` is UTC. The caller holds a transaction."""
    if settings.raw_keep_days:
        _drop_pages(con, now - timedelta(days=settings.raw_keep_days))
    if settings.run_keep_days:
        _drop_runs(con, now - timedelta(days=settings.run_keep_days))


def _drop_pages(con: "duckdb.DuckDBPyConnection", before: datetime) -> None:
    """Empty the text of documents that came in before; their rows stay, so that they are known.
    What failed keeps it: it is tried again."""
    is_old = (
        "d.text IS NOT NULL AND d.status <> 'failed' AND coalesce((SELECT r.started_at FROM "
        "ops.runs AS r WHERE r.run_id = d.run_id), d.fetched_at) < ?"
    )
    note(
        con,
        "raw.documents",
        f"SELECT document_id FROM raw.documents AS d WHERE {is_old}",
        [before],
    )
    con.execute(f"UPDATE raw.documents AS d SET text = NULL WHERE {is_old}", [before])


def _drop_runs(con: "duckdb.DuckDBPyConnection", before: datetime) -> None:
    """Delete runs that began before, their steps, checks and logs; the newest that was done
    stays."""
    rows = con.execute(
        "SELECT run_id FROM ops.runs WHERE started_at < ? AND run_id IS DISTINCT FROM "
        "(SELECT run_id FROM ops.runs WHERE status = 'done' ORDER BY started_at DESC, run_id DESC "
        "LIMIT 1)",
        [before],
    ).fetchall()
    ids = [run_id for (run_id,) in rows]
    for table in RUN_TABLES:
        con.execute(f"DELETE FROM {table} WHERE list_contains(?, run_id)", [ids])
    for run_id in ids:
        (paths.DATA / "logs" / f"{run_id}.log").unlink(missing_ok=True)
