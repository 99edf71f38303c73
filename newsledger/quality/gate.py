"""The gate: every row is seen by every check of today before it is published.

Which rows are still to be seen: `quality/checked_rows.py`. Rows that fail go to the quarantine
before articles are compared (`check_rows`); what goes across articles is checked afterwards
(`check_ledger`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from newsledger.errors import GateHeld, SettingsError
from newsledger.model.references import ARTICLE_TABLES, SUMMARIES
from newsledger.model.tables import declared_schema
from newsledger.quality import engine
from newsledger.quality.checked_rows import CheckedRows, is_resolved
from newsledger.quality.engine import ROW, CheckResult
from newsledger.quality.quarantine import HANGS_ON, Failure, count_by_table, take_out
from newsledger.quality.suites import SEVERITIES, Rule, Suite, list_rules, list_suites
from newsledger.store.database import transaction, write_frames

if TYPE_CHECKING:
    import duckdb

MAX_EXAMPLES = 1000  # offenders of a rule across tables that are counted
FEW = 5  # rows of a table may fail in any case: one bad row of ten is no sign that all are bad
PLACES = "core.locations"


@dataclass(slots=True)
class Outcome:
    """What the checks came to, of now."""

    results: dict[tuple[str, str], CheckResult] = field(default_factory=dict)
    held: list[str] = field(default_factory=list)
    quarantined: int = 0  # rows that lie in quarantine now

    def add(self, results: Iterable[CheckResult]) -> None:
        for result in results:
            before = self.results.get((result.table, result.name))
            self.results[result.table, result.name] = _join(before, result) if before else result

    @property
    def total(self) -> int:
        return len(self.results)

    @property
    def failing(self) -> list[CheckResult]:
        """Checks that did not pass, the worst first."""
        found = [result for result in self.results.values() if not result.is_passed]
        return sorted(found, key=lambda r: (SEVERITIES.index(r.severity), r.table, r.name))

    @property
    def warned(self) -> int:
        return sum(not r.is_passed and r.severity == "warning" for r in self.results.values())


def _join(one: CheckResult, other: CheckResult) -> CheckResult:
    """Join the results of one check over two lots of rows."""
    return replace(
        other,
        is_passed=one.is_passed and other.is_passed,
        checked_count=(one.checked_count or 0) + (other.checked_count or 0),
        failed_count=one.failed_count + other.failed_count,
        example=one.example or other.example,
    )


class Gate:
    """The checks of one run over an open work database."""

    def __init__(
        self,
        con: "duckdb.DuckDBPyConnection",
        run_id: str,
        max_share: float,
        *,
        is_noted: bool = False,
    ) -> None:
        """Read the suites and rules; raises `SettingsError` where one is wrong, before rows are
        read. `is_noted`: what was written since the last run is told by `ops.changes`."""
        self.con, self.run_id, self.max_share = con, run_id, max_share
        self.suites, self.rules = list_suites(), list_rules()
        self.outcome = Outcome()
        self.seen = CheckedRows(con, self.suites, self.rules, is_noted=is_noted)
        self._done: set[str] = set()  # tables whose suites have seen all rows, until rows go
        con.execute("SET VARIABLE run_id = ?", [run_id])

    @property
    def fingerprints(self) -> frozenset[str]:
        """Fingerprints of the suites and rules of today."""
        suites = {suite.fingerprint for suite in self.suites}
        return frozenset(suites | {rule.fingerprint for rule in self.rules})

    def load(self) -> None:
        """Make ready what checks, which takes longer than most checks. Raises `SettingsError` where
        an expectation cannot be built."""
        for suite in self.suites:
            engine.build_expectations(suite)

    def check_rows(self) -> None:
        """Check the rows that articles make, and take out those that fail with what hangs on them.

        Raises `GateHeld` where more fail than may: then all stay where they are.
        """
        wanted = [s for s in self.suites if s.table in (*ARTICLE_TABLES, PLACES)]
        self._done = set()
        with transaction(self.con):
            self.seen.hash_articles()
            self.seen.mark_articles("rows")
            failures = [failure for suite in wanted for failure in self._check_suite(suite)]
            failures += [f for rule in self.rules if rule.names_rows for f in self._run_rule(rule)]
            self._hold_where_many_fail(failures)
            if not self.outcome.held:
                if take_out(self.con, self.run_id, failures):
                    self.seen.hash_articles()
                self.seen.remember_articles("rows")
                self._done = {suite.table for suite in wanted if not is_resolved(suite)}
        self._raise_held()

    def check_ledger(self) -> bool:
        """Check everything else: sums over articles, and rules across tables. Rows that were
        checked before comparing, which changes other columns, are not looked at again.

        Returns whether rows were taken out, so that articles must be compared again. Raises
        `GateHeld` where something stays wrong that no row can be blamed for.
        """
        wanted = [suite for suite in self.suites if suite.table not in self._done]
        with transaction(self.con):
            if not self._done:
                self.seen.hash_articles()
            self.seen.mark_articles("cross")
            failures = [f for suite in wanted for f in self._check_suite(suite)]
            blamed = _blame(self.con, failures)
            self._hold_where_many_fail(blamed)
            self.outcome.held += [
                _describe(f.table, f.rule, 1, f.value) for f in failures if not _may_go(f.table)
            ]
            taken = 0 if self.outcome.held else take_out(self.con, self.run_id, blamed)
            for rule in self.rules:
                if not rule.names_rows and not taken:
                    self._run_rule(rule)
            if taken:
                self._done = set()
            elif not self.outcome.held:
                self.seen.remember_articles("cross")
                self.seen.close()
        self._raise_held()
        return taken > 0

    def write(self) -> None:
        """Write what was found to `ops.checks`."""
        self.outcome.quarantined = sum(count_by_table(self.con).values())
        rows = [
            [
                self.run_id, r.table, r.name, r.severity, r.is_passed, r.checked_count,
                r.failed_count,
                r.example,
            ]
            for r in self.outcome.results.values()
        ]  # fmt: skip
        self.con.execute("DELETE FROM ops.checks WHERE run_id = ?", [self.run_id])
        frame = pl.DataFrame(rows, declared_schema()["ops.checks"], orient="row")
        write_frames(self.con, {"ops.checks": frame})

    def _raise_held(self) -> None:
        if self.outcome.held:
            raise GateHeld("; ".join(self.outcome.held[:3]))

    def _hold_where_many_fail(self, failures: Sequence[Failure]) -> None:
        """Hold where the failing rows of a table, with those in quarantine already, are too many:
        more than the share may be, and from more than that share of the articles; or all of them,
        where they are of several articles or more than a few.

        One article that is no article may have hundreds; that is no sign that the rest is bad.
        """
        in_quarantine = count_by_table(self.con, is_own=True)
        articles = _count(self.con, "core.articles") + in_quarantine.get("core.articles", 0)
        for table in sorted({failure.table for failure in failures} | set(in_quarantine)):
            own = [failure for failure in failures if failure.table == table]
            out = in_quarantine.get(table, 0)
            count = len({failure.row_id for failure in own}) + out
            total = _count(self.con, table) + out
            sources = self._count_articles(table, own)
            is_much = count > FEW + self.max_share * total
            is_spread = sources > 1 + self.max_share * articles
            is_all = count == total and (count > FEW or sources > 1)
            if (is_much and is_spread) or is_all:
                rule, value = (own[0].rule, own[0].value) if own else ("in quarantine", None)
                self.outcome.held.append(_describe(table, rule, count, value, total))

    def _count_articles(self, table: str, failures: Sequence[Failure]) -> int:
        """Count the articles with a row of the table that fails or lies in quarantine; the rows
        themselves where they are of no article."""
        rows = sorted({failure.row_id for failure in failures})
        if table not in ARTICLE_TABLES:
            return len(rows)
        query = (
            f"SELECT count(DISTINCT article_id) FROM (SELECT article_id FROM {table} "
            "WHERE list_contains(?::BIGINT[], rowid) UNION ALL SELECT article_id FROM "
            "ops.quarantine "
            f"WHERE table_name = ? AND NOT starts_with(rule, '{HANGS_ON}'))"
        )
        return int(self.con.execute(query, [rows, table]).fetchall()[0][0])

    def _check_suite(self, suite: Suite) -> list[Failure]:
        """Check the rows of one table that its suite has not seen. Returns the rows that fail."""
        expectations = engine.build_expectations(suite)
        single = [item for item in expectations if engine.is_row_check(item)]
        unique = [columns for item in single if (columns := engine.unique_columns(item))]
        self.seen.collect_rows(suite, unique)
        listing = ", ".join(f'"{column}"' for column in suite.columns)
        frame = self.con.sql(f"SELECT {ROW}, {listing} FROM unseen_rows").df()
        results = engine.validate(frame, suite, single)
        whole = [item for item in expectations if item not in single]
        if whole:
            everything = self.con.sql(f"SELECT {listing} FROM {suite.table}").df()
            results += engine.validate(everything, suite, whole)
        self.outcome.add(results)
        self.outcome.held += [
            _describe(r.table, r.name, r.failed_count, r.example)
            for r in results
            if r.severity == "critical" and not r.is_passed and not r.failed_rows
        ]
        failures = self._failures(suite, results)
        if len(frame):
            self.seen.remember_rows(suite, {failure.row_id for failure in failures})
        return failures

    def _failures(self, suite: Suite, results: Sequence[CheckResult]) -> list[Failure]:
        """The rows that critical checks failed; of rows that repeat a key, the first stays."""
        found = []
        for result in results:
            if result.severity != "critical" or not result.failed_rows:
                continue
            rows = dict(result.failed_rows)
            if "unique" in result.name and "within_record" not in result.name:
                columns = [part.strip() for part in (result.column or "").split(",")]
                rows = {row: rows[row] for row in self._surplus(suite.table, columns, list(rows))}
            found += [
                Failure(suite.table, row, result.name, result.column, value, suite.fingerprint)
                for row, value in rows.items()
            ]
        return found

    def _surplus(self, table: str, columns: Sequence[str], rows: list[int]) -> list[int]:
        key = ", ".join(f't."{column}"' for column in columns)
        query = (
            f"SELECT rowid FROM {table} t WHERE list_contains(?, rowid) "
            f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY hash(t), rowid) > 1"
        )
        return [row for (row,) in self.con.execute(query, [rows]).fetchall()]

    def _run_rule(self, rule: Rule) -> list[Failure]:
        """Run one rule; hold where it is critical and its offenders are no rows of a table."""
        import duckdb

        try:
            relation = self.con.sql(rule.sql)
            shown = relation if rule.names_rows else relation.limit(MAX_EXAMPLES)
            names, rows = relation.columns, shown.fetchall()
        except duckdb.Error as error:
            raise SettingsError(f"{rule.path}: {str(error).strip().splitlines()[0]}") from None
        example = str(rows[0])[: engine.EXAMPLE_LENGTH] if rows else None
        count = None if rule.names_rows else 0
        result = CheckResult("cross", rule.name, rule.severity, not rows, count, len(rows), example)
        self.outcome.add([result])
        if rule.severity != "critical" or not rows:
            return []
        if not rule.names_rows:
            self.outcome.held.append(_describe("cross", rule.name, len(rows), example))
            return []
        table, row = names.index("table_name"), names.index("row_id")
        own = rule.fingerprint
        return [
            Failure(str(item[table]), int(item[row]), rule.name, None, str(item), own)
            for item in rows
        ]


def _count(con: "duckdb.DuckDBPyConnection", table: str) -> int:
    return int(con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def _may_go(table: str) -> bool:
    return table in ARTICLE_TABLES or table == PLACES or table in SUMMARIES


def _blame(con: "duckdb.DuckDBPyConnection", failures: Sequence[Failure]) -> list[Failure]:
    """Lead failing sums back to the rows of articles that they sum up."""
    found = [f for f in failures if _may_go(f.table) and f.table not in SUMMARIES]
    for failure in failures:
        if failure.table not in SUMMARIES:
            continue
        column, table, there = SUMMARIES[failure.table]
        rows = con.execute(
            f"SELECT t.rowid FROM {table} t WHERE t.{there} = (SELECT {column} "
            f"FROM {failure.table} WHERE rowid = ?)",
            [failure.row_id],
        ).fetchall()
        rule = f"{failure.table} {failure.rule}"
        found += [replace(failure, table=table, row_id=row, rule=rule) for (row,) in rows]
    return found


def _describe(table: str, rule: str, count: int, example: object, total: int | None = None) -> str:
    share = f"{count:,} of {total:,} rows" if total is not None else f"{count:,} rows"
    return f"{table} {rule}: {share}" + (f", e.g. {example}" if example is not None else "")
