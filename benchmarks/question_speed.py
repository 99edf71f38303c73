"""Time every ready question and every view of `mart` on a ledger of many claims.

    python benchmarks/question_speed.py PUBLISHED.duckdb TARGET.duckdb [--claims 10000000]

The target is made where it is not there yet: the rows of a published ledger, again and again, each
time with ids and names of its own and moved in time, so that stories, groups and chains stay as
large as they are. Questions are asked with their example values and, where those find nothing, with
values of the ledger; a view gives its first hundred rows, and the rows of one article. One thread,
processor seconds.
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from newsledger.model.tables import READING, list_tables
from newsledger.store.kept_rows import update_rows
from newsledger.store.queries import list_queries

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHARED = {"location_id", "geonames_id", "seed_id", "run_id"}  # ids of what all rounds have
NAMES = {"name", "other_name", "canonical_name", "alias", "speaker_name", "origin_name"}
ONCE = {"core.locations"}  # and ops.*
MINUTES = 1_240  # between two rounds: 850 of them fill two years
AT_ONCE = 10  # rounds
FIRST_ROWS = 100


def make_ledger(source: Path, target: Path, claims: int) -> int:
    """Make the target of the rows of the source. Returns the rounds."""
    with duckdb.connect(str(target), config={"threads": 1, "memory_limit": "4GB"}) as con:
        con.execute(f"ATTACH '{source}' AS source (READ_ONLY)")
        name = target.stem
        con.execute(f'COPY FROM DATABASE source TO "{name}" (SCHEMA)')
        ((size,),) = con.execute("SELECT count(*) FROM source.core.claims").fetchall()
        rounds = -(-claims // size)
        for table in list_tables():
            if table.is_view or table.is_local or table.layer == READING:
                continue
            is_once = table.full_name in ONCE or table.layer == "ops"
            listing = "*" if is_once else _listing(con, table.full_name)
            for start in range(0, 1 if is_once else rounds, AT_ONCE):
                end = 1 if is_once else min(start + AT_ONCE, rounds)
                con.execute(
                    f"INSERT INTO {table.full_name} SELECT {listing} FROM "
                    f"source.{table.full_name}, range({start}, {end}) AS r(n) ORDER BY n"
                    if not is_once
                    else f"INSERT INTO {table.full_name} FROM source.{table.full_name}"
                )
        con.execute("DETACH source")
        update_rows(con)
    return rounds


def _listing(con: "DuckDBPyConnection", table: str) -> str:
    columns = con.execute(f"DESCRIBE source.{table}").fetchall()
    return ", ".join(_column(name, kind) for name, kind, *_ in columns)


def _column(name: str, kind: str) -> str:
    if kind == "VARCHAR" and name.endswith("_id") and name not in SHARED:
        return f"\"{name}\" || '~' || n"
    if kind == "VARCHAR" and name in NAMES:
        return f'CASE WHEN n = 0 THEN "{name}" ELSE "{name}" || \' \' || n END'
    if kind.startswith("TIMESTAMP") or kind == "DATE":
        return f'CAST("{name}" - INTERVAL ({MINUTES} * n) MINUTE AS {kind}) AS "{name}"'
    return f'"{name}"'


def time_questions(path: Path) -> Iterator[tuple[str, float, int]]:
    """Ask each question, and look into each view: name, seconds, rows."""
    with duckdb.connect(str(path), read_only=True, config={"threads": 1}) as con:
        for query in list_queries():
            yield query.name, *_ask(con, query.sql, query.params)
        ((article,),) = con.execute("SELECT min(article_id) FROM core.articles").fetchall()
        for table in list_tables():
            if table.layer != READING:
                continue
            yield (
                f"{table.full_name}, first {FIRST_ROWS}",
                *_ask(con, f"FROM {table.full_name} LIMIT {FIRST_ROWS}", {}),
            )
            names = [row[0] for row in con.execute(f"DESCRIBE {table.full_name}").fetchall()]
            if "article_id" in names:
                yield (
                    f"{table.full_name}, one article",
                    *_ask(con, f"FROM {table.full_name} WHERE article_id = $id", {"id": article}),
                )


def _ask(con: "DuckDBPyConnection", sql: str, params: dict[str, str]) -> tuple[float, int]:
    start = time.process_time()
    for statement in con.extract_statements(sql):
        rows = con.execute(statement, params).fetchall()
    return time.process_time() - start, len(rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("published", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--claims", type=int, default=10_000_000)
    arguments = parser.parse_args()
    if not arguments.target.exists():
        start = time.perf_counter()
        rounds = make_ledger(arguments.published, arguments.target, arguments.claims)
        print(f"{rounds} rounds, {time.perf_counter() - start:.0f} s", flush=True)
    for name, seconds, rows in time_questions(arguments.target):
        print(f"{seconds:8.3f} s {rows:8,} rows  {name}", flush=True)


if __name__ == "__main__":
    main()
