"""Run the checks of `expectations/`: suites by table, rules across tables, the gate and the
quarantine.

A suite is Great Expectations' own JSON. Its `meta.key` names the table's key; each expectation
carries a `severity`:

- critical: publication is held back; failing rows are listed in `ops.quarantine` and stay where
  they are, so that the
  gate stays shut until the cause is gone;
- warning: reported; rows that fail a row check are moved to `ops.quarantine`, with the rows that
  hang on them;
- info: reported only.

A cross rule is `expectations/cross/<rule>.sql`: a query that returns offenders, with `-- severity:`
and `-- why:` on top. `getvariable('run_id')` holds the run.
"""

import json
import logging
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger import paths
from newsledger.errors import SettingsError

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

SEVERITIES = ("critical", "warning", "info")
EXAMPLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Result of one check. `failed_keys` are the key values of failing rows, for row checks."""

    table: str
    name: str
    severity: str
    is_passed: bool
    checked_count: int | None
    failed_count: int
    example: str | None = None
    column: str | None = None
    failed_rows: tuple[tuple[dict[str, Any], Any], ...] = ()  # (key, value)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the checks of a run came to."""

    total: int
    failed: int  # critical
    warned: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class CrossRule:
    name: str
    severity: str
    why: str
    sql: str


def run_checks(con: "duckdb.DuckDBPyConnection", run_id: str) -> Outcome:
    """Check this run's rows, write `ops.checks` and `ops.quarantine`, and count what failed."""
    from newsledger.store.database import transaction

    con.execute(f"SET VARIABLE run_id = '{run_id}'")
    results = [result for suite in list_suites() for result in _check_table(con, suite, run_id)]
    with transaction(con):
        quarantined = sum(
            _quarantine(con, run_id, result) for result in results if result.failed_rows
        )
    results += _check_cross(con)
    with transaction(con):
        con.execute("DELETE FROM ops.checks WHERE run_id = ?", [run_id])
        con.executemany(
            "INSERT INTO ops.checks VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                [
                    run_id,
                    r.table,
                    r.name,
                    r.severity,
                    r.is_passed,
                    r.checked_count,
                    r.failed_count,
                    r.example,
                ]
                for r in results
            ],
        )
    failed = sum(not result.is_passed and result.severity == "critical" for result in results)
    warned = sum(not result.is_passed and result.severity == "warning" for result in results)
    return Outcome(len(results), failed, warned, quarantined)


def list_suites(root: Path | None = None) -> list[dict[str, Any]]:
    """Read the suites of all tables. Raises `SettingsError` naming the file and what is wrong in
    it."""
    root = root or paths.EXPECTATIONS
    suites = []
    for path in sorted(root.glob("*/*.json")):
        try:
            suite = json.loads(path.read_text("utf-8"))
        except json.JSONDecodeError as error:
            raise SettingsError(f"{path}: not JSON: {error}") from None
        expected = f"{path.parent.name}.{path.stem}"
        if suite.get("name") != expected:
            raise SettingsError(f"{path}: name is {suite.get('name')!r}, expected {expected!r}")
        if not suite.get("meta", {}).get("key"):
            raise SettingsError(f'{path}: "meta.key" must name the key columns of the table')
        for number, item in enumerate(suite["expectations"], 1):
            if item.get("severity") not in SEVERITIES:
                raise SettingsError(
                    f"{path}: expectation {number} has severity {item.get('severity')!r}, expected {', '.join(SEVERITIES)}"
                )
        suites.append(suite)
    return suites


def list_cross_rules(root: Path | None = None) -> list[CrossRule]:
    """Read the rules across tables. Raises `SettingsError` where a file lacks its severity or
    reason."""
    rules = []
    for path in sorted((root or paths.EXPECTATIONS / "cross").glob("*.sql")):
        sql = path.read_text("utf-8")
        header = dict(re.findall(r"^-- (severity|why): *(.+)$", sql, re.MULTILINE))
        if header.get("severity") not in SEVERITIES or "why" not in header:
            raise SettingsError(
                f"{path}: needs the lines `-- severity: critical|warning|info` and `-- why: …`"
            )
        rules.append(CrossRule(path.stem, header["severity"], header["why"], sql))
    return rules


# --- tables
# -------------------------------------------------------------------------------------------------------------


def _check_table(
    con: "duckdb.DuckDBPyConnection", suite: dict[str, Any], run_id: str
) -> Iterator[CheckResult]:
    table, key = suite["name"], suite["meta"]["key"]
    columns = sorted({*key, *_columns_of(suite)})
    names = ", ".join(f'"{column}"' for column in columns)
    frame = con.sql(f"SELECT {names} FROM {table} {_of_this_run(con, table)}").df()
    yield from _validate(frame, suite["name"], suite["expectations"], key)


