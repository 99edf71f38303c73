"""Errors a user can act on. Everything else is a bug and keeps its traceback."""

import traceback
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

MAX_MISTAKES = 20  # of a file that are told at once


class NewsledgerError(Exception):
    """Carry one clear line for the user: what is wrong, where, and the cure. Ends the command with
    exit code 1."""


class SettingsError(NewsledgerError):
    """A setting, seed table or override file is wrong: names the file, the row and what was
    expected."""


def name_known(wanted: str, known: Sequence[str]) -> str:
    """Say which name was likely meant, or else which there are: the end of an error's line."""
    begun = [name for name in known if wanted and name.startswith(wanted)]
    near = begun or get_close_matches(wanted, known, n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"


def place_of(error: BaseException, folders: Iterable[Path]) -> str:
    """Tell the innermost line of the files below these folders that an exception went through, as
    `newsledger/nlp/extract.py:41`; nothing where there is none."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [(frame.filename, frame.lineno) for frame in frames]
    if isinstance(error, SyntaxError):
        lines.append((error.filename or "", error.lineno))
    for file, line in reversed(lines):
        for folder in folders:
            if Path(file).is_relative_to(folder):
                return f"{Path(file).relative_to(folder.parent).as_posix()}:{line}"
    return ""


def raise_all(mistakes: Sequence[SettingsError]) -> None:
    """Raise all mistakes of a file as one error, a line each; nothing where there is none."""
    if mistakes:
        shown = [str(mistake) for mistake in mistakes[:MAX_MISTAKES]]
        more = [f"and {len(mistakes) - MAX_MISTAKES} more"] if len(mistakes) > MAX_MISTAKES else []
        raise SettingsError("\n".join([*shown, *more]))


class RefusedDocument(Exception):
    """One document cannot be read. `reason` comes from `REFUSAL_REASONS`; the run goes on without
    it."""

    def __init__(self, reason: str, detail: str = "") -> None:
        if reason not in REFUSAL_REASONS:
            raise ValueError(f"unknown refusal reason {reason!r}; add it to REFUSAL_REASONS")
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class UnknownPipelineError(NewsledgerError):
    """The language model is not of the shape that the fast parse knows; it is used as it is."""


class StoreError(NewsledgerError):
    """The database cannot be opened, locked or written."""


class GateHeld(NewsledgerError):
    """A critical check failed: nothing was published. Ends the command with exit code 2."""


REFUSAL_REASONS = frozenset(
    {
        "empty",  # no characters but white space
        "binary",  # bytes that are no text in any form
        "encoding",  # text in an encoding that cannot be told or decoded
        "too_large",  # over the size limit
        "too_deep",  # nested or expanding archive, over the limit
        "unreadable",  # the file system refused
        "unknown_format",  # no ingest format claims it
        "malformed",  # the format claims it, but it does not parse
        "no_body",  # parsed, but no article text in it
        "unsafe_path",  # an archive member that would escape
        "missing_column",  # a table without the mapped columns
        "fetch_failed",  # network error, time limit or HTTP status
        "disallowed",  # robots.txt, or a private address
    }
)
