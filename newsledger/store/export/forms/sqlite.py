"""One SQLite file: tables with types, keys and indexes, the views of the ledger as tables to read,
and full-text search; with a metadata file for Datasette beside it."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger import __version__
from newsledger.model.keys import FOREIGN_KEYS, PRIMARY_KEYS
from newsledger.store.database import open_published
from newsledger.store.export.place import MARK, new_file
from newsledger.store.export.tables import Column, ExportedTable, choose_tables

if TYPE_CHECKING:
    import duckdb

PURPOSE = "one SQLite file with keys, indexes, views and full-text search"
HAS_TABLES = True  # the tables may be chosen
_BATCH = 10_000
_TYPES = {
    "BOOLEAN": "INTEGER", "INTEGER": "INTEGER", "BIGINT": "INTEGER", "UBIGINT": "INTEGER",
    "HUGEINT": "INTEGER", "DOUBLE": "REAL",
    "FLOAT": "REAL",
}  # fmt: skip
# Views whose rows are too many, or too long, to be worked out at each look become tables; the
# words that search() of DuckDB looks through are searched here by FTS5.
_SEARCHED = {
    "mart.claims": ("content_text", "speakers", "sentence_text"),
    "core.articles": ("headline", "body"),
}
# Which column of a read view leads to which table, so that a reader can follow it.
_VIEW_LINKS = {
    "claim_id": "core.claims",
    "other_claim_id": "core.claims",
    "article_id": "core.articles",
    "speaker_actor_id": "core.actors",
    "actor_id": "core.actors",
    "story_id": "core.stories",
    "location_id": "core.locations",
    "claim_group_id": "core.claim_groups",
    "figure_group_id": "core.figure_groups",
}
_LABELS = {
    "core.articles": "headline",
    "core.stories": "headline",
    "core.actors": "canonical_name",
    "core.locations": "name",
    "core.claims": "content_text",
    "core.claim_groups": "canonical_text",
}
"""Columns that Datasette prints for a row that another one links to."""


def export(target: Path, tables: Sequence[str]) -> dict[str, int]:
    """Write one SQLite file, and `<name>.metadata.json` for Datasette beside it."""
    with open_published() as con, new_file(target) as path:
        chosen = choose_tables(con, tables)
        out = sqlite3.connect(path)
        try:
            names = {table.name for table in chosen}
            written = {table.name: _copy(con, out, table, names) for table in chosen}
            for table in chosen:
                _index(out, table, names)
                if table.name in _SEARCHED:
                    _make_searchable(out, table)
            _name_readably(out, chosen)
            out.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
            out.executemany(
                "INSERT INTO about VALUES (?, ?)", [("made", MARK), ("version", __version__)]
            )
            out.commit()
            out.execute("ANALYZE")
            out.commit()
        finally:
            out.close()
    _write_metadata(target, chosen)
    return written


def _copy(
    con: "duckdb.DuckDBPyConnection",
    out: sqlite3.Connection,
    table: ExportedTable,
    names: set[str],
) -> int:
    parts = [_declare(column) for column in table.columns]
    if key := _key_of(table):
        parts.append(f"PRIMARY KEY ({', '.join(map(_quote, key))})")
    for column, other, other_column in _links_of(table, names):
        parts.append(
            f"FOREIGN KEY ({_quote(column)}) REFERENCES {_quote(_name(other))} "
            f"({_quote(other_column)})"
        )
    out.execute(f"CREATE TABLE {_quote(_name(table.name))} ({', '.join(parts)})")
    rows = con.execute(
        f"SELECT {', '.join(column.as_text for column in table.columns)} FROM {table.name}"
    )
    marks = ", ".join("?" * len(table.columns))
    count = 0
    while chunk := rows.fetchmany(_BATCH):
        out.executemany(
            f"INSERT INTO {_quote(_name(table.name))} VALUES ({marks})",
            [[_plain(value) for value in row] for row in chunk],
        )
        count += len(chunk)
    return count


def _declare(column: Column) -> str:
    kind = _TYPES.get(column.kind, "TEXT")
    return f"{_quote(column.name)} {kind}{' NOT NULL' if column.is_required else ''}"


def _key_of(table: ExportedTable) -> tuple[str, ...]:
    """Columns that name a row; a view has those of the table that it shows, row by row."""
    shown = PRIMARY_KEYS.get(f"core.{table.name.partition('.')[2]}", ())
    has_it = {*shown} <= {column.name for column in table.columns}
    return PRIMARY_KEYS.get(table.name) or (shown if table.is_reading and has_it else ())


def _links_of(table: ExportedTable, names: set[str]) -> list[tuple[str, str, str]]:
    """Give column, table and column there, for each link to a table that is exported, too."""
    if not table.is_reading:
        return [
            (column, other, key)
            for name, column, other, key in FOREIGN_KEYS
            if name == table.name and other in names
        ]
    return [
        (column.name, other, PRIMARY_KEYS[other][0])
        for column in table.columns
        if (other := _VIEW_LINKS.get(column.name)) in names and other is not None
    ]


def _index(out: sqlite3.Connection, table: ExportedTable, names: set[str]) -> None:
    columns = {column for column, _, _ in _links_of(table, names)}
    columns |= {column.name for column in table.columns if column.name == "published_at"}
    first = (_key_of(table) or ("",))[0]
    for column in sorted(columns - {first}):
        name = _name(table.name)
        out.execute(
            f"CREATE INDEX {_quote(f'{name}_{column}')} ON {_quote(name)} ({_quote(column)})"
        )


def _make_searchable(out: sqlite3.Connection, table: ExportedTable) -> None:
    """Index the words of a table with FTS5, under the name that Datasette looks for."""
    name, columns = _name(table.name), ", ".join(map(_quote, _SEARCHED[table.name]))
    out.execute(
        f"CREATE VIRTUAL TABLE {_quote(name + '_fts')} USING fts5({columns}, "
        f"content={_quote(name)}, tokenize='porter unicode61')"
    )
    out.execute(
        f"INSERT INTO {_quote(name + '_fts')} (rowid, {columns}) SELECT rowid, {columns} "
        f"FROM {_quote(name)}"
    )


def _name_readably(out: sqlite3.Connection, tables: Sequence[ExportedTable]) -> None:
    """Give what readers look at its bare name, as in DuckDB: `SELECT * FROM claims`."""
    for table in tables:
        if table.name.startswith("mart."):
            bare = table.name.removeprefix("mart.")
            out.execute(f"CREATE VIEW {_quote(bare)} AS SELECT * FROM {_quote(_name(table.name))}")


def _write_metadata(target: Path, tables: Sequence[ExportedTable]) -> None:
    described = {
        _name(table.name): {
            "description": table.comment,
            "columns": {column.name: column.comment for column in table.columns},
            **({"fts_table": f"{_name(table.name)}_fts"} if table.name in _SEARCHED else {}),
            **({"label_column": label} if (label := _LABELS.get(table.name)) else {}),
        }
        for table in tables
    }
    metadata: dict[str, Any] = {
        "title": "newsledger",
        "description": f"{MARK} {__version__}. Claims as reported, not verified. Times are UTC.",
        "databases": {target.stem: {"tables": described}},
    }
    path = target.with_name(f"{target.stem}.metadata.json")
    with new_file(path) as beside:
        beside.write_text(json.dumps(metadata, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    return value if value is None or isinstance(value, (int, float, str, bytes)) else str(value)


def _name(full_name: str) -> str:
    return full_name.replace(".", "_")


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
