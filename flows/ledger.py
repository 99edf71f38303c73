"""The flows: the whole run, and ingest alone. The runner does the work; Prefect adds retries,
artifacts and names."""

import os
import sys
import time
import urllib.request
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

import flows  # sets Prefect's environment before Prefect is imported  # noqa: F401

from prefect import flow, get_run_logger  # isort: skip
from prefect.artifacts import create_table_artifact  # isort: skip

from flows.artifacts import link_report, tell_trouble
from flows.conductor import (
    SERVER_WAIT_S,
    FlowConductor,
    choose_task_runner,
    require_scheduler,
)
from flows.secrets import load_secrets
from newsledger import paths
from newsledger.errors import GateHeld, NewsledgerError
from newsledger.ingest.sources import list_sources
from newsledger.run.conductor import RunResult
from newsledger.run.plan import RunOptions
from newsledger.run.runner import ingest_all, run_all

LOCK_WAIT_S = 900  # a schedule waits for the run before it
FLUSH_S = 2.0  # a process that ends at once loses the history of its last tasks


Group = Literal["hourly", "daily", "weekly"]
Count = Annotated[int, Field(ge=0)]


@flow(
    name="ledger",
    task_runner=choose_task_runner(),
    description="Read, clean, extract, check, compare, publish and report: `newsledger run` as a "
    "flow. A second run over the same input changes nothing.",
    validate_parameters=True,
)
def run_ledger(
    sources: list[str] | None = None,
    source_name: str | None = None,
    schedule_group: Group | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: Count | None = None,
    force: bool = False,
    budget: str | None = None,
    report: str | None = "daily_brief",
) -> str:
    """Run every stage over the given sources, or over the switched-on rows of seeds/sources.csv.

    Returns the last line. Raises `GateHeld` where the gate held, `NewsledgerError` where a stage
    failed or nothing came in; what is published stays as it was, and an artifact says why. Prefect
    shows what follows beside each parameter.

    Args:
        sources: Files, folders, archives or addresses. Empty: the switched-on rows of
            seeds/sources.csv.
        source_name: Only this row of seeds/sources.csv, by its name.
        schedule_group: Only the rows of seeds/sources.csv with this schedule_group.
        since: Only articles published at or after this time (UTC, or with a zone).
        until: Only articles published before this time (UTC, or with a zone).
        limit: At most so many new documents.
        force: Read all stored documents again, with the code of today.
        budget: For stored documents whose code or seeds have changed: 30m (minutes), 500
            (articles) or all. Empty: the setting `budget`.
        report: Report to write at the end: a folder of reports/. Empty, or `none`: none.
    """
    options = RunOptions(
        sources=tuple(sources or ()), source_name=source_name, schedule_group=schedule_group,
        since=_in_utc(since), until=_in_utc(until), limit=limit, force=force, budget=budget,
        report=None if report == "none" else report,
    )  # fmt: skip
    result = _carry_out(run_all, options)
    text = result.summary if result.is_changed else f"{result.summary}, nothing changed"
    return _finish(result, text)


@flow(
    name="ingest",
    task_runner=choose_task_runner(),
    description="Read, clean and extract: `newsledger ingest` as a flow. The next full run checks "
    "and publishes.",
    validate_parameters=True,
)
def ingest_sources(
    sources: list[str] | None = None,
    schedule_group: Group | None = None,
    limit: Count | None = None,
) -> str:
    """Read new documents into the work database without publishing. Returns the last line.

    Args:
        sources: Files, folders, archives or addresses. Empty: the switched-on rows of
            seeds/sources.csv.
        schedule_group: Only the rows of seeds/sources.csv with this schedule_group.
        limit: At most so many new documents.
    """
    options = RunOptions(
        sources=tuple(sources or ()), schedule_group=schedule_group, limit=limit, report=None
    )
    result = _carry_out(ingest_all, options)
    return _finish(result, result.summary)


def _carry_out(work: Callable[..., RunResult], options: RunOptions) -> RunResult:
    """Let the runner work; a run that is held or fails leaves an artifact that says why."""
    conductor = FlowConductor()
    rows = list_sources(
        options.sources, name=options.source_name, schedule_group=options.schedule_group
    )
    load_secrets(rows)
    try:
        result = work(options, conductor, wait_s=LOCK_WAIT_S)
    except NewsledgerError as error:
        tell_trouble("held" if isinstance(error, GateHeld) else "failed", str(error))
        raise
    conductor.end()
    return result


def _in_utc(moment: datetime | None) -> datetime | None:
    from datetime import UTC

    if moment is None or moment.tzinfo is None:
        return moment
    return moment.astimezone(UTC).replace(tzinfo=None)


def _finish(result: RunResult, summary: str) -> str:
    """Leave the artifacts of the run and say in one line what it did. Raises `NewsledgerError`
    where nothing came in and a source failed."""
    counts = result.counts
    table = [
        {"what": name, "count": value}
        for name, value in (
            ("documents read", counts.documents), ("articles", counts.articles),
            ("duplicates", counts.duplicates), ("refused", counts.refused_count),
            ("failed", counts.failed), ("claims", counts.claims), ("read again", counts.renewed),
            ("stale", counts.stale), ("sources that failed", counts.failed_sources),
            ("checks warned", counts.checks_warned), ("rows in quarantine", counts.quarantined),
        )
    ]  # fmt: skip
    create_table_artifact(table, key="newsledger-counts", description=summary)
    if result.files:
        link_report(result.files, "newsledger-brief")
    if result.is_empty:
        error = NewsledgerError(f"nothing came in: {'; '.join(result.troubles)}")
        tell_trouble("failed", str(error))
        raise error
    where = f" → {_relative(result.files[0])}" if result.files else ""
    get_run_logger().info("%s%s", summary, where)
    return f"{summary}{where}"


def _relative(path: Path) -> Path:
    return path.relative_to(paths.HOME) if path.is_relative_to(paths.HOME) else path


def require_server() -> None:
    """Raise `NewsledgerError` where PREFECT_API_URL names a server that does not answer."""
    url = os.environ.get("PREFECT_API_URL")
    if not url:
        return
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/health", timeout=SERVER_WAIT_S):
            return
    except (OSError, ValueError) as error:
        raise NewsledgerError(
            f"the Prefect server at {url} does not answer ({error}): start it, or unset "
            "PREFECT_API_URL"
        ) from None


def main() -> None:
    """Run the flow once over the given sources; exit codes as of `newsledger run`."""
    try:
        require_server()
        require_scheduler()
        print(run_ledger(sources=sys.argv[1:] or None))
    except GateHeld as error:
        print(f"newsledger: {error}", file=sys.stderr)
        sys.exit(2)
    except NewsledgerError as error:
        print(f"newsledger: {error}", file=sys.stderr)
        sys.exit(1)
    finally:
        time.sleep(FLUSH_S)


if __name__ == "__main__":
    main()
