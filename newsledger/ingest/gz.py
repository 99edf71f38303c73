"""One file packed with gzip, bzip2 or xz."""

from collections.abc import Iterator

from newsledger.ingest.carrier import (
    HEAD_BYTES,
    Budget,
    Carrier,
    Reading,
    carrier_inside,
    keep_content,
)
from newsledger.ingest.unpack import MAGIC, budget_of, read_inside, unpack
from newsledger.model.records import RawDocument, Reject

SUFFIXES = (".gz", ".bz2", ".xz")
MEDIA_TYPES = ("application/gzip", "application/x-gzip", "application/x-bzip2", "application/x-xz")


def claims(head: bytes, plain: bytes) -> bool:
    """Whether it begins as one of the packers' files does."""
    return head.startswith(tuple(MAGIC))


def read(carrier: Carrier, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Unpack it and read what is in it; a packed WARC or tar has readers of its own, which lose
    less when it is broken."""
    from newsledger.ingest import tar, warc

    budget = budget_of(carrier, reading)
    with carrier.open() as stream:
        head = unpack(stream, carrier.read_head(), Budget(budget.max_bytes)).read(HEAD_BYTES)
    for module in (warc, tar):
        if module.claims(head, head):
            yield from module.read(carrier, reading)
            return
    with carrier.open() as stream:
        name = carrier.name[: -len(suffix)] if (suffix := _suffix(carrier.name)) else carrier.name
        kept = keep_content(unpack(stream, carrier.read_head(), budget))
    with kept:
        yield from read_inside(carrier_inside(carrier, name or "content", kept, budget), reading)


def _suffix(name: str) -> str:
    return next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), "")
