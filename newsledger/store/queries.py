"""Ready questions of `sql/queries/`, free SQL on the published database, and the status of the
pipeline."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsledger import paths
from newsledger.errors import NewsledgerError, StoreError
from newsledger.store.database import open_newest

if TYPE_CHECKING:
    import duckdb

# What a query may do: read the ledger, and nothing else of the machine.
_SAFE = {"enable_external_access": "false", "lock_configuration": "true"}


@dataclass(frozen=True, slots=True)
class Query:
    """A ready question: its comment, its SQL, and its parameters with example values."""

    name: str
    comment: str
    sql: str
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows that one statement gives, as Python values."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def pick(self, names: Sequence[str]) -> "Answer":
        """Give these columns only, in this order. Raises `NewsledgerError` where one is not
        there."""
        if unknown := [name for name in names if name not in self.columns]:
            raise NewsledgerError(
                f"no column {', '.join(unknown)}: there are {', '.join(self.columns)}"
            )
        places = [self.columns.index(name) for name in names]
        return Answer(
            tuple(names),
            tuple(self.types[i] for i in places),
            tuple(tuple(row[i] for i in places) for row in self.rows),
        )


def list_queries() -> list[Query]:
    """Read the ready questions by name."""
    queries = []
    for path in sorted(paths.SQL.glob("queries/*.sql"), key=lambda path: path.stem):
        text = path.read_text("utf-8")
        params = dict(re.findall(r"^-- param: (\w+) = (.+)$", text, re.MULTILINE))
        comment = " ".join(re.findall(r"^-- (?!param:)(.+)$", text, re.MULTILINE))
        queries.append(Query(path.stem, comment, text, params))
    return queries


def run_query(name: str, params: Mapping[str, str]) -> Answer:
    """Run a ready question. Raises `NewsledgerError` where the name or a parameter is unknown."""
    queries = {query.name: query for query in list_queries()}
    if name not in queries:
        raise NewsledgerError(f"no ready question {name!r}: there are {', '.join(queries)}")
    query = queries[name]
    if unknown := sorted(set(params) - set(query.params)):
        raise NewsledgerError(
            f"{name} has no parameter {', '.join(unknown)}; it has {', '.join(query.params) or 'none'}"
        )
    return run_sql(query.sql, {**query.params, **params})[-1]


def run_sql(
    sql: str, params: Mapping[str, str] | None = None, *, is_unsafe: bool = False
) -> list[Answer]:
    """Run SQL statements on the published database, read only, and give what each returns.

    Other files of the machine, settings and extensions are out of reach unless `is_unsafe`. Raises
    `NewsledgerError` with DuckDB's message.
    """
    import duckdb

    con = _open_to_ask(is_unsafe)
    try:
        answers = []
        for statement in con.extract_statements(sql):
            result = con.execute(statement, dict(params or {}))
            if result.description:
                answers.append(_read_answer(result))
        return answers
    except duckdb.Error as error:
        raise NewsledgerError(f"the query failed: {_explain(error, is_unsafe)}") from None
    finally:
        con.close()


def _open_to_ask(is_unsafe: bool) -> "duckdb.DuckDBPyConnection":
    import duckdb

    path = paths.PUBLISHED_DB
    if not path.exists():
        raise StoreError(f"no published database at {path}: run `newsledger run` first")
    try:
        return duckdb.connect(str(path), read_only=True, config={} if is_unsafe else dict(_SAFE))
    except duckdb.Error as error:
        raise StoreError(f"cannot open {path}: {str(error).strip().splitlines()[0]}") from None


def _read_answer(result: "duckdb.DuckDBPyConnection") -> Answer:
    return Answer(
        tuple(column[0] for column in result.description),
        tuple(str(column[1]) for column in result.description),
        tuple(map(tuple, result.fetchall())),
    )


def _explain(error: Exception, is_unsafe: bool) -> str:
    text = str(error).strip()
    is_shut_out = "file system operations are disabled" in text or "has been locked" in text
    if is_shut_out and not is_unsafe:
        text += "\nA query reads the ledger and nothing else of this machine; --unsafe lifts that"
    return text


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
