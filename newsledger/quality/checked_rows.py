"""Which rows the checks of today have not seen yet.

What was seen is kept in `ops.checked_rows` by the hash of the row and the fingerprint of its suite:
a row that has changed, or whose suite has changed, is seen again, whoever wrote it and whenever.
A run that finds the database as the last one left it, and the same checks, looks for such rows
among those alone that were written since (`newsledger.store.changes`).
"""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsledger.model.references import ARTICLE_TABLES
from newsledger.quality.engine import ROW
from newsledger.quality.suites import Rule, Suite, list_suites
from newsledger.store.changes import find_mark, list_noted, mark, since
from newsledger.store.database import read_state, write_state

if TYPE_CHECKING:
    import duckdb

CHECKED, CHECKED_BY = "checked", "checked_by"  # a mark, and a state: digest of the checks
RESOLVED = {
    "core.articles": ("version", "is_current", "first_version_id", "copy_group_id", "story_id",
    "run_id"),
    "core.claims": ("speaker_actor_id", "claim_group_id"),
}  # fmt: skip
"""Columns that comparing fills in, beside `actor_id`: they do not make an article a changed one."""


def count_unseen(con: "duckdb.DuckDBPyConnection") -> dict[str, int]:
    """Count the rows of each table that its suite of today has not seen, where there are any."""
    found = {}
    for suite in list_suites():
        rows = con.execute(
            f"SELECT count(*) FROM {suite.table} WHERE hash({_list(suite.columns)}) NOT IN "
            "(SELECT row_hash FROM ops.checked_rows WHERE table_name = ? AND fingerprint = ?)",
            [suite.table, _dated(suite.fingerprint)],
        ).fetchall()
        found[suite.table] = int(rows[0][0])
    return {table: count for table, count in found.items() if count}


