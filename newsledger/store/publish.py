"""The published database: written beside its place, then put there in one step.

Two files take turns. The one that was published before is the spare: what has changed since is
copied into it, and it takes the place of the other one. What has changed is told by the notes of
whoever wrote it (`newsledger.store.changes`), else by comparing part by part of each table. Where
there is no spare, where somebody still reads it, or where the tables have another shape, a whole
new file is written.
"""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.model.tables import declared_schema, list_tables
from newsledger.store.changes import find_mark, forget, list_noted, mark, since
from newsledger.store.database import (
    STORAGE_VERSION,
    is_disk_full,
    remove_database,
    told_where_disk_is_full,
    transaction,
    wal_of,
)
from newsledger.store.kept_rows import update_rows
from newsledger.store.search import update_index

if TYPE_CHECKING:
    import duckdb

SPARE = ".spare"
PUBLISHED = "published"  # a mark
PARTS = 256  # of a table, by the hash of its first column: one article touches one or two
FEW_ROWS = 2_000  # tables that are copied as one part
MAX_FREE = 0.5  # share of a file's blocks that may lie free before it is written anew


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of both databases, and the column that tells its parts."""

    name: str
    key: str


def publish(con: "duckdb.DuckDBPyConnection", target: Path | None = None) -> Path:
    """Put the state of the work database in the place of the published one.

    Readers keep the file they opened; a reader that opens later sees the new one; nobody sees half
    of it. Raises `StoreError` where the file cannot be written.
    """
    target = target or paths.PUBLISHED_DB
    before = find_mark(con, PUBLISHED)
    with transaction(con):
        update_rows(con)
        update_index(con)
        mark(con, PUBLISHED)
    target.parent.mkdir(parents=True, exist_ok=True)
    spare = target.with_name(target.name + SPARE)
    remove_database(_whole_file(target))  # left by a run that was killed
    try:
        with told_where_disk_is_full(target):
            new = spare if _refresh(con, spare) else _write_whole(con, target)
        _put_in_place(new, target, spare)
    finally:
        remove_database(_whole_file(target))
    if before is not None:  # what was noted before the last time is in both files now
        with transaction(con):
            forget(con, before)
    return target


def _put_in_place(new: Path, target: Path, spare: Path) -> None:
    """Swap in one step; what was published becomes the spare, where the file system has links."""
    with new.open("rb") as handle:
        os.fsync(handle.fileno())
    before = target.with_name(target.name + ".before")
    before.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        os.link(target, before)
    os.replace(new, target)
    for path in (target, new, spare):  # of clients that died; they belong to files that are gone
        wal_of(path).unlink(missing_ok=True)
    if before.exists():
        os.replace(before, spare)
    directory = os.open(target.parent, os.O_RDONLY)
    os.fsync(directory)
    os.close(directory)


def _write_whole(con: "duckdb.DuckDBPyConnection", target: Path) -> Path:
    new = _whole_file(target)
    con.execute(f"ATTACH '{_quote(new)}' AS published (STORAGE_VERSION '{STORAGE_VERSION}')")
    try:
        own = _own_name(con)
        con.execute(f'COPY FROM DATABASE "{own}" TO published (SCHEMA)')
        for name in _list_published(con, own):
            con.execute(f'INSERT INTO published.{name} SELECT * FROM "{own}".{name}')
        con.execute("CHECKPOINT published")
    finally:
        con.execute("DETACH published")
    return new


def _whole_file(target: Path) -> Path:
    return target.with_name(target.name + ".new")


def _list_published(con: "duckdb.DuckDBPyConnection", own: str) -> list[str]:
    """List the tables of the work database whose rows are published."""
    rows = con.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
        "WHERE database_name = ? AND NOT temporary ORDER BY ALL",
        [own],
    ).fetchall()
    local = {table.full_name for table in list_tables() if table.is_local}
    return [name for (name,) in rows if name not in local]


def _refresh(con: "duckdb.DuckDBPyConnection", spare: Path) -> bool:
    """Copy into the spare what differs; false where a whole new file is to be written."""
    import duckdb

    if not spare.exists() or wal_of(spare).exists() or _is_open_here(spare):
        return False
    try:
        con.execute(f"ATTACH '{_quote(spare)}' AS published")
    except duckdb.Error:  # another process reads it, or it is no database
        return False
    try:
        if not _has_same_shape(con) or _is_sparse(con):
            return False
        con.execute("BEGIN")
        try:
            number = _read_mark(con)
            changed = _list_changed(con, number)
            for table in _list_tables():
                if number is None or table.name not in list_noted():
                    _copy_changes(con, table)
                elif table.name in changed:
                    _copy_noted(con, table, number)
            if not _has_same_size(con):
                raise duckdb.Error("rows were written that nobody noted")
            con.execute("COMMIT")
        except duckdb.Error as error:
            with contextlib.suppress(duckdb.Error):  # a commit that fails has ended it
                con.execute("ROLLBACK")
            if is_disk_full(error):
                raise
            return False
        con.execute("CHECKPOINT published")
        return True
    finally:
        con.execute("DETACH published")


def _read_mark(con: "duckdb.DuckDBPyConnection") -> int | None:
    """Up to which change the spare holds everything; `None` where that cannot be told."""
    query = "SELECT value FROM published.ops.state WHERE key = ?"
    kept = con.execute(query, [f"changes:{PUBLISHED}"]).fetchall()
    return find_mark(con, PUBLISHED, kept[0][0]) if kept else None


def _list_changed(con: "duckdb.DuckDBPyConnection", number: int | None) -> set[str]:
    """List the tables with rows that were noted after a number."""
    query = "SELECT DISTINCT table_name FROM ops.changes WHERE number > ?"
    return {name for (name,) in con.execute(query, [number]).fetchall()}


def _copy_noted(con: "duckdb.DuckDBPyConnection", table: _Table, number: int) -> None:
    """Make the rows of a table that were noted those of the work database."""
    noted = f'"{table.key}" IN (SELECT row_key FROM noted)'
    con.execute(f"CREATE OR REPLACE TEMP TABLE noted AS {since(table.name, number)}")
    con.execute(f"DELETE FROM published.{table.name} WHERE {noted}")
    con.execute(
        f'INSERT INTO published.{table.name} BY NAME SELECT * FROM "{_own_name(con)}".'
        f"{table.name} WHERE {noted}"
    )


def _has_same_size(con: "duckdb.DuckDBPyConnection") -> bool:
    """Whether all tables have as many rows in both."""
    own = _own_name(con)
    counts = " UNION ALL ".join(
        f'SELECT (SELECT count(*) FROM "{own}".{table.name}) = '
        f"(SELECT count(*) FROM published.{table.name})"
        for table in _list_tables()
    )
    return all(is_same for (is_same,) in con.execute(counts).fetchall())


def _copy_changes(con: "duckdb.DuckDBPyConnection", table: _Table) -> int:
    """Make a table of the spare hold the rows of the work database. Returns the parts that
    differed."""
    ((count,),) = con.execute(f"SELECT count(*) FROM {table.name}").fetchall()
    part = "0" if count <= FEW_ROWS else f'hash(t."{table.key}") % {PARTS}'
    sums = (
        f"SELECT {part} AS part, count(*) AS rows, sum(hash(t)::HUGEINT) AS digest "
        "FROM {}." + f"{table.name} AS t GROUP BY ALL"
    )
    here, there = sums.format(f'"{_own_name(con)}"'), sums.format("published")
    differing = [
        found
        for (found,) in con.execute(
            f"SELECT part FROM ((({here}) EXCEPT ({there})) UNION ALL (({there}) EXCEPT ({here}))) "
            "GROUP BY part ORDER BY part"
        ).fetchall()
    ]
    if differing:
        con.execute(
            f"DELETE FROM published.{table.name} AS t WHERE list_contains(?, {part})",
            [differing],
        )
        con.execute(
            f'INSERT INTO published.{table.name} BY NAME SELECT * FROM "{_own_name(con)}".'
            f"{table.name} AS t WHERE list_contains(?, {part})",
            [differing],
        )
    return len(differing)


def _list_tables() -> list[_Table]:
    """Tables with what tells the part of a row: its article where the table has it, else its first
    key."""
    found = []
    for table in list_tables():
        if table.is_view or table.is_local:
            continue
        columns = list(declared_schema()[table.full_name])
        keys = [name for name in ("article_id", "item_id", "document_id") if name in columns]
        found.append(_Table(table.full_name, next(iter(keys), columns[0])))
    return found


def _has_same_shape(con: "duckdb.DuckDBPyConnection") -> bool:
    """Whether tables, views, indexes, macros and their comments are those of the work database."""
    own = _own_name(con)
    for catalogue, columns in (
        ("tables", "schema_name, table_name, sql, comment"),
        ("views", "schema_name, view_name, sql, comment"),
        ("indexes", "schema_name, index_name, sql"),
        ("columns", "schema_name, table_name, column_name, data_type, comment"),
        ("functions", "schema_name, function_name, parameters, macro_definition"),
    ):
        listing = f"SELECT {columns} FROM duckdb_{catalogue}() WHERE database_name = ?"
        here = con.execute(f"{listing} ORDER BY ALL", [own]).fetchall()
        there = con.execute(f"{listing} ORDER BY ALL", ["published"]).fetchall()
        if here != there:
            return False
    return True


def _is_sparse(con: "duckdb.DuckDBPyConnection") -> bool:
    rows = con.execute(
        "SELECT free_blocks, total_blocks FROM pragma_database_size() "
        "WHERE database_name = 'published'"
    ).fetchall()
    return any(free > MAX_FREE * max(total, 64) for free, total in rows)


def _is_open_here(path: Path) -> bool:
    """Whether this very process has the file open, which the lock of the file does not tell."""
    wanted = path.stat()
    for entry in Path("/proc/self/fd").glob("*"):
        with contextlib.suppress(OSError):
            found = entry.stat()
            if (found.st_dev, found.st_ino) == (wanted.st_dev, wanted.st_ino):
                return True
    return False


def _own_name(con: "duckdb.DuckDBPyConnection") -> str:
    ((name,),) = con.execute("SELECT current_database()").fetchall()
    return str(name)


def _quote(path: Path) -> str:
    return str(path).replace("'", "''")
