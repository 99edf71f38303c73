"""Read `expectations/`: suites by table and rules across tables, checked before anything runs.

A suite is Great Expectations' own JSON. Its `meta.key` names the table's key; each expectation
carries a `severity`:

- critical: the row that fails goes to `ops.quarantine` with what hangs on it; where more rows of a
  table fail than `NEWSLEDGER_MAX_QUARANTINED` allows, or no row can be named, nothing is published;
- warning, info: told, and published.

A rule is `expectations/cross/<rule>.sql`: a query that returns offenders, with `-- severity:` and
`-- why:` on top. Where it names them by `table_name` and `row_id` (DuckDB's rowid), those rows are
treated like rows that fail a suite.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.model.enums import list_values
from newsledger.model.tables import declared_schema

SEVERITIES = ("critical", "warning", "info")
_COLUMN_ARGUMENTS = ("column", "column_A", "column_B")


@dataclass(frozen=True)
class Suite:
    """The expectations of one table, as Great Expectations takes them."""

    table: str
    key: tuple[str, ...]
    expectations: tuple[dict[str, Any], ...]
    path: Path

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Columns that the key and the expectations read, sorted."""
        return tuple(
            sorted({*self.key, *(name for item in self.expectations for name in columns_of(item))})
        )

    @cached_property
    def fingerprint(self) -> str:
        """Digest of the table, its key and its expectations."""
        text = json.dumps([self.table, self.key, self.expectations], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Rule:
    """A query across tables that returns offenders."""

    name: str
    severity: str
    why: str
    sql: str
    path: Path

    @property
    def fingerprint(self) -> str:
        """Digest of the query."""
        return hashlib.sha256(self.sql.encode()).hexdigest()[:16]

    @property
    def names_rows(self) -> bool:
        """Tell whether its offenders are rows of a table, which can be taken out one by one."""
        return bool(re.search(r"\brow_id\b", self.sql))


def columns_of(expectation: dict[str, Any]) -> set[str]:
    """Columns that one expectation reads, its row condition included."""
    kwargs = expectation["kwargs"]
    found = {str(kwargs[name]) for name in _COLUMN_ARGUMENTS if name in kwargs}
    found |= set(kwargs.get("column_list", ()))
    if condition := kwargs.get("row_condition"):
        found |= set(re.findall(r"\b([a-z_0-9]+)\b(?=\s*(?:==|!=|<|>|\.))", condition))
    return found


def list_suites(root: Path | None = None) -> list[Suite]:
    """Read the suites of all tables. Raises `SettingsError` naming the file and what is wrong in
    it."""
    return [
        _read_suite(path)
        for path in sorted((root or paths.EXPECTATIONS).glob("*/*.json"))
        if path.parent.name != "cross"
    ]


def _read_suite(path: Path) -> Suite:
    try:
        suite = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: not JSON: {error}") from None
    expected = f"{path.parent.name}.{path.stem}"
    if not isinstance(suite, dict) or suite.get("name") != expected:
        name = suite.get("name") if isinstance(suite, dict) else None
        raise SettingsError(f"{path}: name is {name!r}, expected {expected!r}")
    meta = suite.get("meta")
    key = meta.get("key") if isinstance(meta, dict) else None
    if not key or not isinstance(key, list):
        raise SettingsError(f'{path}: "meta.key" must name the key columns of the table')
    items = suite.get("expectations")
    if not isinstance(items, list) or not items:
        raise SettingsError(f'{path}: "expectations" must list at least one expectation')
    found = Suite(expected, tuple(key), tuple(items), path)
    for number, item in enumerate(items, 1):
        _refuse_wrong(found, number, item)
        where = f"{path}: expectation {number}"
        item["kwargs"] = {k: _read_argument(v, where) for k, v in item["kwargs"].items()}
    return found


def _read_argument(value: Any, where: str) -> Any:
    """Put the values of a closed list in the place of its name, `{"$PARAMETER": "SourceType"}`."""
    if not isinstance(value, dict) or list(value) != ["$PARAMETER"]:
        return value
    try:
        return list_values(value["$PARAMETER"])
    except KeyError:
        name = value["$PARAMETER"]
        raise SettingsError(f"{where}: model/enums.py has no list {name!r}") from None


def _refuse_wrong(suite: Suite, number: int, item: Any) -> None:
    """Refuse an expectation that could not run as written: nothing is checked less for it."""
    where = f"{suite.path}: expectation {number}"
    is_whole = isinstance(item, dict) and isinstance(item.get("kwargs"), dict)
    if not is_whole or not isinstance(item.get("type"), str):
        raise SettingsError(f"{where}: expected an object with type, kwargs and severity")
    if item.get("severity") not in SEVERITIES:
        raise SettingsError(
            f"{where} has severity {item.get('severity')!r}, expected {', '.join(SEVERITIES)}"
        )
    there = declared_schema().get(suite.table)
    if there is None:
        raise SettingsError(f"{suite.path}: there is no table {suite.table}")
    if unknown := sorted(({*suite.key} | columns_of(item)) - set(there)):
        raise SettingsError(f"{where}: {suite.table} has no column {', '.join(unknown)}")


def list_rules(root: Path | None = None) -> list[Rule]:
    """Read the rules across tables. Raises `SettingsError` where a file lacks its severity or
    reason."""
    rules = []
    for path in sorted((root or paths.EXPECTATIONS).glob("cross/*.sql")):
        sql = path.read_text("utf-8")
        header = dict(re.findall(r"^-- (severity|why): *(.+)$", sql, re.MULTILINE))
        severity = header.get("severity", "").strip()
        if severity not in SEVERITIES or "why" not in header:
            raise SettingsError(
                f"{path}: needs the lines `-- severity: critical|warning|info` and `-- why: …`"
            )
        rules.append(Rule(path.stem, severity, header["why"], sql, path))
    return rules
