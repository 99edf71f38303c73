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
PAUSES = (
    timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7),
)  # fmt: skip
"""Before a link that failed is tried again: after the first failure, the second, …; then each
week."""


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


@dataclass(frozen=True, slots=True)
class FetchFailure:
    """A link that gave nothing the last times: how often in a row, when last, and its refusal."""

    count: int
    failed_at: datetime
    document_id: str

    @property
    def due_at(self) -> datetime:
        """When it is to be tried again."""
        return self.failed_at + PAUSES[min(self.count, len(PAUSES)) - 1]


class FetchState(Protocol):
    """Where the records are kept."""

    def find(self, url: str) -> FetchRecord | None: ...

    def put(self, url: str, record: FetchRecord) -> None: ...

    def find_paused(self, url: str, at: datetime) -> FetchFailure | None: ...

    def list_paused(self, at: datetime) -> set[str]: ...

    def put_failure(self, url: str, document_id: str, at: datetime) -> None: ...

    def save(self) -> None: ...


class JsonFetchState:
    """Records in one JSON file, replaced whole. A file that cannot be read counts as none:
    everything is asked for again."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or paths.DATA / "fetch_state.json"
        self._is_changed = False
        self._records: dict[str, FetchRecord] = {}
        self._failures: dict[str, FetchFailure] = {}
        try:
            rows = json.loads(self.path.read_text("utf-8"))
            failures = rows.pop(_FAILURES, {})
            self._records = {url: _read_record(row) for url, row in rows.items()}
            self._failures = {url: _read_failure(row) for url, row in failures.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self._records, self._failures = {}, {}

    def find(self, url: str) -> FetchRecord | None:
        """Find what is known of an address."""
        return self._records.get(url)

    def put(self, url: str, record: FetchRecord) -> None:
        """Remember an answer."""
        self._records[url] = record
        self._failures.pop(url, None)
        self._is_changed = True

    def find_paused(self, url: str, at: datetime) -> FetchFailure | None:
        """Find the failure of a link that is not to be tried again yet."""
        failure = self._failures.get(url)
        return failure if failure is not None and at < failure.due_at else None

    def list_paused(self, at: datetime) -> set[str]:
        """List the refusals (document ids) of links that are not to be tried again yet."""
        return {failure.document_id for failure in self._failures.values() if at < failure.due_at}

    def put_failure(self, url: str, document_id: str, at: datetime) -> None:
        """Remember that a link gave nothing."""
        before = self._failures.get(url)
        self._failures[url] = FetchFailure(before.count + 1 if before else 1, at, document_id)
        self._is_changed = True

    def save(self) -> None:
        """Write the file, without addresses that nobody asked for in a long time."""
        if not self._is_changed:
            return
        times = [record.fetched_at for record in self._records.values()]
        newest = max(times + [failure.failed_at for failure in self._failures.values()])
        rows: dict[str, Any] = {
            url: [
                record.etag,
                record.last_modified,
                record.fetched_at.isoformat(),
                list(record.document_ids),
            ]
            for url, record in sorted(self._records.items())
            if newest - record.fetched_at < KEPT
        }
        rows[_FAILURES] = {
            url: [failure.count, failure.failed_at.isoformat(), failure.document_id]
            for url, failure in sorted(self._failures.items())
            if newest - failure.failed_at < KEPT
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(rows, ensure_ascii=False, indent=0), "utf-8")
        os.replace(new, self.path)
        self._is_changed = False


_FAILURES = "failures"  # key of the file beside the addresses


def _read_failure(row: list[Any]) -> FetchFailure:
    count, failed_at, document_id = row
    when = datetime.fromisoformat(failed_at).astimezone(UTC)
    return FetchFailure(int(count), when, str(document_id))


def _read_record(row: list[Any]) -> FetchRecord:
    etag, last_modified, fetched_at, document_ids = row
    return FetchRecord(
        etag, last_modified, datetime.fromisoformat(fetched_at).astimezone(UTC), tuple(document_ids)
    )
