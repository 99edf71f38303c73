"""Backup and restore: the work database as one file, and what to do where it is damaged."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.errors import StoreError
from newsledger.store.database import (
    STORAGE_VERSION,
    is_work_lost,
    open_work,
    remove_database,
    run_lock,
    told_where_disk_is_full,
    wal_of,
)

if TYPE_CHECKING:
    import duckdb


LONGEST_RUN_S = 3600  # a copy that is made each night waits for the run at work


def write_backup(target: Path) -> int:
    """Copy the work database, checked and unchecked rows alike, to one new file. Returns the number
    of documents in it. Raises `StoreError` where the file is there already, or cannot be written:
    then nothing of it stays."""
    if target.exists():
        raise StoreError(f"{target} is there already: name a new file")
    if not paths.WORK_DB.exists():
        raise StoreError(f"nothing to back up at {paths.WORK_DB}: run `newsledger run` first")
    if not target.absolute().parent.is_dir():
        raise StoreError(f"{target.absolute().parent} is no directory: make it first")
    new = target.with_name(target.name + ".new")
    with run_lock(wait_s=LONGEST_RUN_S), open_work() as con:
        remove_database(new)  # left by a backup that was killed
        try:
            with told_where_disk_is_full(target):
                count = _copy_database(con, new)
            os.replace(new, target)
        finally:
            remove_database(new)
    return count


def _copy_database(con: "duckdb.DuckDBPyConnection", target: Path) -> int:
    work = con.execute("SELECT current_database()").fetchall()[0][0]
    con.execute(f"ATTACH '{_quote(target)}' AS copied (STORAGE_VERSION '{STORAGE_VERSION}')")
    try:
        con.execute(f'COPY FROM DATABASE "{work}" TO copied')
        con.execute("CHECKPOINT copied")
        return int(con.execute("SELECT count(*) FROM copied.raw.documents").fetchall()[0][0])
    finally:
        con.execute("DETACH copied")


def restore_backup(source: Path) -> int:
    """Put a backup in the place of the work database, which is moved aside. Returns the number of
    documents in it. Raises `StoreError` where the file is no backup."""
    with run_lock():
        count = count_documents(source)
        _put_in_place(source)
    return count


def recover_work() -> Path | None:
    """Make a work database that does not open or is gone anew from the published one. Returns where
    a damaged file was moved to. Raises `StoreError` where nothing is published."""
    if not paths.PUBLISHED_DB.exists():
        raise StoreError(
            f"{paths.WORK_DB} is damaged and nothing is published: restore a backup, "
            "or move it away and run `newsledger run` again"
        )
    with run_lock():
        try:
            count_documents(paths.PUBLISHED_DB)
        except StoreError as error:
            raise StoreError(
                f"{paths.WORK_DB} is damaged, and so is what is published ({error}): restore a "
                "backup, or move both away and run `newsledger run` again"
            ) from None
        return _put_in_place(paths.PUBLISHED_DB)


def is_damaged() -> bool:
    """Whether the work database does not open or cannot be read; or is gone, and something is
    published. Raises `StoreError` where another program has it open."""
    if not paths.WORK_DB.exists():
        return is_work_lost()
    with run_lock():
        try:
            count_documents(paths.WORK_DB)
        except StoreError as error:
            if "set lock" in str(error):
                raise StoreError(f"{paths.WORK_DB}: close the program that has it open") from None
            return True
    return False


def count_documents(path: Path) -> int:
    """Count the documents of a database, every row of every table read. Raises `StoreError`."""
    import duckdb

    if not path.is_file():
        raise StoreError(f"{path}: no such file")
    try:
        with duckdb.connect(str(path), read_only=not wal_of(path).exists()) as con:
            tables = con.execute(
                "SELECT schema_name || '.' || table_name FROM duckdb_tables() ORDER BY ALL"
            ).fetchall()
            for (table,) in tables:
                con.execute(f"SELECT count(*), sum(hash(t)) FROM {table} t").fetchall()
            rows = con.execute("SELECT count(*) FROM raw.documents").fetchall()
            return int(rows[0][0])
    except duckdb.Error as error:
        first = str(error).strip().splitlines()[0]
        raise StoreError(f"{path} is no database of newsledger, or damaged: {first}") from None


def _put_in_place(source: Path) -> Path | None:
    """Copy a database to the place of the work database. Returns where that was moved to, if it was
    there."""
    import shutil

    new = paths.WORK_DB.with_name(paths.WORK_DB.name + ".new")
    paths.WORK_DB.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, new)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    aside = paths.WORK_DB.with_name(f"{paths.WORK_DB.stem}.before-{stamp}.duckdb")
    for old, kept in ((paths.WORK_DB, aside), (wal_of(paths.WORK_DB), wal_of(aside))):
        if old.exists():
            os.replace(old, kept)
    os.replace(new, paths.WORK_DB)
    return aside if aside.exists() else None


def _quote(path: Path) -> str:
    return str(path).replace("'", "''")
