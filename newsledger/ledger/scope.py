"""Scopes: the ids that a step across articles is about, as a temporary table, and rows of tables
made what was found for them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import polars as pl

from newsledger.model.tables import declared_schema
from newsledger.store.changes import list_noted, note
from newsledger.store.database import replace_rows

if TYPE_CHECKING:
    import duckdb

COMPARED = "compared"  # a mark: what was noted before has been compared


@contextmanager
def scope_of(con: "duckdb.DuckDBPyConnection", name: str, ids: Iterable[str]) -> Iterator[None]:
    """Have a temporary table `name` with the one column `id` hold these ids."""
    frame = pl.DataFrame({"id": sorted(ids)}, schema={"id": pl.String})
    con.register("scope_rows", frame.to_arrow())
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT id FROM scope_rows")
    con.unregister("scope_rows")
    try:
        yield
    finally:
        con.execute(f"DROP TABLE IF EXISTS {name}")


def list_ids(con: "duckdb.DuckDBPyConnection", query: str) -> set[str]:
    """Give the first column of a query as a set."""
    return {row[0] for row in con.execute(query).fetchall()}


def insert_rows(con: "duckdb.DuckDBPyConnection", table: str, frame: pl.DataFrame) -> None:
    """Append a frame to a table, columns matched by name."""
    con.register("rows_to_insert", frame.to_arrow())
    con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM rows_to_insert")
    con.unregister("rows_to_insert")


def assign(con: "duckdb.DuckDBPyConnection", table: str, key: str, frame: pl.DataFrame) -> None:
    """Set the other columns of a frame in the rows of a table where they differ."""
    columns = [column for column in frame.columns if column != key]
    con.register("assigned", frame.to_arrow())
    differ = " OR ".join(f"t.{column} IS DISTINCT FROM a.{column}" for column in columns)
    if noted := list_noted().get(table):
        same = f"assigned a ON t.{key} = a.{key} AND ({differ})"
        note(con, table, f"SELECT t.{noted} FROM {table} t JOIN {same}")
    con.execute(
        f"UPDATE {table} t SET {', '.join(f'{column} = a.{column}' for column in columns)} "
        f"FROM assigned a WHERE t.{key} = a.{key} AND ({differ})"
    )
    con.unregister("assigned")


def replace_table(
    con: "duckdb.DuckDBPyConnection",
    table: str,
    rows: list[dict[str, Any]],
    origin: str,
    scope: str = "true",
) -> int:
    """Make a table, or what of it is in scope, hold these rows, all of one origin. Returns the rows
    that changed."""
    schema = declared_schema()[table]
    columns = {name: [row.get(name) for row in rows] for name in schema if name != "origin"}
    frame = pl.DataFrame(
        columns, schema={name: dtype for name, dtype in schema.items() if name != "origin"}
    )
    return replace_rows(con, table, frame.with_columns(origin=pl.lit(origin)), scope)
