"""Where an export goes: written beside its place, swapped in whole, and never over what is not
ours."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsledger.errors import NewsledgerError

MARK = "exported by newsledger"
PACKAGE = "datapackage.json"


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder that takes the place of `target` once it is written.

    Raises `NewsledgerError` where the target holds files of others.
    """
    if target.exists() and not (target.is_dir() and _is_our_folder(target)):
        raise NewsledgerError(
            f"{target} is not an export of newsledger: name a new folder, or move it away"
        )
    beside = _beside(target)
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        yield beside
        old = target.with_name(target.name + ".old")
        shutil.rmtree(old, ignore_errors=True)
        if target.exists():
            os.replace(target, old)
        os.replace(beside, target)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """Give a file name that takes the place of `target` once it is written.

    Raises `NewsledgerError` where the target is a file of others.
    """
    if target.exists() and not (target.is_file() and _is_our_file(target)):
        raise NewsledgerError(
            f"{target} is not an export of newsledger: name a new file, or move it away"
        )
    beside = _beside(target)
    beside.parent.mkdir(parents=True, exist_ok=True)
    beside.unlink(missing_ok=True)
    try:
        yield beside
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.writing")


def _is_our_folder(folder: Path) -> bool:
    """Whether a folder is empty, or holds the files that its data package lists and no other."""
    there = {path.name for path in folder.iterdir()}
    if not there:
        return True
    try:
        package = json.loads((folder / PACKAGE).read_text("utf-8"))
        listed = {resource["path"] for resource in package["resources"]}
        return MARK in package["description"] and there <= listed | {PACKAGE}
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _is_our_file(path: Path) -> bool:
    with path.open("rb") as handle:
        head = handle.read(4000)
    if not head:
        return True
    if head.startswith(b"SQLite format 3\0"):
        return _is_our_sqlite(path)
    if head[8:12] == b"DUCK":
        return _is_our_duckdb(path)
    return MARK.encode() in head


def _is_our_sqlite(path: Path) -> bool:
    con = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        rows = con.execute("SELECT value FROM about WHERE name = 'made'").fetchall()
        return rows == [(MARK,)]
    except sqlite3.Error:
        return False
    finally:
        con.close()


def _is_our_duckdb(path: Path) -> bool:
    """Whether a DuckDB file is an export; the published one is not."""
    import duckdb

    try:
        with duckdb.connect(str(path), read_only=True) as con:
            rows = con.execute("SELECT value FROM ops.state WHERE key = 'made'").fetchall()
    except duckdb.Error:
        return False
    return rows == [(MARK,)]
