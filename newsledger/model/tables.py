"""The tables of the ledger, read from `sql/<layer>/<table>.sql`: the one place where columns are
written down."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from newsledger import paths
from newsledger.errors import StoreError

if TYPE_CHECKING:
    import duckdb
    import polars as pl

LAYERS = ("raw", "core", "ops", "blocks", "mart")
LOCAL = "blocks"  # of the work database alone: empty in the published one
READING = "mart"  # tables and views of this layer also go by their bare names
LAYER_COMMENTS = {
    "raw": "Documents as they arrived, never edited",
    "core": "The ledger: articles, actors, locations, claims and what links them",
    "ops": "Runs, checks, refused documents and rows, corrections",
    "blocks": "What new articles are compared by; only in the work database, empty where published",
    "mart": "For reading and charts: views, and rows that are kept as the other tables give them",
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
    def is_local(self) -> bool:
        """Whether its rows are for the pipeline alone: not published."""
        return self.layer == LOCAL or self.full_name in {"ops.changes", "ops.checked_rows"}

    @property
    def body(self) -> str:
        """The statement without its comments: what a comment names is not read."""
        return _body(self.sql)

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
        *_in_order([table for table in found if table.is_view]),
    )


@dataclass(frozen=True, slots=True)
class Macro:
    """A function for readers, from `sql/macros/<name>.sql`: what it does, and an example."""

    name: str
    comment: str
    example: str
    sql: str

    @property
    def full_name(self) -> str:
        return self.name

    @property
    def is_table(self) -> bool:
        return " AS TABLE" in self.sql

    @property
    def signature(self) -> str:
        found = re.search(r"\bMACRO main\.(\w+\([^)]*\))", self.sql)
        return found[1] if found else self.name


@cache
def list_macros(root: Path = paths.SHIPPED / "sql") -> tuple[Macro, ...]:
    """List the macros, each after those it calls."""
    found = []
    for path in sorted((root / "macros").glob("*.sql")):
        text = path.read_text("utf-8")
        comment = " ".join(re.findall(r"^-- (?!example:)(.+)$", text, re.MULTILINE))
        example = " ".join(re.findall(r"^-- example: (.+)$", text, re.MULTILINE))
        found.append(Macro(path.stem, comment, example, text))
    return tuple(_in_order(found))


_Item = TypeVar("_Item", Table, Macro)


def _in_order(items: list[_Item]) -> list[_Item]:
    """Order views or macros so that each comes after those it reads."""
    ordered: list[_Item] = []
    waiting = list(items)
    while waiting:
        names = {item.full_name for item in waiting}
        ready = [
            item
            for item in waiting
            if not any(
                re.search(rf"\b{re.escape(name)}\b(?!\.\w+ IS)", _body(item.sql))
                for name in names - {item.full_name}
            )
        ]
        if not ready:
            raise StoreError(f"they read each other in a circle: {', '.join(sorted(names))}")
        ordered += ready
        waiting = [item for item in waiting if item not in ready]
    return ordered


def _body(sql: str) -> str:
    """Give the statement without its comments: what a comment names is not read."""
    kept = (line for line in sql.splitlines() if not line.startswith(("--", "COMMENT ON")))
    return "\n".join(kept)


def schema_sql() -> list[str]:
    """Give all statements that make the schema, in order: tables, views, the short names of those
    for readers, macros."""
    reading = [table for table in list_tables() if table.layer == READING]
    return [
        *(f"CREATE SCHEMA IF NOT EXISTS {layer}" for layer in LAYERS),
        *(table.sql for table in list_tables()),
        *(_short_name(table) for table in reading),
        *(macro.sql for macro in list_macros()),
        *(_comment_macro(macro) for macro in list_macros()),
    ]


def _short_name(table: Table) -> str:
    """Give a table or view its bare name in the schema `main`, with the same comments."""
    comments = table.sql[table.sql.index("COMMENT ON ") :]
    renamed = re.sub(
        rf"^COMMENT ON (?:TABLE|VIEW|(COLUMN)) {table.layer}\.",
        lambda found: f"COMMENT ON {found[1] or 'VIEW'} main.",
        comments,
        flags=re.MULTILINE,
    )
    return f"CREATE OR REPLACE VIEW main.{table.name} AS FROM {table.full_name};\n{renamed}"


def _comment_macro(macro: Macro) -> str:
    kind = "MACRO TABLE" if macro.is_table else "MACRO"
    return f"COMMENT ON {kind} main.{macro.name} IS '{macro.comment.replace(chr(39), chr(39) * 2)}'"


def apply_schema(con: "duckdb.DuckDBPyConnection") -> None:
    """Create schemas, tables, views and macros that are missing, in one transaction."""
    con.execute("BEGIN")
    for statement in schema_sql():
        con.execute(statement)
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
    for layer in LAYERS:
        con.execute(f"CREATE SCHEMA IF NOT EXISTS {layer}")
    for table in list_tables():
        con.execute(table.body)
    schema = {
        table.full_name: dict(con.sql(f"SELECT * FROM {table.full_name} LIMIT 0").pl().schema)
        for table in list_tables()
    }
    con.close()
    return schema


@cache
def declared_types() -> dict[str, dict[str, str]]:
    """Give DuckDB's type of each column of each table, by full table name, as `sql/` declares
    it."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind, _ in _declared_columns():
        found.setdefault(table, {})[column] = kind
    return found


@cache
def nullable_columns() -> dict[str, frozenset[str]]:
    """Give the columns of each table that `sql/` lets be empty, by full table name."""
    found: dict[str, set[str]] = {}
    for table, column, _, is_nullable in _declared_columns():
        found.setdefault(table, set()).update({column} if is_nullable else ())
    return {table: frozenset(columns) for table, columns in found.items()}


@cache
def _declared_columns() -> tuple[tuple[str, str, str, bool], ...]:
    """Table, column, type and whether it may be empty, as DuckDB reads `sql/`."""
    import duckdb

    con = duckdb.connect()
    apply_schema(con)
    rows = con.execute(
        "SELECT schema_name || '.' || table_name, column_name, data_type, is_nullable "
        "FROM duckdb_columns() WHERE NOT internal ORDER BY column_index"
    ).fetchall()
    con.close()
    return tuple(rows)
