"""What `newsledger status` says: runs, refusals, failures, what is stale, quarantine, checks."""

from collections import Counter
from typing import TYPE_CHECKING

from newsledger.run.health import describe_health, read_health
from newsledger.store.database import open_newest

if TYPE_CHECKING:
    import duckdb

MAX_SHOWN = 50


def describe_status() -> str:
    """Describe the state of the ledger; also of a run that was held back or killed."""
    parts = [describe_health(read_health())]
    with open_newest() as con:
        parts += [
            *_describe_rejects(con),
            *_describe_issues(con),
            *_describe_stale(con),
            *_describe_quarantine(con),
            *_describe_checks(con),
            *_describe_overrides(con),
        ]
    return "\n".join(parts)


def count_issues() -> int:
    """Count the documents and sources that failed and are not in order again."""
    with open_newest() as con:
        if not _has_table(con, "issues"):
            return 0
        rows = con.execute("SELECT count(*) FROM ops.issues WHERE resolved_at IS NULL").fetchall()
    return int(rows[0][0])


def _describe_rejects(con: "duckdb.DuckDBPyConnection") -> list[str]:
    counted = con.execute(
        "SELECT reason, count(*) FROM ops.rejects GROUP BY reason ORDER BY reason"
    ).fetchall()
    rows = con.execute(
        "SELECT reason, source_uri, detail FROM ops.rejects "
        "ORDER BY rejected_at DESC, source_uri LIMIT ?",
        [MAX_SHOWN],
    ).fetchall()
    total = ", ".join(f"{count} {reason}" for reason, count in counted) or "none"
    return [
        f"Refused documents: {total}",
        *(f"  {reason:14} {uri}{': ' + detail if detail else ''}" for reason, uri, detail in rows),
    ]


def _describe_issues(con: "duckdb.DuckDBPyConnection") -> list[str]:
    if not _has_table(con, "issues"):
        return []
    rows = con.execute(
        "SELECT i.stage, coalesce(d.source_uri, i.source_name, i.article_id, i.document_id), "
        "i.kind, "
        "i.message, i.place FROM ops.issues i LEFT JOIN raw.documents d USING (document_id) "
        "WHERE i.resolved_at IS NULL ORDER BY i.last_seen_at DESC, 2 LIMIT ?",
        [MAX_SHOWN],
    ).fetchall()
    return [
        f"Failed: {len(rows) or 'nothing'}",
        *(
            f"  {stage:8} {owner}: {kind}: {message}{' at ' + place if place else ''}"
            for stage, owner, kind, message, place in rows
        ),
    ]


def _describe_stale(con: "duckdb.DuckDBPyConnection") -> list[str]:
    from newsledger.quality.suites import list_rules, list_suites
    from newsledger.run.plan import find_stale
    from newsledger.stages.clean import Clean
    from newsledger.stages.extract import Extract

    if not _has_table(con, "document_stages"):
        return []
    stamps = {stage.name: stage.fingerprint() for stage in (Clean(con), Extract())}
    checks = {suite.fingerprint for suite in list_suites()}
    checks |= {rule.fingerprint for rule in list_rules()}
    stale = find_stale(con, stamps, frozenset(checks))
    counted = Counter(item.why for item in stale)
    return [
        f"Stale documents: {len(stale) or 'none'}",
        *(f"  {count:,} ({why})" for why, count in counted.most_common()),
    ]


def _describe_quarantine(con: "duckdb.DuckDBPyConnection") -> list[str]:
    rows = con.execute(
        "SELECT table_name, rule, count(*), any_value(value) FROM ops.quarantine GROUP BY "
        "ALL ORDER BY ALL"
    ).fetchall()
    return [
        f"Quarantine: {sum(row[2] for row in rows)} rows",
        *(f"  {table} {rule}: {count}, e.g. {value}" for table, rule, count, value in rows),
    ]


def _describe_checks(con: "duckdb.DuckDBPyConnection") -> list[str]:
    rows = con.execute(
        "SELECT severity, table_name, check_name, failed_count FROM ops.checks WHERE NOT is_passed "
        "AND run_id = (SELECT run_id FROM ops.runs ORDER BY started_at DESC, run_id DESC LIMIT 1) "
        "ORDER BY ALL"
    ).fetchall()
    return [
        f"Checks of the newest run that did not pass: {len(rows) or 'none'}",
        *(f"  {severity:8} {table} {name}: {count}" for severity, table, name, count in rows),
    ]


def _describe_overrides(con: "duckdb.DuckDBPyConnection") -> list[str]:
    rows = con.execute(
        "SELECT file, line_no FROM ops.overrides_applied WHERE is_orphaned ORDER BY ALL"
    ).fetchall()
    return [
        f"Overrides that match nothing any more: {len(rows) or 'none'}",
        *(f"  {file} line {line}" for file, line in rows),
    ]


def _has_table(con: "duckdb.DuckDBPyConnection", name: str) -> bool:
    """Whether a table of `ops` is there: a database of an earlier version lacks some."""
    row = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'ops' AND table_name = ?", [name]
    ).fetchone()
    return bool(row and row[0])
