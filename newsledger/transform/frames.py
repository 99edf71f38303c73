"""From records to polars frames in the columns and types that `sql/` declares.

A column is filled by name: from what is given for it, else from the field of that name of the
records. So a new column is its line in `sql/`, its field in `model/records.py`, and the place where
it is read; nothing is listed here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import pyarrow as pa

from newsledger.model.records import Article, Extraction
from newsledger.model.tables import declared_schema, late_columns

Columns = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Read:
    """What one batch of a run read: its articles, and what was found in them."""

    articles: Sequence[Article]
    extractions: Sequence[Extraction]
    run_id: str


def build_frame(
    table: str,
    *records: Sequence[Any],
    columns: Columns | None = None,
    origin: str | None = None,
) -> pl.DataFrame:
    """Build the frame of one table from lists of records that belong together row by row.

    `columns` gives what is no field of theirs, `origin` the component that made the rows. Columns
    that a later stage fills (`-- by resolve` in `sql/`) are null. Raises `ValueError` where a
    column is given that the table does not declare, or where a declared one is given by nobody.
    """
    schema, given = declared_schema()[table], dict(columns or {})
    _refuse_columns(table, "has no", set(given) - set(schema))
    height = len(records[0]) if records else len(next(iter(given.values()), ()))
    if origin is not None:
        given["origin"] = [origin] * height
    for name in set(schema) - set(given):
        fields = [rows for rows in records if rows and hasattr(rows[0], name)]
        if fields:
            given[name] = [getattr(row, name) for row in fields[-1]]
        elif not height or name in late_columns(table):
            given[name] = [None] * height
    _refuse_columns(table, "was not given", set(schema) - set(given))
    return pl.DataFrame([_build_series(name, given[name], dtype) for name, dtype in schema.items()])


def _build_series(name: str, values: Sequence[Any], dtype: pl.DataType) -> pl.Series:
    """Build one column; of lists by Arrow, for polars makes a series of each of them."""
    if not dtype.is_nested():
        return pl.Series(name, values, dtype=dtype, strict=True)
    return pl.Series(name, pa.array(values, type=pl.Series([], dtype=dtype).to_arrow().type))


def _refuse_columns(table: str, what: str, names: set[str]) -> None:
    if names:
        raise ValueError(f"{table} {what} column {', '.join(sorted(names))}")


def spans_of(spans: Sequence[tuple[int, int]]) -> list[dict[str, int]]:
    """Write spans as DuckDB's STRUCT(start, end)[]."""
    return [{"start": start, "end": end} for start, end in spans]
