"""How many documents sources may hold, for progress: files are counted, nothing is read whole."""

import os
from collections.abc import Iterable
from pathlib import Path

from newsledger.ingest.sources import Source

MAX_COUNTED_BYTES = 200_000_000  # of a file whose lines are counted; a larger one is guessed at
_CHUNK = 1 << 20
_BY_LINE = {".jsonl", ".ndjson"}


def count_expected(sources: Iterable[Source], limit: int | None = None) -> int:
    """Count the documents that sources may hold, known ones too, at most `limit`: files of folders,
    lines of JSONL, one for anything else (archives and feeds hold more)."""
    found = sum(_count(source.uri) for source in sources)
    return found if limit is None else min(found, limit)


def _count(uri: str) -> int:
    path = Path(uri)
    if "://" in uri or uri == "-" or not path.is_dir():
        return _count_file(path) if path.is_file() else 1
    found = 0
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += sum(_count_file(Path(folder, name)) for name in names if name[:1] != ".")
    return found


def _count_file(path: Path) -> int:
    if path.suffix.lower() not in _BY_LINE:
        return 1
    lines = read = 0
    try:
        with path.open("rb") as file:
            while (chunk := file.read(_CHUNK)) and read < MAX_COUNTED_BYTES:
                lines += chunk.count(b"\n")
                read += len(chunk)
        size = path.stat().st_size
    except OSError:
        return 1  # reading says what is wrong with it
    return max(1, round(lines * max(1.0, size / read))) if read else 1
