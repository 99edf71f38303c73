"""The flows: the whole run, and ingest alone. The runner does the work; Prefect adds retries,
artifacts and names."""

import sys
import time
from datetime import datetime
from pathlib import Path

import flows  # sets Prefect's environment before Prefect is imported  # noqa: F401

from prefect import flow, get_run_logger  # isort: skip
from prefect.artifacts import create_table_artifact  # isort: skip

from flows.artifacts import link_report
from flows.conductor import FlowConductor, choose_task_runner
from newsledger import paths
from newsledger.errors import GateHeld, NewsledgerError
from newsledger.run.plan import RunOptions
from newsledger.run.runner import RunResult, ingest_all, run_all

LOCK_WAIT_S = 900  # a schedule waits for the run before it
FLUSH_S = 2.0  # a process that ends at once loses the history of its last tasks


@flow(
    name="ledger",
    task_runner=choose_task_runner(),
    description="Read, clean, extract, check, compare, publish and report.",
    validate_parameters=True,
)
def run_ledger(
    sources: list[str] | None = None,
    source_name: str | None = None,
    schedule_group: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int | None = None,
    force: bool = False,
    budget: str | None = None,
    report: str | None = "daily_brief",
) -> str:
    """Run every stage over the given sources, or over the switched-on rows of seeds/sources.csv.
    Returns the last line."""
    options = RunOptions(
        sources=tuple(sources or ()), source_name=source_name, schedule_group=schedule_group,
        since=_in_utc(since), until=_in_utc(until), limit=limit, force=force, budget=budget,
        report=report,
    )  # fmt: skip
    conductor = FlowConductor()
    result = run_all(options, conductor, wait_s=LOCK_WAIT_S)
    conductor.end()
    text = result.summary if result.is_changed else f"{result.summary}, nothing changed"
    return _finish(result, text)


@flow(
    name="ingest",
    task_runner=choose_task_runner(),
    description="Read, clean and extract; the next full run checks and publishes.",
)
def ingest_sources(
    sources: list[str] | None = None, schedule_group: str | None = None, limit: int | None = None
) -> str:
    """Read new documents into the work database without publishing."""
    options = RunOptions(
        sources=tuple(sources or ()), schedule_group=schedule_group, limit=limit, report=None
    )
    conductor = FlowConductor()
    result = ingest_all(options, conductor, wait_s=LOCK_WAIT_S)
    conductor.end()
    return _finish(result, result.summary)


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
    for trouble in result.troubles:
        get_run_logger().warning("source %s", trouble)
    if result.is_empty:
        raise NewsledgerError(f"nothing came in: {'; '.join(result.troubles)}")
    where = f" → {_relative(result.files[0])}" if result.files else ""
    get_run_logger().info("%s%s", summary, where)
    return f"{summary}{where}"


def _relative(path: Path) -> Path:
    return path.relative_to(paths.HOME) if path.is_relative_to(paths.HOME) else path


def main() -> None:
    """Run the flow once over the given sources; exit codes as of `newsledger run`."""
    try:
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
