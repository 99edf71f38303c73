"""The one entry point: files, directories, archives, addresses or standard input, as documents and
refusals."""

import os
import re
import stat
import sys
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from newsledger.errors import RefusedDocument
from newsledger.ingest.formats import read_file
from newsledger.ingest.input_file import Reading, file_of_bytes, file_of_path, uri_of_path
from newsledger.ingest.secrets import headers_of
from newsledger.ingest.sources import Source
from newsledger.model.records import RawDocument, Reject
from newsledger.settings import Settings

if TYPE_CHECKING:
    from newsledger.ingest.fetch import Fetcher

_URL = re.compile(r"https?://", re.IGNORECASE)
_SKIPPED = frozenset({"README.md", "__MACOSX", "Thumbs.db", "desktop.ini"})


def read_sources(
    sources: Iterable[str | Path | Source],
    settings: Settings,
    *,
    known: Container[str] = frozenset(),
    source_name: str | None = None,
    column_map: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    fetcher: "Fetcher | None" = None,
) -> Iterator[RawDocument | Reject]:
    """Read sources lazily, one document at a time, in a stable order: a directory is walked by
    name.

    A source is a path, an `http(s)` address, `-` for standard input, or a row of seeds/sources.csv.
    `known` holds the ids of documents that need not come again. What cannot be read is a `Reject`;
    everything else is still read.
    """
    from newsledger.ingest.fetch import Fetcher

    with nullcontext(fetcher) if fetcher else Fetcher(settings) as client:
        for item in sources:
            source = (
                item
                if isinstance(item, Source)
                else Source(name=source_name, uri=str(item), column_map=dict(column_map or {}))
            )
            reading = Reading(
                settings=settings,
                known=known,
                source_name=source.name,
                outlet=source.outlet,
                column_map=source.column_map,
                fetcher=client,
            )
            yield from _read_source(source, reading, stdin)


def _read_source(
    source: Source, reading: Reading, stdin: BinaryIO | None
) -> Iterator[RawDocument | Reject]:
    if source.uri == "-":
        yield from _read_stdin(source, reading, stdin or sys.stdin.buffer)
    elif _URL.match(source.uri):
        assert reading.fetcher is not None
        reading.fetcher.send(headers_of(source.name), source.uri)
        yield from reading.fetcher.read_url(
            source.uri, reading, format_name=source.format, is_source=True
        )
    else:
        yield from _read_path(Path(source.uri), source.format, reading)


def _read_stdin(
    source: Source, reading: Reading, stdin: BinaryIO
) -> Iterator[RawDocument | Reject]:
    limit = reading.max_archive_bytes
    content = stdin.read(limit + 1)
    if len(content) > limit:
        yield from reading.refuse(
            "stdin", RefusedDocument("too_large", f"more than {reading.settings.max_archive_mb} MB")
        )
        return
    yield from read_file(
        file_of_bytes("stdin", "", content, reading.started_at, format=source.format), reading
    )


def _read_path(
    path: Path, format_name: str | None, reading: Reading
) -> Iterator[RawDocument | Reject]:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            yield from _walk(path, format_name, reading, frozenset(), path.resolve())
            return
        if not stat.S_ISREG(mode):
            raise RefusedDocument("unreadable", "not a regular file")
        file = file_of_path(path, format=format_name)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        detail = getattr(error, "strerror", None) or str(error)
        yield from reading.refuse(uri_of_path(path), RefusedDocument("unreadable", detail))
    except RefusedDocument as refusal:
        yield from reading.refuse(uri_of_path(path), refusal)
    else:
        yield from read_file(file, reading)


def _walk(
    folder: Path,
    format_name: str | None,
    reading: Reading,
    above: frozenset[tuple[int, int]],
    root: Path,
) -> Iterator[RawDocument | Reject]:
    """Read a directory by name, files and directories mixed; a link back to a directory above is
    not followed, and one that leads out of `root` is refused."""
    try:
        found = os.stat(folder)
        if (key := (found.st_dev, found.st_ino)) in above:
            return
        with os.scandir(folder) as entries:
            names = sorted(
                entry.name
                for entry in entries
                if not entry.name.startswith(".") and entry.name not in _SKIPPED
            )
    except OSError as error:
        yield from reading.refuse(
            uri_of_path(folder), RefusedDocument("unreadable", error.strerror or str(error))
        )
        return
    for name in names:
        path = folder / name
        if path.is_symlink() and not _leads_inside(path, root):
            refusal = RefusedDocument("unsafe_path", "a link that leads out of the folder")
            yield from reading.refuse(uri_of_path(path), refusal)
        elif path.is_dir():
            yield from _walk(path, format_name, reading, above | {key}, root)
        else:
            yield from _read_path(path, format_name, reading)


def _leads_inside(link: Path, root: Path) -> bool:
    """Whether a link leads to something inside a folder; a link that leads nowhere does, and is
    told as such."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return True
    return target.is_relative_to(root)
