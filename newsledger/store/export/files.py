"""Folders of Parquet or CSV files, each with a Frictionless data package that says what is in
them."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger import __version__
from newsledger.model.keys import FOREIGN_KEYS, PRIMARY_KEYS
from newsledger.store.database import open_published
from newsledger.store.export.place import MARK, PACKAGE, new_folder
from newsledger.store.export.tables import ExportedTable, choose_tables
from newsledger.text.formulas import quote_formula

if TYPE_CHECKING:
    import duckdb

_BATCH = 10_000
_TYPES = {
    "BOOLEAN": "boolean", "DATE": "date", "TIMESTAMP": "datetime", "TIME": "time",
    "DOUBLE": "number", "FLOAT": "number",
    "INTEGER": "integer", "BIGINT": "integer", "UBIGINT": "integer", "HUGEINT": "integer",
    "JSON": "object",
}  # fmt: skip


def export_parquet(target: Path, tables: Sequence[str]) -> dict[str, int]:
    """Write a folder of Parquet files, types as in the database."""
    with open_published() as con, new_folder(target) as folder:
        chosen = choose_tables(con, tables)
        written = {}
        for table in chosen:
            path = str(folder / f"{table.name}.parquet").replace("'", "''")
            row = con.execute(f"COPY (FROM {table.name}) TO '{path}' (FORMAT parquet)").fetchone()
            written[table.name] = row[0] if row else 0
        _write_package(folder, chosen, "parquet")
    return written


def export_csv(target: Path, tables: Sequence[str]) -> dict[str, int]:
    """Write a folder of CSV files for spreadsheets: with a byte order mark, an apostrophe before
    what would run as a formula, nested values as JSON text."""
    with open_published() as con, new_folder(target) as folder:
        chosen = choose_tables(con, tables)
        written = {table.name: _write_csv(con, table, folder) for table in chosen}
        _write_package(folder, chosen, "csv")
    return written


def _write_csv(con: "duckdb.DuckDBPyConnection", table: ExportedTable, folder: Path) -> int:
    rows = con.execute(
        f"SELECT {', '.join(column.as_text for column in table.columns)} FROM {table.name}"
    )
    count = 0
    with (folder / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(column.name for column in table.columns)
        while chunk := rows.fetchmany(_BATCH):
            writer.writerows([_cell(value) for value in row] for row in chunk)
            count += len(chunk)
    return count


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return quote_formula(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if hasattr(value, "isoformat") else value


def _write_package(folder: Path, tables: Sequence[ExportedTable], form: str) -> None:
    names = {table.name for table in tables}
    package = {
        "name": "newsledger",
        "title": "Who says what: claims as reported, with who stands behind them",
        "description": f"{MARK} {__version__}. Claims as reported, not verified. Times are UTC.",
        "profile": "tabular-data-package" if form == "csv" else "data-package",
        "resources": [_describe(table, form, names) for table in tables],
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / PACKAGE).write_text(text + "\n", "utf-8")


def _describe(table: ExportedTable, form: str, names: set[str]) -> dict[str, Any]:
    is_csv = form == "csv"
    schema: dict[str, Any] = {
        "fields": [
            {
                "name": column.name,
                "type": _type_of(column.kind, is_csv),
                **({"format": "any"} if column.kind == "TIMESTAMP" else {}),
                "description": column.comment,
                **({"constraints": {"required": True}} if column.is_required else {}),
            }
            for column in table.columns
        ]
    }
    if key := PRIMARY_KEYS.get(table.name):
        schema["primaryKey"] = list(key)
    if links := [link for link in FOREIGN_KEYS if link[0] == table.name and link[2] in names]:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": _slug(other), "fields": [key]}}
            for _, column, other, key in links
        ]
    return {
        "name": _slug(table.name),
        "path": f"{table.name}.{form}",
        "description": table.comment,
        "format": form,
        "mediatype": "text/csv" if is_csv else "application/vnd.apache.parquet",
        **({"encoding": "utf-8", "profile": "tabular-data-resource"} if is_csv else {}),
        "schema": schema,
    }


def _slug(name: str) -> str:
    return name.replace(".", "-")


def _type_of(kind: str, is_csv: bool) -> str:
    if kind.endswith("]"):
        return "string" if is_csv else "array"
    if kind.startswith(("STRUCT", "MAP")):
        return "string" if is_csv else "object"
    return _TYPES.get(kind, "string")
