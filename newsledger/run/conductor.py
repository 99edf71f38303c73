"""How the work of stages is carried out, and what comes of a run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from newsledger.model.records import Article
from newsledger.run.log import open_log
from newsledger.run.plan import Counts
from newsledger.stages.extract import Extract, Extracted

T = TypeVar("T")


class Conductor:
    """How the work of a stage is carried out: here and now. A flow gives it to Prefect's tasks."""

    def call(self, stage: str, work: Callable[[], T]) -> T:
        """Carry out one piece of work of a stage."""
        return work()

    def extract(self, stage: Extract, articles: Sequence[Article], run_id: str) -> Extracted:
        """Extract the articles of one batch."""
        return self.call("extract", lambda: stage.run(articles, open_log(run_id, "extract")))

    def tell(self, counts: Counts) -> None:
        """Tell how far a run is, after each batch."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """How a run ended. `files` are the report's, the PDF first; `is_changed` is false where there
    was nothing new."""

    run_id: str
    summary: str
    counts: Counts
    files: tuple[Path, ...] = ()
    is_changed: bool = True
    troubles: tuple[str, ...] = ()  # sources that failed, one line each
    is_empty: bool = False  # nothing came in, and a source failed
    is_final: bool = False  # nothing is left to do, and no address was asked
