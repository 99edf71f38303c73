"""Read: sources in, batches of documents out; and stored documents that are to be read again.

A source that breaks costs itself: it is tried again, and then told as a `Failure`; so is one that
yields nothing where it used to.
"""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newsledger.errors import NewsledgerError
from newsledger.ingest.sources import Source
from newsledger.model.records import RawDocument, Reject
from newsledger.settings import Settings
from newsledger.stages.fingerprint import fingerprint_of
from newsledger.stages.protocol import Failure, Log

if TYPE_CHECKING:
    import duckdb

    from newsledger.ingest.fetch import Fetcher

Found = RawDocument | Reject
ATTEMPTS = 3  # of a source that breaks
PAUSE_S = 2.0  # before the second attempt; twice as long before the third
RETRIED_REASONS = ("disallowed", "fetch_failed", "unreadable")
"""Refusals that may be cured outside: tried again in the next run."""


class Known:
    """The ids of documents that need not come again, refused ones among them; keeps which the
    sources have shown."""

    def __init__(self, ids: set[str], refused: frozenset[str] = frozenset()) -> None:
        self.ids, self.refused = ids, refused
        self.shown: list[object] = []

    def count_given(self, start: int) -> int:
        """Count what was shown from a place on and is no refusal."""
        return sum(shown not in self.refused for shown in self.shown[start:])

    def __contains__(self, document_id: object) -> bool:
        is_known = document_id in self.ids
        if is_known:
            self.shown.append(document_id)
        return is_known


@dataclass(slots=True)
class Reading:
    """What the sources of a run have given so far."""

    failures: list[Failure] = field(default_factory=list)
    unreachable: list[Reject] = field(default_factory=list)  # sources that could not be opened
    refused_again: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)  # addresses of sources that gave something
    yields: dict[str, int] = field(default_factory=dict)  # documents by source, known ones too
    count: int = 0  # documents and refusals, known ones too
    is_local: bool = False  # read to the end, all refusals for good, and no address asked


class Read:
    """Read the sources of a run, one after another, in batches."""

    name = "read"
    reads = ("raw.documents", "ops.rejects", "ops.state")
    writes: tuple[str, ...] = ()

    def __init__(self, con: "duckdb.DuckDBPyConnection", settings: Settings) -> None:
        self.con, self.settings = con, settings
        self.reading = Reading()
        self.known = Known(set())

    def fingerprint(self) -> str:
        """Digest of the readers of formats."""
        return fingerprint_of("newsledger.ingest.read", "newsledger.ingest.formats")

    def run(self, scope: Sequence[Source], log: Log) -> Iterator[Found]:
        """Read documents that the database does not hold, one at a time."""
        from newsledger.ingest.fetch import Fetcher

        known = self.known = Known(known_documents(self.con), _refused_documents(self.con))
        refused = _retried_refusals(self.con)
        with Fetcher(self.settings) as fetcher:
            if refused:
                known.ids |= refused.keys() & fetcher.state.list_paused(datetime.now(UTC))
            for source in scope:
                shown, count, given, is_open = len(known.shown), 0, 0, True
                for item in self._read_source(source, known, fetcher, log):
                    if item.document_id in known.ids:
                        continue  # the same document twice, in one source or through two
                    known.ids.add(item.document_id)
                    count += 1
                    given += not isinstance(item, Reject)
                    if isinstance(item, Reject) and _is_source(item, source):
                        self.reading.unreachable.append(item)
                        log.warning("source %s: %s", name_of(source), item.detail or item.reason)
                        is_open = False
                    if isinstance(item, Reject) and refused.get(item.document_id) == _told(item):
                        self.reading.refused_again.append(item.document_id)
                        continue  # for the same reason: nothing new
                    yield item
                count += len(known.shown) - shown
                given += known.count_given(shown)
                if count and is_open:
                    self.reading.opened.append(_address_of(source))
                is_silent = self._tell_silence(source, given, log)
                self.reading.count += 0 if is_silent else count
            self.reading.is_local = fetcher.is_unused and not refused

    def _read_source(
        self, source: Source, known: Known, fetcher: "Fetcher", log: Log
    ) -> Iterator[Found]:
        """Read one source; after an error begin again, for what came already is known by then."""
        from newsledger.ingest.read import read_sources

        for attempt in range(1, ATTEMPTS + 1):
            try:
                yield from read_sources([source], self.settings, known=known, fetcher=fetcher)
                return
            except NewsledgerError:
                raise
            except Exception as error:
                failure = Failure.of("read", error, source_name=name_of(source))
                log.warning(
                    "source %s, attempt %d of %d: %s %s", name_of(source), attempt, ATTEMPTS,
                    failure.kind, failure.message,
                )  # fmt: skip
                if attempt == ATTEMPTS:
                    self.reading.failures.append(failure)
                else:
                    time.sleep(PAUSE_S * attempt)

    def find_cured(self, run_id: str) -> list[str]:
        """Find refusals of earlier runs whose cause is gone: the source, the document, or what
        carries it could be read by this one."""
        reading = self.reading
        rows = self.con.execute(
            "WITH good AS (SELECT source_uri FROM raw.documents WHERE status <> 'refused' AND "
            "(run_id = $1 OR document_id IN (SELECT unnest($2::VARCHAR[])))), addresses AS ("
            "SELECT source_uri FROM good UNION SELECT split_part(source_uri, '#', 1) FROM good "
            "UNION SELECT split_part(source_uri, '!/', 1) FROM good "
            "UNION SELECT unnest($3::VARCHAR[])) "
            "SELECT document_id FROM ops.rejects SEMI JOIN addresses USING (source_uri) "
            "WHERE list_contains($4, reason) AND run_id <> $1 "
            "AND NOT list_contains($5::VARCHAR[], document_id) ORDER BY ALL",
            [
                run_id,
                self.known.shown,
                reading.opened,
                list(RETRIED_REASONS),
                reading.refused_again,
            ],
        ).fetchall()
        return [row[0] for row in rows]

    def _tell_silence(self, source: Source, given: int, log: Log) -> bool:
        """Tell a source that yields nothing, or only refusals, where it used to yield documents."""
        from newsledger.store.database import read_state

        name = name_of(source)
        if given:
            self.reading.yields[name] = given
        if given or source.uri == "-" or not read_state(self.con, f"source:{name}"):
            return False
        told = [failure.source_name for failure in self.reading.failures]
        if name in told or any(_is_source(reject, source) for reject in self.reading.unreachable):
            return False
        message = "yields nothing, where it used to yield documents"
        log.warning("source %s %s", name, message)
        self.reading.failures.append(Failure("read", "silent", message, source_name=name))
        return True


