"""The record of a run: its row in `ops.runs`, its steps, and its last line."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsledger import __version__
from newsledger.run.plan import Counts

if TYPE_CHECKING:
    import duckdb


@dataclass(slots=True)
class Step:
    """How long a step took so far, and how many rows or documents it handled."""

    started_at: datetime
    seconds: float = 0.0
    row_count: int = 0


def now() -> datetime:
    """The time, UTC, as the tables keep it."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


class Record:
    """What is written about one run."""

    def __init__(self, con: "duckdb.DuckDBPyConnection") -> None:
        self.con = con
        self.started_at = now()
        self.run_id = f"run_{self.started_at:%Y%m%dT%H%M%S}_{secrets.token_hex(2)}"
        self.counts = Counts()
        self.steps: dict[str, Step] = {}
        self.is_started = False
        self.stage = "read"  # at work
        self._inside = 0.0  # seconds of the steps inside the one at work

    @contextmanager
    def timed(self, name: str, rows: int = 0) -> Iterator[Step]:
        """Add the duration of a step without that of steps inside it, and the rows it handled."""
        step = self.steps.setdefault(name, Step(now()))
        self.stage = name
        start, before, self._inside = time.perf_counter(), self._inside, 0.0
        try:
            yield step
        finally:
            seconds = time.perf_counter() - start
            step.seconds += seconds - self._inside
            self._inside = before + seconds
            step.row_count += rows

    def start(self) -> None:
        """Write the run's row once, with the first thing it changes: a run that changes nothing
        leaves no row."""
        from newsledger.nlp.parse.model import find_model

        if self.is_started:
            return
        _, model, version = find_model()
        self.con.execute(
            "INSERT INTO ops.runs BY NAME SELECT ? AS run_id, ? AS started_at, "
            "'running' AS status, ? AS version, ? AS model",
            [self.run_id, self.started_at, __version__, f"{model} {version}"],
        )
        self.is_started = True

    def end(self, status: str) -> None:
        """Close the run's row: counts, steps and the last line."""
        counts = self.counts
        self.con.execute(
            "UPDATE ops.runs SET ended_at = ?, status = ?, documents_read = ?, articles = ?, "
            "duplicates = ?, refused = ?, failed = ?, claims = ?, checks_failed = ?, "
            "checks_warned = ?, summary = ? WHERE run_id = ?",
            [
                now(), status, counts.documents, counts.articles, counts.duplicates,
                counts.refused_count, counts.failed, counts.claims, counts.checks_failed,
                counts.checks_warned, describe_counts(counts), self.run_id,
            ],
        )  # fmt: skip
        self.con.execute("DELETE FROM ops.run_steps WHERE run_id = ?", [self.run_id])
        for name, step in self.steps.items():
            row = [self.run_id, name, step.started_at, round(step.seconds, 3), step.row_count]
            self.con.execute("INSERT INTO ops.run_steps VALUES (?, ?, ?, ?, ?)", row)

    def end_failed(self) -> None:
        """Mark the run as failed, if nothing of it was published and the database still takes a
        write; what was committed before stays, and the next run goes on from there."""
        import duckdb

        try:
            row = self.con.execute(
                "SELECT status FROM ops.runs WHERE run_id = ?", [self.run_id]
            ).fetchone()
            if row == ("running",) or (row and self.stage == "publish"):
                self.end("failed")
        except duckdb.Error:
            return


def mark_killed(con: "duckdb.DuckDBPyConnection") -> None:
    """Mark runs that never ended as killed. The caller holds the run lock: none of them lives."""
    con.execute("UPDATE ops.runs SET status = 'killed' WHERE status = 'running'")


def describe_counts(counts: Counts) -> str:
    """Say in one line what a run read and found: `12 documents read, 1 refused (encoding), 431
    claims, 2 checks warned`."""
    refused = f"refused ({', '.join(sorted(counts.refused))})"
    parts = [
        plural(counts.documents, "document") + " read",
        _some(counts.duplicates, plural(counts.duplicates, "duplicate")),
        _some(counts.refused_count, f"{counts.refused_count:,} {refused}"),
        _some(counts.failed, f"{counts.failed:,} failed (`newsledger status` says where)"),
        _some(counts.out_of_window, f"{counts.out_of_window:,} outside the time window"),
        _some(counts.not_english, f"{counts.not_english:,} not in English"),
        _some(counts.renewed, f"{counts.renewed:,} read again"),
        _some(counts.stale, f"{counts.stale:,} stale"),
        _some(counts.kept, f"{counts.kept:,} kept as they are (their pages were dropped)"),
        _some(counts.failed_sources, plural(counts.failed_sources, "source") + " failed"),
        plural(counts.claims, "claim"),
        _some(counts.quarantined, plural(counts.quarantined, "row") + " in quarantine"),
        _some(counts.checks_failed, plural(counts.checks_failed, "check") + " failed"),
        plural(counts.checks_warned, "check") + " warned",
    ]
    return ", ".join(part for part in parts if part)


def _some(count: int, text: str) -> str:
    return text if count else ""


def plural(count: int, noun: str) -> str:
    """Count something: `1 claim`, `2,431 claims`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def find_published_run(con: "duckdb.DuckDBPyConnection") -> "tuple[str, datetime]":
    """Find the newest run that was published: its id, and when it began."""
    row = con.execute(
        "SELECT run_id, started_at FROM ops.runs WHERE status = 'done' "
        "ORDER BY started_at DESC, run_id DESC LIMIT 1"
    ).fetchall()[0]
    return str(row[0]), row[1]
