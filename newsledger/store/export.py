"""Export tables of the published database to Parquet, CSV or SQLite."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsledger.errors import NewsledgerError
from newsledger.store.database import open_published

if TYPE_CHECKING:
    import duckdb

_BATCH = 10_000


def export_tables(target: Path, form: str, tables: Sequence[str] = ()) -> dict[str, int]:
    """Write tables to a folder (parquet, csv) or to one file (sqlite). Returns rows by table.

    Nested columns become JSON text in CSV and SQLite. Raises `NewsledgerError` on an unknown table.
    """
    with open_published() as con:
        known = [
            row[0]
            for row in con.execute(
                "SELECT schema_name || '.' || name FROM (SELECT schema_name, table_name AS name FROM duckdb_tables() UNION ALL "
                "SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal) ORDER BY 1"
            ).fetchall()
        ]
        if unknown := [table for table in tables if table not in known]:
            raise NewsledgerError(f"no table {', '.join(unknown)}: there are {', '.join(known)}")
        chosen = list(tables) or [
            table for table in known if table.split(".")[0] in {"core", "mart"}
        ]
        if form == "sqlite":
            return _export_sqlite(con, target, chosen)
        target.mkdir(parents=True, exist_ok=True)
        return {
            table: _export_file(con, table, target / f"{table}.{form}", form) for table in chosen
        }


def _export_file(con: "duckdb.DuckDBPyConnection", table: str, path: Path, form: str) -> int:
    source = (
        f"SELECT * FROM {table}"
        if form == "parquet"
        else f"SELECT {_flat_columns(con, table)} FROM {table}"
    )
    row = con.execute(
        f"COPY ({source}) TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT {form})"
    ).fetchone()
    return row[0] if row else 0


def _flat_columns(con: "duckdb.DuckDBPyConnection", table: str) -> str:
    columns = con.execute(f"DESCRIBE {table}").fetchall()
    return ", ".join(
        f'to_json("{name}")::VARCHAR AS "{name}"'
        if kind.endswith("]") or kind.startswith("STRUCT")
        else f'"{name}"'
        for name, kind, *_ in columns
    )


def _export_sqlite(
    con: "duckdb.DuckDBPyConnection", target: Path, tables: Sequence[str]
) -> dict[str, int]:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    out = sqlite3.connect(target)
    written = {}
    for table in tables:
        name = table.replace(".", "_")
        rows = con.execute(f"SELECT {_flat_columns(con, table)} FROM {table}")
        columns = [column[0] for column in rows.description]
        out.execute(
            f'CREATE TABLE "{name}" ({", ".join(f"{chr(34)}{column}{chr(34)}" for column in columns)})'
        )
        marks = ", ".join("?" * len(columns))
        count = 0
        while chunk := rows.fetchmany(_BATCH):
            out.executemany(
                f'INSERT INTO "{name}" VALUES ({marks})',
                [[_plain(value) for value in row] for row in chunk],
            )
            count += len(chunk)
        written[table] = count
    out.commit()
    out.close()
    return written


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, (int, float, str)) else str(value)
