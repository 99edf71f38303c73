"""The quarantine: rows that failed, with everything that hangs on them, out of the ledger and
kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.model.references import DEPENDENCIES, Dependency
from newsledger.store.changes import note_rows

if TYPE_CHECKING:
    import duckdb

HANGS_ON = "hangs on "
"""How the rule of a dependant begins."""

_MENTIONED_IN = (
    "(SELECT min(m.article_id) FROM core.location_mentions m WHERE m.location_id = t.location_id)"
)


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that a check refused: `row_id` is DuckDB's rowid inside the transaction."""

    table: str
    row_id: int
    rule: str
    column: str | None
    value: str | None
    fingerprint: str


def take_out(con: "duckdb.DuckDBPyConnection", run_id: str, failures: Sequence[Failure]) -> int:
    """Move the rows, and all that hangs on them however far, to `ops.quarantine`. Returns how many
    rows moved. Runs inside a transaction, so that row ids hold."""
    if not failures:
        return 0
    con.execute(
        "CREATE OR REPLACE TEMP TABLE leaving (table_name VARCHAR, row_id BIGINT, rule VARCHAR, "
        "column_name VARCHAR, value VARCHAR, fingerprint VARCHAR)"
    )
    first = {(failure.table, failure.row_id): failure for failure in reversed(failures)}
    con.executemany(
        "INSERT INTO leaving VALUES (?, ?, ?, ?, ?, ?)",
        [[f.table, f.row_id, f.rule, f.column, f.value, f.fingerprint] for f in first.values()],
    )
    while sum(_follow(con, dependency) for dependency in DEPENDENCIES):
        pass
    tables = [r[0] for r in con.execute("SELECT DISTINCT table_name FROM leaving").fetchall()]
    for table in sorted(tables):
        article = _MENTIONED_IN if table == "core.locations" else "t.article_id"
        con.execute(
            "INSERT INTO ops.quarantine BY NAME SELECT ? AS run_id, l.table_name, l.rule, "
            "l.column_name, "
            f"l.value, to_json(t) AS row, {article} AS article_id, l.fingerprint "
            f"FROM leaving l JOIN {table} t ON l.row_id = t.rowid WHERE l.table_name = ?",
            [run_id, table],
        )
    for table in sorted(tables):
        rows = f"{table} WHERE rowid IN (SELECT row_id FROM leaving WHERE table_name = ?)"
        note_rows(con, table, rows, [table])
        con.execute(f"DELETE FROM {rows}", [table])
    moved = con.execute("SELECT count(*) FROM leaving").fetchall()[0][0]
    con.execute("DROP TABLE leaving")
    return int(moved)


def _follow(con: "duckdb.DuckDBPyConnection", dependency: Dependency) -> int:
    """Add the rows of one table that hang on rows which are leaving. Returns how many."""
    key = dependency.on_key or (dependency.on_column,)
    same = " AND ".join(f'stays."{part}" = gone."{part}"' for part in key)
    done = con.execute(
        "INSERT INTO leaving "
        f"WITH gone AS (SELECT o.*, l.fingerprint FROM {dependency.on_table} o JOIN leaving l "
        f"ON l.row_id = o.rowid AND l.table_name = '{dependency.on_table}'), "
        f"stays AS (SELECT * FROM {dependency.on_table} WHERE rowid NOT IN "
        f"(SELECT row_id FROM leaving WHERE table_name = '{dependency.on_table}')), "
        f"lost AS (SELECT gone.{dependency.on_column} AS value, min(gone.fingerprint) AS "
        f"fingerprint FROM gone "
        f"WHERE NOT EXISTS (SELECT 1 FROM stays WHERE {same}) GROUP BY ALL) "
        f"SELECT '{dependency.table}', t.rowid, '{HANGS_ON}{dependency.on_table}', "
        f"'{dependency.column}', "
        f"lost.value::VARCHAR, lost.fingerprint FROM {dependency.table} t JOIN lost ON "
        f"t.{dependency.column} = lost.value "
        f"WHERE t.rowid NOT IN (SELECT row_id FROM leaving WHERE table_name = '{dependency.table}')"
    ).fetchall()
    return int(done[0][0])


def count_by_table(con: "duckdb.DuckDBPyConnection", *, is_own: bool = False) -> dict[str, int]:
    """Count the rows in quarantine by table; with `is_own` only those that failed themselves."""
    where = f"WHERE NOT starts_with(rule, '{HANGS_ON}')" if is_own else ""
    rows = con.execute(
        f"SELECT table_name, count(*) FROM ops.quarantine {where} GROUP BY table_name ORDER BY ALL"
    ).fetchall()
    return {str(table): int(count) for table, count in rows}


def forget_articles(con: "duckdb.DuckDBPyConnection", article_ids: Sequence[str]) -> None:
    """Empty the quarantine of articles that are read again."""
    con.execute(
        "DELETE FROM ops.quarantine WHERE list_contains(?, article_id)", [list(article_ids)]
    )
