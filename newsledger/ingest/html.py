"""A saved page: the markup stays as it arrived, for the cleaner to read."""

import re
from collections.abc import Iterator

from newsledger.ingest.input_file import InputFile, Reading
from newsledger.model.records import RawDocument, Reject

SUFFIXES = (".html", ".htm", ".xhtml")
MEDIA_TYPES = ("text/html", "application/xhtml+xml")
_PAGE = re.compile(
    rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def claims(head: bytes, plain: bytes) -> bool:
    """Whether the first tag is a page's."""
    return _PAGE.match(plain) is not None


def read(file: InputFile, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Read one page."""
    yield from reading.read_document(file, "text/html")
