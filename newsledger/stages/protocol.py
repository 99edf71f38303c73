"""What every stage has, and what goes wrong in it with one document."""

import logging
from dataclasses import dataclass
from typing import Protocol, TypeVar

from newsledger.errors import place_of
from newsledger.paths import CODE_ROOT

Scope = TypeVar("Scope", contravariant=True)
Result = TypeVar("Result", covariant=True)
Log = logging.Logger | logging.LoggerAdapter[logging.Logger]
MAX_MESSAGE = 300


class Stage(Protocol[Scope, Result]):
    """One step of a run."""

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]

    def fingerprint(self) -> str:
        """Digest of the code, seeds and weights that make its rows, and of what it stands on."""
        ...

    def run(self, scope: Scope, log: Log) -> Result:
        """Do the work over the scope; what one document breaks comes back in the result."""
        ...


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong with one document, article or source, and cost only that."""

    stage: str
    kind: str  # class of the exception, or what else happened: `TimeLimit`, `silent`
    message: str
    place: str = ""  # file and line of the code
    document_id: str | None = None
    article_id: str | None = None
    source_name: str | None = None

    @classmethod
    def of(cls, stage: str, error: BaseException, **owner: str | None) -> "Failure":
        """Tell an exception: its class, first line, and the innermost line of the project's own."""
        lines = str(error).strip().splitlines()
        message = lines[0][:MAX_MESSAGE] if lines else ""
        place = place_of(error, [CODE_ROOT / "newsledger"])
        return cls(stage, type(error).__name__, message, place, **owner)
