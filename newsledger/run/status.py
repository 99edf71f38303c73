"""What `newsledger status` says: runs, refusals, failures, what is stale, quarantine, checks."""

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from newsledger.errors import NewsledgerError
from newsledger.run.health import describe_health, open_told, read_health
from newsledger.store.database import open_newest, rows_of

if TYPE_CHECKING:
    import duckdb

MAX_SHOWN = 50


def describe_status() -> str:
    """Describe the state of the ledger; also of a run that was held back or killed."""
    parts = [describe_health(read_health())]
    with open_told() as con:
        for describe in _PARTS:
            parts += _describe(con, describe)
    return "\n".join(parts)


def _describe(
    con: "duckdb.DuckDBPyConnection", describe: Callable[["duckdb.DuckDBPyConnection"], list[str]]
) -> list[str]:
    """Describe one part; a file of an earlier version may lack a column of it, and content of the
    desk that is wrong costs the parts that need it."""
    import duckdb

    part = describe.__name__.removeprefix("_describe_").capitalize()
    try:
        return describe(con)
    except duckdb.BinderException:
        return [f"{part}: not in a database of this age; the next run adds it"]
    except NewsledgerError as error:
        return [f"{part}: cannot be told: {error}"]


def count_issues() -> int:
    """Count the documents and sources that failed and are not in order again."""
    with open_newest() as con:
        query = "SELECT count(*) FROM ops.issues WHERE resolved_at IS NULL"
        rows = rows_of(con, "ops.issues", query)
    return int(rows[0][0]) if rows else 0


def _describe_rejects(con: "duckdb.DuckDBPyConnection") -> list[str]:
    counted = rows_of(
        con,
        "ops.rejects",
        "SELECT reason, count(*) FROM ops.rejects GROUP BY reason ORDER BY reason",
    )
    rows = rows_of(
        con,
        "ops.rejects",
        "SELECT reason, source_uri, detail FROM ops.rejects "
        "ORDER BY rejected_at DESC, source_uri LIMIT ?",
        [MAX_SHOWN],
    )
    total = ", ".join(f"{count} {reason}" for reason, count in counted) or "none"
    return [
        f"Refused documents: {total}",
        *(f"  {reason:14} {uri}{': ' + detail if detail else ''}" for reason, uri, detail in rows),
    ]


def _describe_issues(con: "duckdb.DuckDBPyConnection") -> list[str]:
    rows = rows_of(
        con,
        "ops.issues",
        "SELECT i.stage, coalesce(d.source_uri, i.source_name, i.article_id, i.document_id), "
        "i.kind, "
        "i.message, i.place FROM ops.issues i LEFT JOIN raw.documents d USING (document_id) "
        "WHERE i.resolved_at IS NULL ORDER BY i.last_seen_at DESC, 2 LIMIT ?",
        [MAX_SHOWN],
    )
    return [
        f"Failed: {len(rows) or 'nothing'}",
        *(
            f"  {stage:8} {owner}: {kind}: {message}{' at ' + place if place else ''}"
            for stage, owner, kind, message, place in rows
        ),
    ]


def _describe_stale(con: "duckdb.DuckDBPyConnection") -> list[str]:
    from newsledger.quality.suites import list_rules, list_suites
    from newsledger.run.plan import count_dropped, find_stale
    from newsledger.stages.clean import Clean
    from newsledger.stages.extract import Extract

    if not rows_of(con, "ops.document_stages", "SELECT count(*) FROM ops.document_stages"):
        return []
    stamps = {stage.name: stage.fingerprint() for stage in (Clean(con), Extract())}
    checks = {suite.fingerprint for suite in list_suites()}
    checks |= {rule.fingerprint for rule in list_rules()}
    stale = find_stale(con, stamps, frozenset(checks))
    counted = Counter(item.why for item in stale)
    dropped = filter(None, [count_dropped(con)])
    return [
        f"Stale documents: {len(stale) or 'none'}",
        *(f"  {count:,} ({why})" for why, count in counted.most_common()),
        *(
            f"  {count:,} articles cannot be read again: their pages were dropped"
            for count in dropped
        ),
    ]


def _describe_quarantine(con: "duckdb.DuckDBPyConnection") -> list[str]:
    rows = rows_of(
        con,
        "ops.quarantine",
        "SELECT table_name, rule, count(*), any_value(value) FROM ops.quarantine GROUP BY "
        "ALL ORDER BY ALL",
    )
    return [
        f"Quarantine: {sum(row[2] for row in rows)} rows",
        *(f"  {table} {rule}: {count}, e.g. {value}" for table, rule, count, value in rows),
    ]


def _describe_checks(con: "duckdb.DuckDBPyConnection") -> list[str]:
    rows = rows_of(
        con,
        "ops.checks",
        "SELECT severity, table_name, check_name, failed_count FROM ops.checks WHERE NOT is_passed "
        "AND run_id = (SELECT run_id FROM ops.runs ORDER BY started_at DESC, run_id DESC LIMIT 1) "
        "ORDER BY ALL",
    )
    return [
        f"Checks of the newest run that did not pass: {len(rows) or 'none'}",
        *(f"  {severity:8} {table} {name}: {count}" for severity, table, name, count in rows),
    ]


def _describe_overrides(con: "duckdb.DuckDBPyConnection") -> list[str]:
    rows = rows_of(
        con,
        "ops.overrides_applied",
        "SELECT file, line_no FROM ops.overrides_applied WHERE is_orphaned ORDER BY ALL",
    )
    return [
        f"Overrides that match nothing any more: {len(rows) or 'none'}",
        *(f"  {file} line {line}" for file, line in rows),
    ]


_PARTS = (
    _describe_rejects,
    _describe_issues,
    _describe_stale,
    _describe_quarantine,
    _describe_checks,
    _describe_overrides,
)
