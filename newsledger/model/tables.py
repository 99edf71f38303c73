"""The tables of the ledger, read from `sql/<layer>/<table>.sql`: the one place where columns are
written down."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.errors import StoreError

if TYPE_CHECKING:
    import duckdb
    import polars as pl

LAYERS = ("raw", "core", "ops", "mart")
LAYER_COMMENTS = {
    "raw": "Documents as they arrived, never edited",
    "core": "The ledger: articles, actors, locations, claims and what links them",
    "ops": "Runs, checks, refused documents and rows, corrections",
    "mart": "Views for reading and charts",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view of the ledger and the SQL that creates it."""

    layer: str
    name: str
    sql: str

    @property
    def full_name(self) -> str:
        return f"{self.layer}.{self.name}"

    @property
    def is_view(self) -> bool:
        return bool(re.search(r"\bCREATE\s+(?:OR\s+REPLACE\s+)?VIEW\b", self.sql))


@cache
def list_tables(root: Path = paths.SHIPPED / "sql") -> tuple[Table, ...]:
    """List the tables by layer and name; views come after the views they read."""
    found = [
        Table(layer, path.stem, path.read_text("utf-8"))
        for layer in LAYERS
        for path in sorted((root / layer).glob("*.sql"))
    ]
    if not found:
        raise StoreError(
            f"no table definitions in {root}: set NEWSLEDGER_HOME to the project's directory"
        )
    return (
        *(table for table in found if not table.is_view),
        *_order_views([table for table in found if table.is_view]),
    )


def _order_views(views: list[Table]) -> list[Table]:
    ordered: list[Table] = []
    waiting = list(views)
    while waiting:
        names = {view.full_name for view in waiting}
        ready = [
            view
            for view in waiting
            if not any(
                re.search(rf"\b{re.escape(name)}\b", view.sql) for name in names - {view.full_name}
            )
        ]
        if not ready:
            raise StoreError(f"views read each other in a circle: {', '.join(sorted(names))}")
        ordered += ready
        waiting = [view for view in waiting if view not in ready]
    return ordered


def apply_schema(con: "duckdb.DuckDBPyConnection") -> None:
    """Create schemas, tables and views that are missing, in one transaction."""
    con.execute("BEGIN")
    for layer in LAYERS:
        con.execute(f"CREATE SCHEMA IF NOT EXISTS {layer}")
    for table in list_tables():
        con.execute(table.sql)
    con.execute("COMMIT")


_LATE = re.compile(r'^\s+"?(\w+)"?\s.*--\s*by\s+(\w+)\s*$', re.MULTILINE)


@cache
def late_columns(full_name: str) -> dict[str, str]:
    """Give the columns of a table that a stage after transform fills, and which stage: those whose
    line in `sql/` ends with `-- by resolve`."""
    (table,) = (table for table in list_tables() if table.full_name == full_name)
    return dict(_LATE.findall(table.sql))


@cache
def declared_schema() -> "dict[str, dict[str, pl.DataType]]":
    """Give the polars type of each column of each table, by full table name, as DuckDB reads
    `sql/`."""
    import duckdb

    con = duckdb.connect()
    apply_schema(con)
    schema = {
        table.full_name: dict(con.sql(f"SELECT * FROM {table.full_name} LIMIT 0").pl().schema)
        for table in list_tables()
    }
    con.close()
    return schema


@cache
def declared_types() -> dict[str, dict[str, str]]:
    """Give DuckDB's type of each column of each table, by full table name, as `sql/` declares it."""
    import duckdb

    con = duckdb.connect()
    apply_schema(con)
    rows = con.execute(
        "SELECT schema_name || '.' || table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE NOT internal ORDER BY column_index"
    ).fetchall()
    con.close()
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found