class CheckedRows:
    """What the suites and rules of a run have seen of an open work database."""

    def __init__(
        self,
        con: "duckdb.DuckDBPyConnection",
        suites: Sequence[Suite],
        rules: Sequence[Rule],
        *,
        is_noted: bool,
    ) -> None:
        """`is_noted`: whatever was written since the last run is told by `ops.changes`."""
        text = "\x1f".join(f"{rule.name}\x1e{rule.sql}" for rule in rules)
        self._rules = _dated(hashlib.sha256(text.encode()).hexdigest()[:16])
        prints = [self._rules, *(suite.fingerprint for suite in suites)]
        self._digest = hashlib.sha256(" ".join(prints).encode()).hexdigest()[:16]
        is_same = is_noted and read_state(con, CHECKED_BY) == self._digest
        self.con, self._since = con, find_mark(con, CHECKED) if is_same else None
        con.execute("CREATE OR REPLACE TEMP TABLE seen_now AS FROM ops.checked_rows LIMIT 0")

    def close(self) -> None:
        """Keep that every row has been seen."""
        known = "SELECT row_hash FROM ops.checked_rows SEMI JOIN seen_now USING (row_hash)"
        self.con.execute(
            "INSERT INTO ops.checked_rows SELECT DISTINCT table_name, fingerprint, row_hash "
            f"FROM seen_now WHERE row_hash NOT IN ({known})"
        )
        write_state(self.con, CHECKED_BY, self._digest)
        mark(self.con, CHECKED)

    def collect_rows(self, suite: Suite, unique: Sequence[Sequence[str]]) -> None:
        """List in `unseen_rows` the rows of a table that its suite has not seen, and those that
        share the values of columns that must not be shared."""
        self._forget_others(suite.table, _dated(suite.fingerprint))
        columns = _list(suite.columns)
        found = self._tell_unseen(suite.table, f"hash({columns})", _dated(suite.fingerprint))
        changed = self._tell_changed(suite.table)
        for names in unique:
            key = _list(names)
            among = f"WHERE ({key}) IN (SELECT ({key}) FROM {suite.table} WHERE {changed})"
            found += (
                f" OR ({key}) IN (SELECT ({key}) FROM {suite.table} "
                f"{among if self._since is not None else ''} GROUP BY ALL HAVING count(*) > 1)"
            )
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE unseen_rows AS SELECT rowid AS {ROW}, {columns}, "
            f"hash({columns}) AS row_hash FROM {suite.table} WHERE {found}"
        )

    def remember_rows(self, suite: Suite, failed: set[int]) -> None:
        """Remember that the suite has seen the rows of `unseen_rows`, but for those that failed."""
        self.con.execute(
            "CREATE OR REPLACE TEMP TABLE new_hashes AS SELECT DISTINCT row_hash FROM unseen_rows "
            f"WHERE NOT list_contains(?::BIGINT[], {ROW})",
            [sorted(failed)],
        )
        self._keep(suite.table, _dated(suite.fingerprint))

    def hash_articles(self) -> None:
        """Hash each article with all its rows, but for what comparing fills in."""
        scope = "true"
        if self._since is not None:
            parts = " UNION ".join(since(table, self._since) for table in ARTICLE_TABLES)
            self.con.execute(f"CREATE OR REPLACE TEMP TABLE articles_noted AS {parts}")
            scope = "article_id IN (SELECT row_key FROM articles_noted)"
        parts = " UNION ALL ".join(
            f"SELECT article_id, hash(hash({_columns_made(self.con, table)})) AS h FROM {table} "
            f"WHERE {scope}"
            for table in ARTICLE_TABLES
        )
        self.con.execute(
            "CREATE OR REPLACE TEMP TABLE article_hashes AS SELECT article_id, "
            f"hash(article_id, bit_xor(h), count(*)) AS row_hash FROM ({parts}) GROUP BY article_id"
        )

    def mark_articles(self, kind: str) -> None:
        """List in `articles_to_check` the articles whose rows the rules of today have not seen."""
        unseen = self._tell_unseen(kind, "row_hash", self._rules, "true")
        self.con.execute(
            "CREATE OR REPLACE TEMP TABLE articles_to_check AS SELECT article_id, row_hash FROM "
            f"article_hashes WHERE {unseen}"
        )

    def remember_articles(self, kind: str) -> None:
        """Remember that the rules have seen these articles as they are now, offenders taken out."""
        self._forget_others(kind, self._rules)
        self.mark_articles(kind)
        self.con.execute(
            "CREATE OR REPLACE TEMP TABLE new_hashes AS SELECT row_hash FROM articles_to_check"
        )
        self._keep(kind, self._rules)

    def _tell_unseen(self, name: str, digest: str, fingerprint: str, changed: str = "") -> str:
        """Give the condition under which a row has not been seen."""
        if self._since is None:
            return (
                f"{digest} NOT IN (SELECT row_hash FROM ops.checked_rows "
                f"WHERE table_name = '{name}' AND fingerprint = '{fingerprint}')"
            )
        now = f"SELECT row_hash FROM seen_now WHERE table_name = '{name}'"
        return f"({changed or self._tell_changed(name)} AND {digest} NOT IN ({now}))"

    def _tell_changed(self, table: str) -> str:
        if self._since is None:
            return "true"
        return f'"{list_noted()[table]}" IN ({since(table, self._since)})'

    def _keep(self, name: str, fingerprint: str) -> None:
        """Keep the hashes of `new_hashes`: at once, or at the end where few rows are looked at."""
        if self._since is None:  # those that share a value are there already
            self.con.execute(
                "DELETE FROM new_hashes WHERE row_hash IN (SELECT row_hash FROM ops.checked_rows "
                "WHERE table_name = ? AND fingerprint = ?)",
                [name, fingerprint],
            )
        kept = "ops.checked_rows" if self._since is None else "seen_now"
        self.con.execute(
            f"INSERT INTO {kept} SELECT ?, ?, row_hash FROM new_hashes", [name, fingerprint]
        )

    def _forget_others(self, name: str, fingerprint: str) -> None:
        if self._since is None:
            self.con.execute(
                "DELETE FROM ops.checked_rows WHERE table_name = ? AND fingerprint <> ?",
                [name, fingerprint],
            )


def is_resolved(suite: Suite) -> bool:
    """Whether comparing fills in a column that the suite reads."""
    filled = {*RESOLVED.get(suite.table, ()), "actor_id"}
    return suite.table == "core.locations" or not filled.isdisjoint(suite.columns)


def _columns_made(con: "duckdb.DuckDBPyConnection", table: str) -> str:
    left = {*RESOLVED.get(table, ()), "actor_id"}
    names = [row[0] for row in con.execute(f"DESCRIBE {table}").fetchall()]
    return _list([name for name in names if name not in left])


def _list(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _dated(fingerprint: str) -> str:
    """A fingerprint with the version of DuckDB, whose hashes may change."""
    import duckdb

    return f"{fingerprint}/{duckdb.__version__}"
