"""One file packed with gzip, bzip2 or xz."""

from collections.abc import Iterator

from newsledger.ingest.input_file import (
    HEAD_BYTES,
    Budget,
    InputFile,
    Reading,
    file_inside,
    keep_content,
)
from newsledger.ingest.unpack import MAGIC, budget_of, read_inside, unpack
from newsledger.model.records import RawDocument, Reject

SUFFIXES = (".gz", ".bz2", ".xz")
MEDIA_TYPES = ("application/gzip", "application/x-gzip", "application/x-bzip2", "application/x-xz")


def claims(head: bytes, plain: bytes) -> bool:
    """Whether it begins as one of the packers' files does."""
    return head.startswith(tuple(MAGIC))


def read(file: InputFile, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Unpack it and read what is in it; a packed WARC or tar has readers of its own, which lose
    less when it is broken."""
    from newsledger.ingest import tar, warc

    budget = budget_of(file, reading)
    with file.open() as stream:
        head = unpack(stream, file.read_head(), Budget(budget.max_bytes)).read(HEAD_BYTES)
    for module in (warc, tar):
        if module.claims(head, head):
            yield from module.read(file, reading)
            return
    with file.open() as stream:
        name = file.name[: -len(suffix)] if (suffix := _suffix(file.name)) else file.name
        kept = keep_content(unpack(stream, file.read_head(), budget))
    with kept:
        yield from read_inside(file_inside(file, name or "content", kept, budget), reading)


def _suffix(name: str) -> str:
    return next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), "")
