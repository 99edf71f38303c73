"""Exports of the published database, each in a form that another program reads."""

from collections.abc import Callable, Sequence
from pathlib import Path

from newsledger.errors import NewsledgerError

FORMATS = {
    "parquet": "a folder of Parquet files with a Frictionless data package",
    "csv": "a folder of CSV files for spreadsheets, with a data package",
    "sqlite": "one SQLite file with keys, indexes, views and full-text search",
    "duckdb": "one DuckDB file with primary and foreign keys, for DBeaver's diagram",
    "ftm": "FollowTheMoney entities as JSON lines, for Aleph and OpenSanctions tools",
    "jsonld": "schema.org Claim as one JSON-LD file",
}


def export_tables(target: Path, form: str, tables: Sequence[str] = ()) -> dict[str, int]:
    """Write an export to a folder (parquet, csv) or a file. Returns rows, or entities, by table.

    It is written beside its place and swapped in whole; what is there already is replaced only
    where it is an earlier export. Raises `NewsledgerError` on an unknown table, and where the place
    holds something else.
    """
    if tables and form in {"ftm", "jsonld"}:
        raise NewsledgerError(f"--table is for tables: {form} has its own shape")
    return _find_writer(form)(target, tables)


def _find_writer(form: str) -> Callable[[Path, Sequence[str]], dict[str, int]]:
    if form == "sqlite":
        from newsledger.store.export.sqlite import export_sqlite

        return export_sqlite
    if form == "duckdb":
        from newsledger.store.export.keyed import export_duckdb

        return export_duckdb
    if form == "ftm":
        from newsledger.store.export.ftm import export_entities

        return export_entities
    if form == "jsonld":
        from newsledger.store.export.jsonld import export_claims

        return export_claims
    from newsledger.store.export.files import export_csv, export_parquet

    return export_parquet if form == "parquet" else export_csv
