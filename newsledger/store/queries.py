"""Ready questions of `sql/queries/`, and free SQL on the published database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.errors import NewsledgerError
from newsledger.store.database import open_published

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Query:
    """A ready question: its comment, its SQL, and its parameters with example values."""

    name: str
    comment: str
    sql: str
    params: dict[str, str]


def list_queries() -> list[Query]:
    """Read the ready questions by name."""
    queries = []
    for path in sorted(paths.SQL.glob("queries/*.sql")):
        text = path.read_text("utf-8")
        params = dict(re.findall(r"^-- param: (\w+) = (.+)$", text, re.MULTILINE))
        comment = " ".join(re.findall(r"^-- (?!param:)(.+)$", text, re.MULTILINE))
        queries.append(Query(path.stem, comment, text, params))
    return queries


def run_query(name: str, params: Mapping[str, str]) -> "pl.DataFrame":
    """Run a ready question. Raises `NewsledgerError` where the name or a parameter is unknown."""
    queries = {query.name: query for query in list_queries()}
    if name not in queries:
        raise NewsledgerError(f"no ready question {name!r}: there are {', '.join(queries)}")
    query = queries[name]
    if unknown := sorted(set(params) - set(query.params)):
        raise NewsledgerError(
            f"{name} has no parameter {', '.join(unknown)}; it has {', '.join(query.params) or 'none'}"
        )
    return run_sql(query.sql, {**query.params, **params})


def run_sql(sql: str, params: Mapping[str, str] | None = None) -> "pl.DataFrame":
    """Run one SQL statement on the published database, read only. Raises `NewsledgerError` with
    DuckDB's message."""
    import duckdb
    import polars as pl

    with open_published() as con:
        try:
            relation = con.sql(sql, params=dict(params or {}))
            return relation.pl() if relation is not None else pl.DataFrame()
        except duckdb.Error as error:
            raise NewsledgerError(f"the query failed: {str(error).strip()}") from None
