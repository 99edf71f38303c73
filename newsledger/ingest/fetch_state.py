"""What earlier runs fetched: validators for conditional requests, and which documents came out of
each address."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from newsledger import paths

KEPT = timedelta(days=90)  # an address that was not asked for in this time is forgotten


@dataclass(frozen=True, slots=True)
class FetchRecord:
    """The last good answer of one address."""

    etag: str | None
    last_modified: str | None
    fetched_at: datetime
    document_ids: tuple[str, ...]  # documents and refusals that came out of it

    @property
    def conditions(self) -> dict[str, str | None]:
        """Headers that ask for the content only if it has changed."""
        return {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}


class FetchState(Protocol):
    """Where the records are kept."""

    def find(self, url: str) -> FetchRecord | None: ...

    def put(self, url: str, record: FetchRecord) -> None: ...

    def save(self) -> None: ...


class JsonFetchState:
    """Records in one JSON file, replaced whole. A file that cannot be read counts as none:
    everything is asked for again."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or paths.DATA / "fetch_state.json"
        self._is_changed = False
        self._records: dict[str, FetchRecord] = {}
        try:
            rows = json.loads(self.path.read_text("utf-8"))
            self._records = {url: _read_record(row) for url, row in rows.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self._records = {}

    def find(self, url: str) -> FetchRecord | None:
        """Find what is known of an address."""
        return self._records.get(url)

    def put(self, url: str, record: FetchRecord) -> None:
        """Remember an answer."""
        self._records[url] = record
        self._is_changed = True

    def save(self) -> None:
        """Write the file, without addresses that nobody asked for in a long time."""
        if not self._is_changed:
            return
        newest = max(record.fetched_at for record in self._records.values())
        rows = {
            url: [
                record.etag,
                record.last_modified,
                record.fetched_at.isoformat(),
                list(record.document_ids),
            ]
            for url, record in sorted(self._records.items())
            if newest - record.fetched_at < KEPT
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(rows, ensure_ascii=False, indent=0), "utf-8")
        os.replace(new, self.path)
        self._is_changed = False


def _read_record(row: list[Any]) -> FetchRecord:
    etag, last_modified, fetched_at, document_ids = row
    return FetchRecord(
        etag, last_modified, datetime.fromisoformat(fetched_at).astimezone(UTC), tuple(document_ids)
    )
