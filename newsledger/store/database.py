"""DuckDB: the work database with its lock, writing frames, and the published copy."""

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from newsledger import paths
from newsledger.errors import StoreError
from newsledger.model.tables import schema_sql

if TYPE_CHECKING:
    import duckdb
    import polars as pl


PROBE_S = 0.3  # for whoever looks whether a run is at work, which takes the lock for a moment
MAKE_ROOM = "make room there, and run again"
STORAGE_VERSION = "v1.4.0"  # the oldest format that the DuckDB command line on PyPI still opens


@contextmanager
def run_lock(path: Path | None = None, *, wait_s: float = 0) -> Iterator[None]:
    """Keep two runs apart: wait up to `wait_s` seconds for the other one.

    Raises `StoreError` with the other run's process id. The lock dies with its process; the id
    stays in the file where that was killed.
    """
    path = path or paths.RUN_LOCK
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("a+")
    except OSError as error:
        raise StoreError(f"cannot write in {path.parent}: {error.strerror}") from None
    with lock:
        deadline = time.monotonic() + max(wait_s, PROBE_S)
        while not _try_lock(lock):
            if time.monotonic() >= deadline:
                lock.seek(0)
                process = (lock.read().split() or ["unknown"])[0]
                raise StoreError(
                    f"another run is at work (process {process}): wait for it, or stop it"
                )
            time.sleep(PROBE_S / 3)
        lock.truncate(0)
        lock.write(f"{os.getpid()} {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
        lock.flush()
        try:
            yield
        finally:
            lock.truncate(0)


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that took the run lock last and did not give it back."""

    process: str
    began_at: str  # ISO 8601, UTC
    is_alive: bool  # it holds the lock still


def find_holder() -> Holder | None:
    """Find who holds the run lock, or was killed while holding it; takes nothing itself."""
    try:
        lock = paths.RUN_LOCK.open()
    except OSError:
        return None
    with lock:
        is_alive = not _try_lock(lock, fcntl.LOCK_SH)
        process, _, began_at = lock.read().partition(" ")
    return Holder(process, began_at, is_alive) if began_at or is_alive else None


def _try_lock(lock: TextIO, kind: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def open_work(path: Path | None = None) -> Iterator["duckdb.DuckDBPyConnection"]:
    """Open the pipeline's own database, brought up to the tables of today. Raises `StoreError` in
    one line where that fails."""
    import duckdb

    from newsledger.store.migrations import bring_up_to_date

    path = path or paths.WORK_DB
    if is_work_lost(path):
        raise StoreError(
            f"{path} is gone, and a run from nothing would replace what is published: `newsledger "
            f"rebuild` makes it anew from {paths.PUBLISHED_DB.name}; to begin anew, move that away"
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        con = duckdb.connect(str(path))
    except (duckdb.Error, OSError) as error:
        raise StoreError(f"cannot open {path}: {first_line(error)}{_cure(path, error)}") from None
    try:
        con.execute("SET enable_progress_bar = false")
        if not _has_current_schema(con):
            bring_up_to_date(con)
            write_state(con, "schema", _schema_digest())
        yield con
    except duckdb.Error as error:
        if not is_damage(error) and not is_disk_full(error):
            raise
        raise StoreError(f"{path}: {first_line(error)}{_cure(path, error)}") from None
    finally:
        con.close()


def is_work_lost(path: Path | None = None) -> bool:
    """Whether there is no work database where something is published."""
    path = path or paths.WORK_DB
    return path == paths.WORK_DB and not path.exists() and paths.PUBLISHED_DB.exists()


def is_damage(error: BaseException) -> bool:
    """Whether an error says that a database file is damaged, not that something asked is wrong."""
    import duckdb

    if is_disk_full(error):
        return False  # it may be told as one that makes the open database unusable
    kinds = (duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)
    is_corrupt = isinstance(error, duckdb.Error) and "Corrupt database" in str(error)
    return is_corrupt or isinstance(error, kinds)


def is_disk_full(error: BaseException) -> bool:
    """Whether an error says that a database file could not be written."""
    import duckdb

    is_told = any(text in str(error) for text in ("Could not write", "No space left"))
    return isinstance(error, duckdb.Error) and is_told


@contextmanager
def told_where_disk_is_full(path: Path) -> Iterator[None]:
    """Raise `StoreError` with the cure where a database file cannot be written."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        if not isinstance(error, duckdb.IOException) and not is_disk_full(error):
            raise
        raise StoreError(f"cannot write {path}: {first_line(error)}: {MAKE_ROOM}") from None


def _cure(path: Path, error: Exception) -> str:
    """What to do about a database that does not open."""
    import duckdb

    if is_disk_full(error):
        return f": {MAKE_ROOM}"
    if isinstance(error, duckdb.IOException) and "lock" in str(error).lower():
        return ": close the program that has it open"
    if isinstance(error, OSError) or path != paths.WORK_DB:
        return ""
    return ": it is damaged; `newsledger rebuild` makes it anew from what is published"


@contextmanager
def transaction(con: "duckdb.DuckDBPyConnection") -> Iterator[None]:
    """Commit all or nothing. Raises `StoreError` in one line where the disk is full or the file
    cannot be written."""
    import duckdb

    with told_where_disk_is_full(paths.WORK_DB):
        con.execute("BEGIN")
        try:
            yield
            con.execute("COMMIT")
        except BaseException:
            with suppress(duckdb.Error):  # a commit that fails has ended the transaction
                con.execute("ROLLBACK")
            raise


def write_frames(con: "duckdb.DuckDBPyConnection", frames: "Mapping[str, pl.DataFrame]") -> int:
    """Append each frame to the table it is keyed by, columns matched by name. Returns the number of
    rows."""
    from newsledger.store.changes import note_rows

    count = 0
    for table, frame in frames.items():
        if frame.height:
            con.register("frame_to_write", frame.to_arrow())
            note_rows(con, table, "frame_to_write")
            con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM frame_to_write")
            con.unregister("frame_to_write")
            count += frame.height
    return count


def replace_rows(
    con: "duckdb.DuckDBPyConnection", table: str, frame: "pl.DataFrame", scope: str = "true"
) -> int:
    """Make a table, or what of it is in scope (an SQL condition), hold exactly these rows; where
    they are there already, nothing is touched.

    Returns the rows that changed.
    """
    from newsledger.store.changes import key_columns, list_noted, note_rows

    con.register("frame_to_write", frame.to_arrow())
    columns = ", ".join(f'"{column}"' for column in frame.columns)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE rows_before AS "
        f"SELECT rowid AS row_number, {columns} FROM {table} WHERE {scope}"
    )
    here, there = (f"SELECT {columns} FROM {name}" for name in ("rows_before", "frame_to_write"))
    keys = key_columns(table) if table in list_noted() else f'"{frame.columns[0]}"'
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE keys_changed AS SELECT {keys} FROM "
        f"(({here} EXCEPT ALL {there}) UNION ALL ({there} EXCEPT ALL {here}))"
    )
    ((changed,),) = con.execute("SELECT count(*) FROM keys_changed").fetchall()
    if changed:
        note_rows(con, table, "keys_changed")
        con.execute(f"DELETE FROM {table} WHERE rowid IN (SELECT row_number FROM rows_before)")
        con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM frame_to_write")
    con.execute("DROP TABLE rows_before")
    con.unregister("frame_to_write")
    found: int = changed
    return found