def name_of(source: Source) -> str:
    """Name a source: its row of seeds/sources.csv, else its path or address without secrets."""
    from newsledger.text.addresses import hide_secrets

    if source.name or "://" not in source.uri:
        return source.name or source.uri
    return hide_secrets(source.uri).partition("#")[0].partition("?")[0]


def _address_of(source: Source) -> str:
    """The address of a source as documents and refusals carry it."""
    from pathlib import Path

    from newsledger.ingest.fetch import normalise_url
    from newsledger.ingest.input_file import uri_of_path
    from newsledger.text.addresses import hide_secrets
    from newsledger.text.surrogates import scrub

    own = source.uri
    with suppress(ValueError):  # no address: refused as it was given
        own = normalise_url(own) if "://" in own else uri_of_path(Path(own))
    return hide_secrets(scrub(own))


def _is_source(reject: Reject, source: Source) -> bool:
    """Whether a refusal is of the source itself, not of a document in it."""
    return reject.reason in RETRIED_REASONS and reject.source_uri == _address_of(source)


def known_documents(con: "duckdb.DuckDBPyConnection") -> set[str]:
    """Ids of the documents that need not be read again."""
    rows = con.execute(
        "SELECT document_id FROM raw.documents WHERE reason IS NULL OR NOT list_contains(?, "
        "reason)",
        [list(RETRIED_REASONS)],
    ).fetchall()
    return {row[0] for row in rows}


def _refused_documents(con: "duckdb.DuckDBPyConnection") -> frozenset[str]:
    rows = con.execute("SELECT document_id FROM raw.documents WHERE status = 'refused'").fetchall()
    return frozenset(row[0] for row in rows)


_Told = tuple[str, str, str]  # reason, address and detail of a refusal


def _told(reject: Reject) -> _Told:
    return reject.reason, reject.source_uri, reject.detail or ""


def _retried_refusals(con: "duckdb.DuckDBPyConnection") -> dict[str, _Told]:
    """Give the refusals that are tried again, by document."""
    rows = con.execute(
        "SELECT document_id, reason, source_uri, coalesce(detail, '') FROM ops.rejects "
        "WHERE list_contains(?, reason)",
        [list(RETRIED_REASONS)],
    ).fetchall()
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def read_stored(
    con: "duckdb.DuckDBPyConnection", ids: Sequence[str], size: int
) -> Iterator[list[RawDocument]]:
    """Read stored documents again from the database, in batches, in the order of the ids."""
    for start in range(0, len(ids), size):
        chunk = list(ids[start : start + size])
        rows = con.execute(
            "SELECT document_id, source_uri, sha256, byte_count, media_type, text, encoding, "
            "fetched_at, source_name, hints FROM raw.documents "
            "WHERE list_contains(?, document_id) AND text IS NOT NULL ORDER BY document_id",
            [chunk],
        ).fetchall()
        found = {row[0]: _document_of(row) for row in rows}
        yield [found[document_id] for document_id in chunk if document_id in found]


def _document_of(row: Sequence[Any]) -> RawDocument:
    document_id, uri, sha256, count, media_type, text, encoding, fetched_at, name, hints = row
    return RawDocument(
        document_id, uri, sha256, count, media_type, text, encoding,
        fetched_at.replace(tzinfo=UTC), name, json.loads(hints or "{}"),
    )  # fmt: skip
