"""A list of addresses, one a line; each is fetched."""

import re
from collections.abc import Iterator

from newsledger.ingest.decode import decode_bytes
from newsledger.ingest.input_file import HEAD_BYTES, InputFile, Reading
from newsledger.model.records import RawDocument, Reject

SUFFIXES = (".urls",)
MEDIA_TYPES = ("text/uri-list",)
_LINE = re.compile(rb"\s*(?:#.*|https?://\S+|)\s*", re.IGNORECASE)


def claims(head: bytes, plain: bytes) -> bool:
    """Whether every line is an address or a comment."""
    lines = plain.split(b"\n")
    if len(head) >= HEAD_BYTES:
        lines.pop()
    return any(line[:4].lower() == b"http" for line in lines) and all(map(_LINE.fullmatch, lines))


def read(file: InputFile, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Fetch the addresses in the order of the list."""
    assert reading.fetcher is not None
    text = decode_bytes(file.read_all(reading.max_document_bytes))[0]
    for line in text.splitlines():
        if (url := line.strip()) and not url.startswith("#"):
            yield from reading.fetcher.read_url(url, reading, hints=file.hints)
