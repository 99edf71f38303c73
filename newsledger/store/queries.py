"""Ready questions of `sql/queries/`, free SQL on the published database, and the status of the
pipeline."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.errors import NewsledgerError
from newsledger.store.database import open_newest, open_published

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Query:
    """A ready question: its comment, its SQL, and its parameters with example values."""

    name: str
    comment: str
    sql: str
    params: dict[str, str]


def list_queries() -> list[Query]:
    """Read the ready questions by name."""
    queries = []
    for path in sorted(paths.SQL.glob("queries/*.sql")):
        text = path.read_text("utf-8")
        params = dict(re.findall(r"^-- param: (\w+) = (.+)$", text, re.MULTILINE))
        comment = " ".join(re.findall(r"^-- (?!param:)(.+)$", text, re.MULTILINE))
        queries.append(Query(path.stem, comment, text, params))
    return queries


def run_query(name: str, params: Mapping[str, str]) -> "pl.DataFrame":
    """Run a ready question. Raises `NewsledgerError` where the name or a parameter is unknown."""
    queries = {query.name: query for query in list_queries()}
    if name not in queries:
        raise NewsledgerError(f"no ready question {name!r}: there are {', '.join(queries)}")
    query = queries[name]
    if unknown := sorted(set(params) - set(query.params)):
        raise NewsledgerError(
            f"{name} has no parameter {', '.join(unknown)}; it has {', '.join(query.params) or 'none'}"
        )
    return run_sql(query.sql, {**query.params, **params})


def run_sql(sql: str, params: Mapping[str, str] | None = None) -> "pl.DataFrame":
    """Run one SQL statement on the published database, read only. Raises `NewsledgerError` with
    DuckDB's message."""
    import duckdb
    import polars as pl

    with open_published() as con:
        try:
            relation = con.sql(sql, params=dict(params or {}))
            return relation.pl() if relation is not None else pl.DataFrame()
        except duckdb.Error as error:
            raise NewsledgerError(f"the query failed: {str(error).strip()}") from None


def describe_status() -> str:
    """Describe the newest runs, refusals, quarantine and checks; also of a run that was held
    back."""
    parts = []
    with open_newest() as con:
        runs = con.execute(
            "SELECT run_id, status, summary FROM ops.runs ORDER BY started_at DESC, run_id DESC LIMIT 5"
        ).fetchall()
        parts += ["Runs, newest first"] + [
            f"  {run_id}  {status:8} {summary or ''}" for run_id, status, summary in runs
        ]
        rejects = con.execute(
            "SELECT reason, source_uri, detail FROM ops.rejects ORDER BY rejected_at DESC, source_uri LIMIT 50"
        ).fetchall()
        counted = con.execute(
            "SELECT reason, count(*) FROM ops.rejects GROUP BY reason ORDER BY reason"
        ).fetchall()
        total = ", ".join(f"{count} {reason}" for reason, count in counted) or "none"
        parts += [f"Refused documents: {total}"] + [
            f"  {reason:14} {uri}{': ' + detail if detail else ''}"
            for reason, uri, detail in rejects
        ]
        quarantined = con.execute(
            "SELECT table_name, rule, count(*), any_value(value) FROM ops.quarantine GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        parts += [f"Quarantine: {sum(row[2] for row in quarantined)} rows"]
        parts += [
            f"  {table} {rule}: {count}, e.g. {value}" for table, rule, count, value in quarantined
        ]
        warned = con.execute(
            "SELECT severity, table_name, check_name, failed_count FROM ops.checks WHERE NOT is_passed "
            "AND run_id = (SELECT run_id FROM ops.runs ORDER BY started_at DESC, run_id DESC LIMIT 1) ORDER BY ALL"
        ).fetchall()
        parts += [f"Checks of the newest run that did not pass: {len(warned) or 'none'}"]
        parts += [
            f"  {severity:8} {table} {name}: {count}" for severity, table, name, count in warned
        ]
        orphaned = con.execute(
            "SELECT file, line_no FROM ops.overrides_applied WHERE is_orphaned ORDER BY ALL"
        ).fetchall()
        parts += [f"Overrides that match nothing any more: {len(orphaned) or 'none'}"] + [
            f"  {file} line {line}" for file, line in orphaned
        ]
    return "\n".join(parts)
