"""The conductor of a flow: the work of each stage as a Prefect task, with its retries; the articles
of a batch shared out over Dask where there is one."""

import socket
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any, TypeVar
from urllib.parse import urlsplit

import flows  # sets Prefect's environment before Prefect is imported  # noqa: F401

from prefect import task  # isort: skip
from prefect.artifacts import create_progress_artifact, update_progress_artifact  # isort: skip
from prefect.cache_policies import NO_CACHE  # isort: skip
from prefect.context import FlowRunContext  # isort: skip

from flows.on_dask import extract_on_dask
from newsledger.errors import NewsledgerError
from newsledger.model.records import Article
from newsledger.run.conductor import Conductor
from newsledger.run.plan import Counts
from newsledger.settings import read_settings
from newsledger.stages.extract import Extract, Extracted

T = TypeVar("T")
SERVER_WAIT_S = 10.0  # for a server or a scheduler that is named
RETRIES: dict[str, list[float]] = {
    "read": [], "clean": [2], "extract": [2], "write": [2, 10], "check": [], "publish": [2, 10],
    "report": [2],
}  # fmt: skip
"""Seconds before each further attempt. Reading tries each source again by itself; a gate that holds
holds."""
STAGES = {
    "read": "Take the next documents from the sources.",
    "clean": "Turn pages into articles: headline, byline, time, body, the role of each line.",
    "extract": "Find actors, places, dates and claims.",
    "write": "Write one batch into the work database, in one transaction.",
    "check": "Check every row, and compare articles with one another.",
    "publish": "Put the checked state in the place of the published database.",
    "report": "Write the report from the published database.",
}
READING = 85.0  # per cent of the progress that reading fills: most of a run of anything new
AFTER_READING = {"check": 85.0, "publish": 93.0, "report": 97.0}
"""Per cent done when a later stage begins."""


def _is_worth_retrying(_task: Any, _run: Any, state: Any) -> bool:
    """An error with a cure for the user is none that goes away by itself."""
    error = state.result(raise_on_failure=False)
    return not isinstance(error, NewsledgerError)


def make_task(stage: str, work: Callable[..., T]) -> Any:
    """Wrap the work of a stage as a task of that name."""
    delays = RETRIES[stage]
    return task(
        name=stage,
        description=STAGES[stage],
        tags=["newsledger"],
        retries=len(delays),
        retry_delay_seconds=delays or None,
        retry_condition_fn=_is_worth_retrying,
        cache_policy=NO_CACHE,
        persist_result=False,
    )(work)


class FlowConductor(Conductor):
    """Carries out the work of stages as tasks, and tells how far the run is."""

    def __init__(self) -> None:
        """Raises `NewsledgerError` where Dask is wanted and the extra is not installed."""
        if read_settings().dask and not find_spec("prefect_dask"):
            raise NewsledgerError(
                "dask is set, and the extra is not installed: pip install 'newsledger[dask]'"
            )
        self.progress: Any = create_progress_artifact(
            progress=0.0, key="newsledger-progress", description="Nothing read yet"
        )
        self.counts = Counts()

    def call(self, stage: str, work: Callable[[], T]) -> T:
        """Carry out one piece of work as a task."""
        if stage in AFTER_READING:
            self._show(AFTER_READING[stage], f"{self._describe()}; {stage}")
        found: T = make_task(stage, work)()
        return found

    def extract(self, stage: Extract, articles: Sequence[Article], run_id: str) -> Extracted:
        """Extract one batch, in parts on Dask's workers where there are any; this process stays the
        only writer."""
        if not read_settings().dask:
            return super().extract(stage, articles, run_id)
        runner: Any = FlowRunContext.get().task_runner  # type: ignore[union-attr]
        return self.call("extract", lambda: extract_on_dask(runner.client, articles))

    def tell(self, counts: Counts) -> None:
        """Move the progress on by the share of the expected documents that were seen."""
        self.counts = counts
        self._show(READING * counts.share, self._describe())

    def end(self) -> None:
        """Fill the progress."""
        self._show(100.0, self._describe())

    def _describe(self) -> str:
        counts = self.counts
        return f"{counts.seen:,} of {max(counts.expected, counts.seen):,} documents"

    def _show(self, progress: float, description: str) -> None:
        update_progress_artifact(self.progress, progress=progress, description=description)


def require_scheduler() -> None:
    """Raise `NewsledgerError` where the setting `dask` names a scheduler that does not answer."""
    address = read_settings().dask
    if address in {"", "local"}:
        return
    parts = urlsplit(address if "//" in address else f"tcp://{address}")
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 8786), SERVER_WAIT_S):
            return
    except (OSError, ValueError) as error:
        raise NewsledgerError(
            f"the Dask scheduler at {address} does not answer ({error}): start it, or unset the "
            "setting dask"
        ) from None


def choose_task_runner() -> Any:
    """Dask where the setting `dask` names a scheduler, or is `local`; else Prefect's own
    threads."""
    address = read_settings().dask
    if not address or not find_spec("prefect_dask"):
        return None  # a flow that starts without the extra says so
    from prefect_dask import DaskTaskRunner

    return DaskTaskRunner() if address == "local" else DaskTaskRunner(address=address)
