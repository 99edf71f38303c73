"""What the archive formats share: unpacking with limits, safe names, and reading what is inside."""

import bz2
import gzip
import io
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from newsledger.errors import RefusedDocument
from newsledger.ingest.input_file import MAX_DEPTH, Budget, InputFile, Reading
from newsledger.model.records import RawDocument, Reject

MAGIC = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz"}
UNPACK_ERRORS = (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError)
_DRIVE = re.compile(r"[A-Za-z]:")
_PASSED_OVER = ("__MACOSX", "Thumbs.db", "desktop.ini")


class Limited(io.RawIOBase):
    """A stream that counts what is read from it against a budget, and says in our words that it is
    broken."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._stream, self._budget = stream, budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            content = self._stream.read(len(buffer))
        except UNPACK_ERRORS as error:
            raise RefusedDocument("malformed", f"broken compressed data: {error}") from None
        self._budget.spend(len(content))
        buffer[: len(content)] = content
        return len(content)


def unpack(stream: BinaryIO, head: bytes, budget: Budget) -> BinaryIO:
    """Unpack a gzip, bzip2 or xz stream as it is read; anything else is read as it is."""
    kind = next((kind for magic, kind in MAGIC.items() if head.startswith(magic)), None)
    openers: dict[str, Callable[[BinaryIO], Any]] = {
        "gzip": gzip.open,
        "bzip2": bz2.open,
        "xz": lzma.open,
    }
    inner: Any = openers[kind](stream) if kind else stream
    return cast(BinaryIO, io.BufferedReader(Limited(inner, budget), 1 << 16))


def budget_of(file: InputFile, reading: Reading) -> Budget:
    """Take the budget of the outermost archive. Raises `RefusedDocument` for an archive too deep
    inside others, or too large."""
    if file.depth >= MAX_DEPTH:
        raise RefusedDocument("too_deep", f"more than {MAX_DEPTH} archives inside each other")
    if file.size is not None and file.size > reading.max_archive_bytes:
        raise RefusedDocument(
            "too_large",
            f"archive of {file.size / 1e6:,.0f} MB, limit {reading.settings.max_archive_mb} MB",
        )
    return file.budget or Budget(reading.max_archive_bytes)


def is_passed_over(name: str) -> bool:
    """Whether a member is a directory, hidden, or what file managers leave behind."""
    parts = name.replace("\\", "/").split("/")
    return name.endswith("/") or any(
        part in _PASSED_OVER or (part.startswith(".") and part.strip(".")) for part in parts
    )


def check_member_name(name: str) -> None:
    """Raises `RefusedDocument("unsafe_path")` for a name that would leave the archive's folder."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or _DRIVE.match(name) or "\0" in name:
        raise RefusedDocument("unsafe_path", f"{name[:200]!r} would leave the archive's folder")


def read_inside(file: InputFile, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Read a file that was found inside another one."""
    from newsledger.ingest.formats import read_file

    yield from read_file(file, reading)
