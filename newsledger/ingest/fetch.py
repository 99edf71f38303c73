"""Fetch addresses politely."""

from collections.abc import Iterator

from newsledger.errors import RefusedDocument
from newsledger.ingest.carrier import Reading
from newsledger.records import Reject
from newsledger.settings import Settings


class Fetcher:
    """Stands in until fetching is there."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read_url(self, url: str, reading: Reading, *, format_name: str | None = None, is_source: bool = False) -> Iterator[Reject]:
        yield from reading.refuse(url, RefusedDocument("fetch_failed", "not yet"))
