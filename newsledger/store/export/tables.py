"""Tables and views of the published database, as exports choose and flatten them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.errors import NewsledgerError
from newsledger.model.tables import READING

if TYPE_CHECKING:
    import duckdb

EXPORTED = ("core", READING)
INDEX_TABLES = ("core.search_items", "core.search_terms")  # of use in DuckDB alone


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an exported table."""

    name: str
    kind: str
    comment: str
    is_required: bool

    @property
    def is_nested(self) -> bool:
        return self.kind.endswith("]") or self.kind.startswith(("STRUCT", "MAP"))

    @property
    def as_text(self) -> str:
        """The column as SQL, nested values as JSON text."""
        return (
            f'to_json("{self.name}")::VARCHAR AS "{self.name}"'
            if self.is_nested
            else f'"{self.name}"'
        )


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """A table or view with its columns and what it is."""

    name: str
    comment: str
    columns: tuple[Column, ...]

    @property
    def is_reading(self) -> bool:
        """Whether it shows rows of other tables, for reading."""
        return self.name.startswith(f"{READING}.")


def choose_tables(con: "duckdb.DuckDBPyConnection", wanted: Sequence[str]) -> list[ExportedTable]:
    """Choose tables and views by name, `claims` standing for `mart.claims`; all of core and mart
    where none is named.

    Raises `NewsledgerError` on a name that is not there.
    """
    rows = con.execute(
        "SELECT schema_name || '.' || table_name, comment FROM duckdb_tables() UNION ALL "
        "SELECT schema_name || '.' || view_name, comment FROM duckdb_views() WHERE NOT "
        "internal AND schema_name <> 'main' ORDER BY 1"
    ).fetchall()
    known = dict(rows)
    names = [name if "." in name else f"mart.{name}" for name in wanted] or [
        name for name in known if name.split(".")[0] in EXPORTED and name not in INDEX_TABLES
    ]
    if unknown := [name for name in names if name not in known]:
        raise NewsledgerError(f"no table {', '.join(unknown)}: there are {', '.join(known)}")
    return [
        ExportedTable(name, known[name] or "", _read_columns(con, name))
        for name in dict.fromkeys(names)
    ]


def _read_columns(con: "duckdb.DuckDBPyConnection", name: str) -> tuple[Column, ...]:
    rows = con.execute(
        "SELECT column_name, data_type, comment, NOT is_nullable FROM duckdb_columns() "
        "WHERE schema_name || '.' || table_name = ? ORDER BY column_index",
        [name],
    ).fetchall()
    return tuple(
        Column(column, kind, comment or "", required) for column, kind, comment, required in rows
    )
