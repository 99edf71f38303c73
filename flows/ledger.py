"""The flows: the whole run, ingest alone, and a report alone. One task a batch or stage, never one
an article."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import flows  # sets Prefect's environment before Prefect is imported  # noqa: F401

from prefect import flow, get_run_logger, task  # isort: skip
from prefect.artifacts import (
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)  # isort: skip

from prefect.cache_policies import NO_CACHE  # isort: skip

from flows.artifacts import link_report
from newsledger import paths
from newsledger.errors import GateHeld, NewsledgerError
from newsledger.model.records import Article, Extraction, RawDocument, Reject
from newsledger.run import pipeline
from newsledger.run.pipeline import Batch, Run, RunOptions
from newsledger.store.database import open_work, run_lock

LOCK_WAIT_S = 900  # a schedule waits for the run before it
PART_ARTICLES = 16  # articles of a part that one Dask worker reads
FLUSH_S = 2.0  # a process that ends at once loses the history of its last tasks

_stage: dict[str, Any] = {"cache_policy": NO_CACHE, "persist_result": False}


@task(name="ingest", retries=2, retry_delay_seconds=[2, 10], **_stage)
def ingest_batch(
    run: Run, batches: Iterator[list[RawDocument | Reject]]
) -> list[RawDocument | Reject]:
    """Read the next batch of documents; empty at the end."""
    return next(batches, [])


@task(name="clean", **_stage)
def clean_batch(run: Run, found: Sequence[RawDocument | Reject]) -> Batch:
    return pipeline.clean(run, found)


@task(name="extract", retries=1, **_stage)
def extract_batch(run: Run, batch: Batch) -> tuple[Extraction, ...]:
    return pipeline.extract(run, batch)


@task(name="extract-part", retries=1, **_stage)
def extract_part(articles: tuple[Article, ...]) -> tuple[Extraction, ...]:
    """Read one part of a batch on a Dask worker; values in, values out, no database."""
    from newsledger.nlp.extract import extract_articles

    return tuple(extract_articles(articles))


def extract_on_workers(batch: Batch) -> tuple[Extraction, ...]:
    """Share a batch out over the workers, in parts, and put the results together in order; the flow
    stays the only writer."""
    parts = [
        batch.articles[i : i + PART_ARTICLES] for i in range(0, len(batch.articles), PART_ARTICLES)
    ]
    return tuple(extraction for future in extract_part.map(parts) for extraction in future.result())


@task(name="transform", retries=2, retry_delay_seconds=[2, 10], **_stage)
def transform_batch(run: Run, batch: Batch, extractions: tuple[Extraction, ...]) -> None:
    """Build the frames of one batch and write them in one transaction."""
    pipeline.write(run, batch, pipeline.transform(run, batch, extractions))


@task(name="check", **_stage)
def settle_ledger(run: Run) -> None:
    """Check, quarantine and compare; raises `GateHeld`."""
    pipeline.settle(run)


@task(name="publish", retries=2, retry_delay_seconds=[2, 10], **_stage)
def publish_ledger(run: Run) -> Path:
    return pipeline.publish(run)


@task(name="report", retries=1, **_stage)
def write_report(run: Run) -> list[Path]:
    return pipeline.report(run)


def _task_runner() -> Any:
    """Dask where NEWSLEDGER_DASK names a scheduler, or is `local`; else Prefect's own threads."""
    address = os.environ.get("NEWSLEDGER_DASK")
    if not address:
        return None
    from prefect_dask import DaskTaskRunner

    return DaskTaskRunner() if address == "local" else DaskTaskRunner(address=address)


@flow(
    name="ledger",
    task_runner=_task_runner(),
    description="Ingest, clean, extract, transform, check, publish and report.",
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
    report: str | None = "daily_brief",
) -> str:
    """Run every step over the given sources, or over the switched-on rows of seeds/sources.csv.
    Returns the last line."""
    options = RunOptions(
        sources=tuple(sources or ()), source_name=source_name, schedule_group=schedule_group, since=since, until=until,
        limit=limit, force=force, report=report,
    )  # fmt: skip
    with _open_run(options) as run:
        _read_batches(run)
        if not run.is_recorded and pipeline.is_up_to_date(run.con):
            files = pipeline.newest_report()
            return _finish(run, "nothing new, nothing changed", files)
        settle_ledger(run)
        publish_ledger(run)
        files = write_report(run)
        return _finish(run, pipeline.summarise(run), files)


@flow(
    name="ingest",
    description="Ingest, clean, extract and transform; the next full run checks and publishes.",
)
def ingest_sources(
    sources: list[str] | None = None, schedule_group: str | None = None, limit: int | None = None
) -> str:
    """Read new documents into the work database without publishing."""
    options = RunOptions(
        sources=tuple(sources or ()), schedule_group=schedule_group, limit=limit, report=None
    )
    with _open_run(options) as run:
        _read_batches(run)
        if run.is_recorded:
            pipeline.record_end(run, "ingested")
        return _finish(run, pipeline.summarise(run), [])


@contextmanager
def _open_run(options: RunOptions) -> Iterator[Run]:
    with run_lock(wait_s=LOCK_WAIT_S), open_work() as con:
        run = Run(con, options)
        try:
            yield run
        except GateHeld:
            raise
        except Exception:
            pipeline.record_failure(run)
            raise


def _read_batches(run: Run) -> None:
    batches = pipeline.ingest(run)
    progress: Any = create_progress_artifact(
        progress=0.0, key="newsledger-progress", description="Documents read so far, in batches"
    )
    done = 0
    while found := ingest_batch(run, batches):
        batch = clean_batch(run, found)
        extractions = (
            extract_on_workers(batch)
            if os.environ.get("NEWSLEDGER_DASK")
            else extract_batch(run, batch)
        )
        transform_batch(run, batch, extractions)
        done += 1
        update_progress_artifact(
            progress, progress=100.0 * (1 - 0.5**done)
        )  # the number of batches is not known beforehand
    update_progress_artifact(progress, progress=100.0)


def _finish(run: Run, summary: str, files: Sequence[Path]) -> str:
    """Leave the artifacts of the run and say in one line what it did."""
    counts = run.counts
    table = [
        {"what": name, "count": value}
        for name, value in (
            ("documents read", counts.documents), ("articles", counts.articles), ("duplicates", counts.duplicates),
            ("refused", counts.refused_count), ("claims", counts.claims), ("critical checks failed", counts.checks_failed),
            ("checks warned", counts.checks_warned), ("rows quarantined", counts.quarantined),
        )
    ]  # fmt: skip
    create_table_artifact(table, key="newsledger-counts", description=summary)
    if files:
        link_report(files, "newsledger-brief")
    where = f" → {_relative(files[0])}" if files else ""
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
