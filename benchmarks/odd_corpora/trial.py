"""One odd corpus through the whole program; what does not hold is told in a line each."""

import hashlib
import os
import random
import sys
import traceback
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Self

import duckdb

from benchmarks.odd_corpora.documents import change_rows, make_rows
from benchmarks.odd_corpora.files import write_corpus
from benchmarks.odd_corpora.sound import Row
from newsledger import paths

FORMATS = (("sqlite", "out.sqlite"), ("csv", "csv"), ("parquet", "parquet"),
           ("ftm", "out.ftm.json"), ("jsonld", "out.jsonld"))  # fmt: skip
QUERIES = (
    ("query", "SELECT * FROM mart.claims", "--format", "json"),
    ("query", "FROM search('people')", "--format", "csv"),
    ("query", "SELECT * FROM core.articles", "--format", "table"),
    ("query", "SELECT * FROM core.claim_quantities", "--format", "vertical"),
)
YEARS_AHEAD = 9
LEFT_OUT = {"run_id", "fetched_at", "first_run_id", "created_at", "rejected_at"}
KEPT_IDS = {
    "actor_id", "speaker_actor_id", "other_actor_id", "story_id", "claim_group_id",
    "copy_group_id", "figure_group_id", "independent_origin_id", "independent_text_id",
}  # fmt: skip
"""Ids that stay when articles join, so that they tell which came first."""


