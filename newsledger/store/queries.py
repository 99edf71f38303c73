"""Ready questions of `sql/queries/`, free SQL on the published database, and the status of the
pipeline."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsledger import paths
from newsledger.errors import NewsledgerError, StoreError, name_known
from newsledger.store.database import first_line, is_damage

if TYPE_CHECKING:
    import duckdb

# What a query may do: read the ledger, and nothing else of the machine.
_SAFE = {"enable_external_access": "false", "lock_configuration": "true"}


@dataclass(frozen=True, slots=True)
class Query:
    """A ready question: its comment, its SQL, and its parameters with example values."""

    name: str
    comment: str
    sql: str
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows that one statement gives, as Python values."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def pick(self, names: Sequence[str]) -> "Answer":
        """Give these columns only, in this order. Raises `NewsledgerError` where one is not
        there."""
        if unknown := [name for name in names if name not in self.columns]:
            raise NewsledgerError(
                f"no column {', '.join(unknown)}: there are {', '.join(self.columns)}"
            )
        places = [self.columns.index(name) for name in names]
        return Answer(
            tuple(names),
            tuple(self.types[i] for i in places),
            tuple(tuple(row[i] for i in places) for row in self.rows),
        )


def list_queries() -> list[Query]:
    """Read the ready questions by name."""
    queries = []
    for path in sorted(paths.SQL.glob("queries/*.sql"), key=lambda path: path.stem):
        text = path.read_text("utf-8")
        params = dict(re.findall(r"^-- param: (\w+) = (.+)$", text, re.MULTILINE))
        comment = " ".join(re.findall(r"^-- (?!param:)(.+)$", text, re.MULTILINE))
        queries.append(Query(path.stem, comment, text, params))
    return queries


def run_query(name: str, params: Mapping[str, str]) -> Answer:
    """Run a ready question. Raises `NewsledgerError` where the name or a parameter is unknown."""
    queries = {query.name: query for query in list_queries()}
    if name not in queries:
        raise NewsledgerError(f"no ready question {name!r}: {name_known(name, list(queries))}")
    query = queries[name]
    if unknown := sorted(set(params) - set(query.params)):
        raise NewsledgerError(
            f"{name} has no parameter {', '.join(unknown)}; it "
            f"has {', '.join(query.params) or 'none'}"
        )
    return run_sql(query.sql, {**query.params, **params})[-1]


def run_sql(
    sql: str, params: Mapping[str, str] | None = None, *, is_unsafe: bool = False
) -> list[Answer]:
    """Run SQL statements on the published database, read only, and give what each returns.

    Other files of the machine, settings and extensions are out of reach unless `is_unsafe`. Raises
    `NewsledgerError` with DuckDB's message.
    """
    import duckdb

    con = _open_to_ask(is_unsafe)
    try:
        answers = []
        for statement in con.extract_statements(sql):
            result = con.execute(statement, dict(params or {}))
            if result.description:
                answers.append(_read_answer(result))
        return answers
    except duckdb.Error as error:
        if is_damage(error):
            raise StoreError(
                f"{paths.PUBLISHED_DB} is damaged: {first_line(error)}: "
                "`newsledger run` writes it anew"
            ) from None
        raise NewsledgerError(f"the query failed: {_explain(error, is_unsafe)}") from None
    finally:
        con.close()


def _open_to_ask(is_unsafe: bool) -> "duckdb.DuckDBPyConnection":
    import duckdb

    path = paths.PUBLISHED_DB
    if not path.exists():
        raise StoreError(f"no published database at {path}: run `newsledger run` first")
    try:
        return duckdb.connect(str(path), read_only=True, config={} if is_unsafe else dict(_SAFE))
    except duckdb.Error as error:
        raise StoreError(
            f"cannot open {path}: {first_line(error)}: `newsledger run` writes it anew"
        ) from None


def _read_answer(result: "duckdb.DuckDBPyConnection") -> Answer:
    return Answer(
        tuple(column[0] for column in result.description),
        tuple(str(column[1]) for column in result.description),
        tuple(map(tuple, result.fetchall())),
    )


def _explain(error: Exception, is_unsafe: bool) -> str:
    text = str(error).strip()
    is_shut_out = "file system operations are disabled" in text or "has been locked" in text
    if is_shut_out and not is_unsafe:
        text += "\nA query reads the ledger and nothing else of this machine; --unsafe lifts that"
    return text