def wal_of(path: Path) -> Path:
    """The write-ahead log that DuckDB keeps beside a database."""
    return path.with_name(path.name + ".wal")


def remove_database(path: Path) -> None:
    """Remove a database file of our own, and its write-ahead log, where they are there."""
    for file in (path, wal_of(path)):
        file.unlink(missing_ok=True)


@contextmanager
def open_published(path: Path | None = None) -> Iterator["duckdb.DuckDBPyConnection"]:
    """Open the published database to read. Raises `StoreError` with the cure where there is none
    yet."""
    import duckdb

    path = path or paths.PUBLISHED_DB
    if not path.exists():
        raise StoreError(f"no published database at {path}: run `newsledger run` first")
    try:
        con = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise StoreError(
            f"cannot open {path}: {first_line(error)}: `newsledger run` writes it anew"
        ) from None
    try:
        yield con
    except duckdb.Error as error:
        if not is_damage(error):
            raise
        raise StoreError(
            f"{path} is damaged: {first_line(error)}: `newsledger run` writes it anew"
        ) from None
    finally:
        con.close()


@contextmanager
def open_newest() -> Iterator["duckdb.DuckDBPyConnection"]:
    """Open the work database to read, which also knows of runs that were held back; the published
    one while a run is going on."""
    import duckdb

    con = None
    if paths.WORK_DB.exists():
        try:
            con = duckdb.connect(str(paths.WORK_DB), read_only=True)
        except duckdb.Error:
            con = None
    if con is None:
        with open_published() as published:
            yield published
        return
    try:
        yield con
    except duckdb.Error as error:
        if not is_damage(error):
            raise
        path = paths.WORK_DB
        raise StoreError(f"{path}: {first_line(error)}{_cure(path, error)}") from None
    finally:
        con.close()


def rows_of(
    con: "duckdb.DuckDBPyConnection", table: str, query: str, values: Sequence[object] = ()
) -> list[tuple[Any, ...]]:
    """Read rows of a table that a file of an earlier version may lack: there, no row."""
    layer, _, name = table.partition(".")
    found = con.execute(
        "SELECT 1 FROM duckdb_tables() WHERE database_name = current_database() "
        "AND schema_name = ? AND table_name = ?",
        [layer, name],
    ).fetchall()
    return con.execute(query, list(values)).fetchall() if found else []


def read_state(con: "duckdb.DuckDBPyConnection", key: str) -> str | None:
    """Read a fact that the database keeps about itself, `None` where it was never written."""
    rows = con.execute("SELECT value FROM ops.state WHERE key = ?", [key]).fetchall()
    return rows[0][0] if rows else None


def write_state(con: "duckdb.DuckDBPyConnection", key: str, value: str) -> None:
    """Keep a fact about the database in the database."""
    con.execute("INSERT OR REPLACE INTO ops.state VALUES (?, ?)", [key, value])


def _has_current_schema(con: "duckdb.DuckDBPyConnection") -> bool:
    there = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'ops' AND table_name = 'state'"
    ).fetchone()
    return bool(there and there[0]) and read_state(con, "schema") == _schema_digest()


def _schema_digest() -> str:
    return hashlib.sha256("".join(schema_sql()).encode()).hexdigest()[:16]


def first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