@contextmanager
def own_paths(folder: Path, **more: Path) -> Iterator[None]:
    """Let the program keep everything below the folder."""
    data = folder / "data"
    own = {
        "DATA": data, "WORK_DB": data / "work.duckdb", "PUBLISHED_DB": data / "newsledger.duckdb",
        "RUN_LOCK": data / "run.lock", "REPORT_OUT": folder / "reports", **more,
    }  # fmt: skip
    before = {name: getattr(paths, name) for name in own}
    try:
        for name, value in own.items():
            setattr(paths, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(paths, name, value)


@dataclass(slots=True)
class Trial:
    """What was found while one corpus of a seed went through the program."""

    folder: Path
    seed: int
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def run(self, count: int, *, is_whole: bool = True) -> None:
        """Run over `count` documents, again, and in another order; where the trial is whole also
        with --force, everything that reads, in two runs, and as they are a day later."""
        rows = make_rows(self.seed, count)
        sources = self._write(rows)
        with own_paths(self.folder / "one"):
            self.call("run", "--report", "none", *sources)
            if not paths.PUBLISHED_DB.exists():
                self.faults.append("nothing is published")
                return
            first = self._check_second_run(sources)
            if is_whole:
                self._force(first, sources)
                self.call("check", "--quiet")
                self._read_everything()
            first_apart = digest_tables(paths.PUBLISHED_DB, KEPT_IDS)
        shuffled = random.Random(self.seed).sample(sources, len(sources))
        with own_paths(self.folder / "other"), small_batches(), clock_years_ahead():
            self.call("run", "--report", "none", *shuffled)
            self._compare(first, "another order in another year")
        if is_whole:
            with own_paths(self.folder / "apart"):
                for part in (shuffled[::2], shuffled[1::2]):
                    self.call("run", "--report", "none", *part)
                self._compare(first_apart, "in two runs", KEPT_IDS)
            self._run_a_day_later(rows)

    def _write(self, rows: list[Row]) -> list[str]:
        return [str(path) for path in write_corpus(self.folder / "in", rows, self.seed)]

    def _run_a_day_later(self, rows: list[Row]) -> None:
        """Run over the same places once a third of what they hold has changed, gone or come."""
        sources = self._write(change_rows(rows, self.seed))
        with own_paths(self.folder / "one"):
            self.call("run", *sources)
            changed = self._check_second_run(sources)
            self._force(changed, sources)
            self._read_everything()

    def _check_second_run(self, sources: Sequence[str]) -> dict[str, str]:
        """A second run changes nothing, and every row is checked. Returns digests of the rows."""
        first = digest_tables(paths.PUBLISHED_DB)
        text = self.call("run", "--report", "none", *sources)
        if "nothing new" not in text:
            self.faults.append(f"the second run changes something: {text[-200:]}")
        self._check_published()
        return first

    def _force(self, first: dict[str, str], sources: Sequence[str]) -> None:
        self.call("run", "--report", "none", "--force", *sources)
        self._compare(first, "--force")
        self._check_published()

    def call(self, *args: str) -> str:
        """Call one command. Anything but exit code 0 is a fault."""
        from click.testing import CliRunner

        from newsledger.cli.main import cli

        result = CliRunner().invoke(cli, list(args))
        error = result.exception
        if error is not None and result.exit_code != 0:
            where = traceback.extract_tb(error.__traceback__)[-1]
            self.faults.append(
                f"{' '.join(args)[:60]}: {type(error).__name__} {str(error)[:300]} "
                f"at {Path(where.filename).name}:{where.lineno}"
            )
        return result.output

    def _read_everything(self) -> None:
        for name in ("pdf", "html"):
            self.call("report", "daily_brief", "--format", name)
        for args in QUERIES:
            self.call(*args)
        for form, name in FORMATS:
            self.call("export", str(self.folder / "out" / name), "--format", form)
        for command in ("status", "doctor"):
            self.call(command)

    def _compare(self, first: dict[str, str], what: str, without: Set[str] = frozenset()) -> None:
        now = digest_tables(paths.PUBLISHED_DB, without)
        differing = [table for table in first if now.get(table) != first[table]]
        if differing:
            self.faults.append(f"{what} changes {', '.join(differing)}")

    def _check_published(self) -> None:
        """Every row seen by its suite, outcomes add up; issues and quarantine are noted."""
        from newsledger.quality.checked_rows import count_unseen

        with duckdb.connect(str(paths.WORK_DB), read_only=True) as con:
            for table, count in count_unseen(con).items():
                self.faults.append(f"{count} rows of {table} are unchecked")
            rows = con.execute(
                "SELECT concat_ws(' ', stage, kind, message, place) FROM ops.issues "
                "WHERE resolved_at IS NULL ORDER BY ALL"
            ).fetchall()
            self.notes += [f"issue {text[:240]}" for (text,) in rows]
            rows = con.execute(
                "SELECT table_name, rule, column_name, count(*), any_value(value) FROM "
                "ops.quarantine WHERE NOT starts_with(rule, 'hangs on') GROUP BY ALL ORDER BY ALL"
            ).fetchall()
            self.notes += [f"quarantine {' '.join(map(str, row))[:240]}" for row in rows]


class _Ahead(datetime):
    """A clock that goes years ahead."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return super().now(tz).replace(year=datetime.now(UTC).year + YEARS_AHEAD, day=1)


@contextmanager
def clock_years_ahead() -> Iterator[None]:
    """Let the program's clock go years ahead: no row of the news may come from it."""
    readers = [
        module
        for name, module in list(sys.modules.items())
        if name.startswith("newsledger.") and vars(module).get("datetime") is datetime
    ]
    try:
        for module in readers:
            vars(module)["datetime"] = _Ahead
        yield
    finally:
        for module in readers:
            vars(module)["datetime"] = datetime


@contextmanager
def small_batches() -> Iterator[None]:
    """Let runs write a few documents at a time."""
    name = "NEWSLEDGER_BATCH_ARTICLES"
    before = os.environ.get(name)
    os.environ[name] = "7"
    try:
        yield
    finally:
        del os.environ[name]
        if before is not None:
            os.environ[name] = before


def digest_tables(database: Path, without: Set[str] = frozenset()) -> dict[str, str]:
    """Digest the rows of each table of raw and core, without what differs from run to run."""
    found = {}
    with duckdb.connect(str(database), read_only=True) as con:
        tables = con.execute(
            "SELECT schema_name, table_name, list(column_name) FROM duckdb_columns() JOIN "
            "duckdb_tables() USING (schema_name, table_name) WHERE schema_name IN ('raw', 'core') "
            "GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        for schema, table, columns in tables:
            if without and table == "actor_ids":
                continue
            listing = ", ".join(f'"{c}"' for c in sorted(set(columns) - LEFT_OUT - without))
            rows = con.execute(f"SELECT {listing} FROM {schema}.{table} ORDER BY ALL").fetchall()
            found[f"{schema}.{table}"] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return found
