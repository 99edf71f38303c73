"""Bring a work database made by an earlier version up to the tables of today.

First the numbered steps of `sql/migrations/`, each once and in order; then what can be told from
`sql/` alone: columns that are new, gone or of another type. Documents in `raw` are never lost: what
is derived from them is made again where its table cannot be altered.
"""

from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.errors import StoreError
from newsledger.model.tables import (
    READING,
    apply_schema,
    declared_types,
    list_tables,
    nullable_columns,
)

if TYPE_CHECKING:
    import duckdb

STATE = "migration"
INCOMPLETE = "incomplete"
"""State: derived tables were emptied; the next run reads every document again, without budget."""


def bring_up_to_date(con: "duckdb.DuckDBPyConnection") -> None:
    """Apply what is missing, and create tables and views that are not there.

    Raises `StoreError` where the file holds tables and none of newsledger's.
    """
    there = _columns_there(con)
    if there and not {"raw.documents", "ops.runs"} <= set(there):
        raise StoreError(
            f"{paths.WORK_DB} is no work database of newsledger: move it away and run again"
        )
    steps = sorted(paths.SQL.glob("migrations/*.sql"))
    if there:
        done = _read_number(con)
        for path in steps:
            if int(path.stem.split("_")[0]) > done:
                con.execute("BEGIN")
                con.execute(path.read_text("utf-8"))
                con.execute("COMMIT")
        _drop_views(con)
        for table, columns in _columns_there(con).items():
            if table in declared_types():
                _alter(con, table, columns)
    apply_schema(con)
    con.execute("DELETE FROM ops.state WHERE key = 'changes'")  # what was altered is not noted
    number = int(steps[-1].stem.split("_")[0]) if steps else 0
    con.execute("INSERT OR REPLACE INTO ops.state VALUES (?, ?)", [STATE, str(number)])


def _read_number(con: "duckdb.DuckDBPyConnection") -> int:
    """Number of the last step that was applied; 0 before there were any."""
    if "ops.state" not in _columns_there(con):
        return 0
    row = con.execute("SELECT value FROM ops.state WHERE key = ?", [STATE]).fetchone()
    return int(row[0]) if row else 0


def _columns_there(con: "duckdb.DuckDBPyConnection") -> dict[str, dict[str, str]]:
    rows = con.execute(
        "SELECT schema_name || '.' || c.table_name, column_name, data_type FROM duckdb_columns() c "
        "JOIN duckdb_tables() t USING (schema_name, table_name) WHERE NOT c.internal"
    ).fetchall()
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found


def _drop_views(con: "duckdb.DuckDBPyConnection") -> None:
    """Drop all views: those of today are created again."""
    rows = con.execute(
        "SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal"
    ).fetchall()
    for schema, view in rows:
        con.execute(f'DROP VIEW IF EXISTS {schema}."{view}"')


def _alter(con: "duckdb.DuckDBPyConnection", table: str, there: dict[str, str]) -> None:
    """Give a table the columns of today; where it cannot be altered and is derived, empty it."""
    import duckdb

    wanted = declared_types()[table]
    is_derived = table.startswith(("core.", f"{READING}."))
    try:
        for column, kind in wanted.items():
            if column not in there:
                con.execute(f'ALTER TABLE {table} ADD COLUMN "{column}" {kind}')
            elif there[column] != kind:
                con.execute(f'ALTER TABLE {table} ALTER "{column}" TYPE {kind}')
        for column in _loosened(con, table):
            con.execute(f'ALTER TABLE {table} ALTER "{column}" DROP NOT NULL')
        for column in there.keys() - wanted.keys():
            change = f'DROP COLUMN "{column}"' if is_derived else f'ALTER "{column}" DROP NOT NULL'
            con.execute(f"ALTER TABLE {table} {change}")
    except duckdb.Error:
        if not is_derived:
            raise
        _empty_derived(con)


def _loosened(con: "duckdb.DuckDBPyConnection", table: str) -> list[str]:
    """Columns that may be empty today, and might not when the table was made."""
    rows = con.execute(
        "SELECT column_name FROM duckdb_columns() WHERE NOT is_nullable "
        "AND schema_name || '.' || table_name = ? ORDER BY column_index",
        [table],
    ).fetchall()
    return [column for (column,) in rows if column in nullable_columns()[table]]


def _empty_derived(con: "duckdb.DuckDBPyConnection") -> None:
    """Drop every table that is derived and note that all documents must be read again."""
    for table in list_tables():
        if table.layer in {"core", READING} and not table.is_view:
            con.execute(f"DROP TABLE IF EXISTS {table.full_name}")
            con.execute(table.sql)
    con.execute(
        "CREATE TABLE IF NOT EXISTS ops.state (key VARCHAR NOT NULL PRIMARY KEY, value "
        "VARCHAR NOT NULL)"
    )
    con.execute("INSERT OR REPLACE INTO ops.state VALUES (?, 'yes')", [INCOMPLETE])
