"""Flattened text: a page as a scraper or a person copied it, one file a page."""

from collections.abc import Iterator

from newsledger.ingest.input_file import InputFile, Reading
from newsledger.model.records import RawDocument, Reject

SUFFIXES = (".txt", ".md", ".markdown", ".text", ".story")
MEDIA_TYPES = ("text/plain", "text/markdown")


def read(file: InputFile, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Read one text."""
    yield from reading.read_document(file, "text/plain")