def _columns_of(suite: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    for item in suite["expectations"]:
        kwargs = item["kwargs"]
        found |= {
            kwargs[name] for name in ("column", "column_A", "column_B") if name in kwargs
        } | set(kwargs.get("column_list", ()))
        if condition := kwargs.get("row_condition"):
            found |= set(re.findall(r"\b([a-z_0-9]+)\b(?=\s*(?:==|!=|<|>|\.))", condition))
    return found


def _of_this_run(con: "duckdb.DuckDBPyConnection", table: str) -> str:
    columns = {row[0] for row in con.execute(f"DESCRIBE {table}").fetchall()}
    if "run_id" in columns:
        return "WHERE run_id = getvariable('run_id')"
    if "article_id" in columns:
        return "WHERE article_id IN (SELECT article_id FROM core.articles WHERE run_id = getvariable('run_id'))"
    return ""


@cache
def _context() -> Any:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


def _validate(
    frame: "pd.DataFrame", table: str, expectations: list[dict[str, Any]], key: list[str]
) -> Iterator[CheckResult]:
    import great_expectations as gx

    context = _context()
    source = context.data_sources.add_or_update_pandas(table.replace(".", "_"))
    batch = (
        source.add_dataframe_asset(table)
        .add_batch_definition_whole_dataframe("rows")
        .get_batch({"dataframe": frame})
    )
    suite = gx.ExpectationSuite(name=table, expectations=expectations)
    validation = batch.validate(
        suite, result_format={"result_format": "COMPLETE", "unexpected_index_column_names": key}
    )
    for item in validation.results:
        if item.exception_info and item.exception_info.get("raised_exception"):
            raise SettingsError(
                f"{table}: {item.expectation_config.type} cannot run: {item.exception_info.get('exception_message')}"
            )
        yield _result_of(table, item, key)


def _result_of(table: str, item: Any, key: list[str]) -> CheckResult:
    config, found = item.expectation_config, item.result or {}
    kwargs = config.kwargs
    column = (
        kwargs.get("column")
        or kwargs.get("column_A")
        or "+".join(kwargs.get("column_list", ()))
        or None
    )
    name = (
        f"{config.type.removeprefix('expect_')}({column})"
        if column
        else config.type.removeprefix("expect_")
    )
    rows = tuple(
        (
            {part: row[part] for part in key},
            next((value for name, value in row.items() if name not in key), row.get(column)),
        )
        for row in found.get("unexpected_index_list") or ()
    )
    examples = found.get("partial_unexpected_list") or (
        [found["observed_value"]] if "observed_value" in found else []
    )
    return CheckResult(
        table, name, config.severity.value if hasattr(config.severity, "value") else str(config.severity), bool(item.success),
        found.get("element_count"), int(found.get("unexpected_count") or (0 if item.success else 1)),
        None if item.success or not examples else str(examples[0])[:EXAMPLE_LENGTH], column,
        () if item.success else rows,
    )  # fmt: skip


# --- across tables
# --------------------------------------------------------------------------------------------------------


def _check_cross(con: "duckdb.DuckDBPyConnection") -> Iterator[CheckResult]:
    """Count each rule's offenders in DuckDB and let Great Expectations judge the counts."""
    import pandas as pd

    rules = list_cross_rules()
    if not rules:
        return
    offenders = {rule.name: con.sql(rule.sql).limit(1000).fetchall() for rule in rules}
    frame = pd.DataFrame({name: [len(rows)] for name, rows in offenders.items()})
    expectations = [
        {
            "type": "expect_column_max_to_be_between",
            "kwargs": {"column": rule.name, "max_value": 0},
            "severity": rule.severity,
        }
        for rule in rules
    ]
    for result in _validate(frame, "cross", expectations, []):
        rows = offenders[result.column or ""]
        example = str(rows[0])[:EXAMPLE_LENGTH] if rows else None
        yield CheckResult(
            "cross",
            result.column or result.name,
            result.severity,
            result.is_passed,
            None,
            len(rows),
            example,
        )


# --- quarantine
# -----------------------------------------------------------------------------------------------------------


def _quarantine(con: "duckdb.DuckDBPyConnection", run_id: str, result: CheckResult) -> int:
    """Copy failing rows to the quarantine; move them, with what hangs on them, where the check is
    no critical one."""
    import polars as pl

    keys = list(result.failed_rows[0][0])
    frame = pl.DataFrame(
        [
            {**row, "failed_value": None if value is None else str(value)}
            for row, value in result.failed_rows
        ]
    )
    con.register("failed_rows", frame.unique(keys).to_arrow())
    match = " AND ".join(f't."{part}" IS NOT DISTINCT FROM f."{part}"' for part in keys)
    con.execute(
        f"INSERT INTO ops.quarantine SELECT ?, ?, ?, ?, f.failed_value, to_json(t) FROM {result.table} t JOIN failed_rows f ON {match}",
        [run_id, result.table, result.name, result.column],
    )
    if result.severity == "warning":
        con.execute(f"DELETE FROM {result.table} t USING failed_rows f WHERE {match}")
        if len(keys) == 1:
            _quarantine_dependents(con, run_id, result, keys[0])
    con.unregister("failed_rows")
    return len(result.failed_rows)


def _quarantine_dependents(
    con: "duckdb.DuckDBPyConnection", run_id: str, result: CheckResult, key: str
) -> None:
    tables = con.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_columns() WHERE column_name = ? AND schema_name = 'core' "
        "AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE schema_name = 'core')",
        [key],
    ).fetchall()
    for (table,) in tables:
        if table == result.table:
            continue
        con.execute(
            f'INSERT INTO ops.quarantine SELECT ?, ?, ?, ?, t."{key}", to_json(t) FROM {table} t '
            f'WHERE t."{key}" IN (SELECT "{key}" FROM failed_rows)',
            [run_id, table, f"hangs on {result.table}", key],
        )
        con.execute(f'DELETE FROM {table} WHERE "{key}" IN (SELECT "{key}" FROM failed_rows)')
