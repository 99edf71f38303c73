"""What has changed since somebody last looked: checks, index and publishing look at that alone.

Whoever writes rows notes their keys in `ops.changes`; whoever has looked at everything marks it. A
mark counts while nobody else writes into the work database: a run seals the file when it closes it,
and where the next one finds another file, all marks are void and everything is looked at.
"""

import json
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.model.tables import READING, declared_schema, list_tables
from newsledger.store.database import open_work, read_state, wal_of, write_state

if TYPE_CHECKING:
    import duckdb

SEAL = ".seal"
FORGOTTEN = "forgotten"  # the mark up to which changes are not kept any more
_STATE = "changes"  # and `changes:NAME` for the mark of whoever looks
_NOW = "getvariable('changes_now')"  # number of what is noted now; NULL: nobody will ask for it


@cache
def list_noted() -> dict[str, str]:
    """Tables whose changes are noted, and the column that tells their rows apart."""
    found = {}
    for table in list_tables():
        is_large = (
            table.layer in {"raw", "core", READING} or table.full_name == "ops.document_stages"
        )
        if is_large and not table.is_view:
            columns = list(declared_schema()[table.full_name])
            keys = [key for key in ("article_id", "item_id", "document_id") if key in columns]
            found[table.full_name] = (keys or columns)[0]
    return found


def key_columns(table: str) -> str:
    """Give the columns by which a row is noted; a link between claims is noted by both."""
    key = list_noted()[table]
    return f'"{key}", other_claim_id' if table == "core.claim_links" else f'"{key}"'


@contextmanager
def sealed(path: Path) -> Iterator[bool]:
    """Say whether the file is as the last run closed it, and seal it at the end. To be entered
    before the file is opened, and left after it is closed; what breaks leaves no seal."""
    seal = path.with_name(path.name + SEAL)
    try:
        is_same = json.loads(seal.read_text("utf-8")) == _tell(path)
    except (OSError, ValueError):
        is_same = False
    seal.unlink(missing_ok=True)
    yield is_same
    if path.exists():
        seal.write_text(json.dumps(_tell(path)), "utf-8")


def _tell(path: Path) -> list[int | bool]:
    found = os.stat(path)
    return [
        found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns, wal_of(path).exists()
    ]  # fmt: skip


def begin(con: "duckdb.DuckDBPyConnection", is_sealed: bool) -> None:
    """Note changes from now on; where the file is not as it was left, marks of before are void."""
    line, number = (read_state(con, _STATE) or " 0").split(" ")
    ((highest,),) = con.execute("SELECT coalesce(max(number), 0) FROM ops.changes").fetchall()
    con.execute(f"SET VARIABLE changes_now = {max(int(number), highest + 1)}")
    con.execute(
        "SET VARIABLE changes_line = ?", [line if is_sealed and line else secrets.token_hex(4)]
    )


@contextmanager
def open_noted() -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open the work database for a run, which notes what it writes."""
    with sealed(paths.WORK_DB) as is_sealed, open_work() as con:
        begin(con, is_sealed)
        yield con


def note(
    con: "duckdb.DuckDBPyConnection", table: str, query: str, values: Sequence[object] = ()
) -> None:
    """Note that rows of a table change: `query` gives their keys in its first column."""
    if table in list_noted():
        con.execute(
            f"INSERT INTO ops.changes SELECT DISTINCT '{table}', k, {_NOW} FROM ({query}) AS t(k) "
            f"WHERE {_NOW} IS NOT NULL",
            list(values),
        )


def note_rows(
    con: "duckdb.DuckDBPyConnection", table: str, rows: str, values: Sequence[object] = ()
) -> None:
    """Note that these rows of a table change."""
    if table in list_noted():
        note(con, table, f"SELECT unnest([{key_columns(table)}]) FROM {rows}", values)


def mark(con: "duckdb.DuckDBPyConnection", name: str) -> None:
    """Keep that everything noted so far has been looked at."""
    line, number = _read_now(con)
    if number is not None:
        write_state(con, f"{_STATE}:{name}", f"{line} {number}")
        write_state(con, _STATE, f"{line} {number + 1}")
        con.execute(f"SET VARIABLE changes_now = {number + 1}")


def unmark(con: "duckdb.DuckDBPyConnection", name: str) -> None:
    """Drop a mark: everything must be looked at."""
    con.execute("DELETE FROM ops.state WHERE key = ?", [f"{_STATE}:{name}"])


def find_mark(con: "duckdb.DuckDBPyConnection", name: str, text: str | None = None) -> int | None:
    """Up to which number everything has been looked at; `None` where all must be. `text` is a mark
    that is kept elsewhere."""
    line, _ = _read_now(con)
    number = _read_mark(text or read_state(con, f"{_STATE}:{name}"), line)
    forgotten = _read_mark(read_state(con, f"{_STATE}:{FORGOTTEN}"), line)
    return None if number is None or number < (forgotten or 0) else number


def since(table: str, number: int) -> str:
    """Give the SQL that lists the keys of a table's rows which changed after a number."""
    return f"SELECT row_key FROM ops.changes WHERE table_name = '{table}' AND number > {number}"


def forget(con: "duckdb.DuckDBPyConnection", number: int) -> None:
    """Forget changes that nobody will ask for any more; marks from before are void."""
    line, _ = _read_now(con)
    con.execute("DELETE FROM ops.changes WHERE number <= ?", [number])
    write_state(con, f"{_STATE}:{FORGOTTEN}", f"{line} {number}")


def _read_mark(text: str | None, line: str | None) -> int | None:
    parts = (text or "").split(" ")
    return int(parts[1]) if line is not None and parts[0] == line else None


def _read_now(con: "duckdb.DuckDBPyConnection") -> tuple[str | None, int | None]:
    ((line, number),) = con.execute(f"SELECT getvariable('changes_line'), {_NOW}").fetchall()
    return line, number
