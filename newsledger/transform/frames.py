"""From lists of records to polars frames in the columns and types that `sql/` declares."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from newsledger.model.tables import declared_schema


def build_frame(table: str, columns: Mapping[str, Sequence[Any]]) -> pl.DataFrame:
    """Build the frame of one table from column lists; a declared column that is not given is null.

    Raises `ValueError` where a column is given that the table does not declare.
    """
    schema = declared_schema()[table]
    unknown = sorted(set(columns) - set(schema))
    if unknown:
        raise ValueError(f"{table} has no column {', '.join(unknown)}")
    frame = pl.DataFrame(
        {
            name: pl.Series(name, values, dtype=schema[name], strict=True)
            for name, values in columns.items()
        }
    )
    missing = [
        pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in schema.items()
        if name not in columns
    ]
    return frame.with_columns(missing).select(list(schema))


def columns_of(records: Iterable[Any], *names: str) -> dict[str, list[Any]]:
    """Turn records into column lists by attribute name."""
    records = list(records)
    return {name: [getattr(record, name) for record in records] for name in names}


def spans_of(spans: Iterable[tuple[int, int]]) -> list[dict[str, int]]:
    """Write spans as DuckDB's STRUCT(start, end)[]."""
    return [{"start": start, "end": end} for start, end in spans]
