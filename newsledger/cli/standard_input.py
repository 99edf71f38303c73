"""The JSONL contract of `newsledger extract --jsonl` and `newsledger clean --jsonl`: values in,
values out, no database.

An actor goes by its `article_actor_id`, as in records and tables; `actor_id` is the same value,
kept for readers of earlier output, and not the id across articles that the ledger gives."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from newsledger.errors import NewsledgerError, RefusedDocument
from newsledger.model.enums import SourceType
from newsledger.model.ids import hash_bytes, make_id
from newsledger.model.records import (
    Article,
    Claim,
    Extraction,
    Location,
    RawDocument,
    TimeMention,
)
from newsledger.text.surrogates import scrub

_STRINGS = (
    "text",
    "html",
    "published_at",
    "outlet",
    "url",
)  # of a row; each may be left out or null


def read_lines(lines: Iterable[str], needed: Sequence[str] = ("text",)) -> Iterator[dict[str, Any]]:
    """Parse JSON Lines. Raises `NewsledgerError` naming the line that is not UTF-8, or not a JSON
    object with a `doc_id`, one of the `needed` strings, and a readable time if any."""
    number = 0
    try:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _read_line(line, number, needed)
    except UnicodeDecodeError as error:
        raise NewsledgerError(
            f"line {number + 1} or a little below: not UTF-8 ({error.reason}): save the input as "
            "UTF-8"
        ) from None


def _read_line(line: str, number: int, needed: Sequence[str]) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NewsledgerError(f"line {number}: not JSON: {error}") from None
    if not isinstance(row, dict) or "doc_id" not in row:
        raise NewsledgerError(f'line {number}: expected an object with a "doc_id"')
    for name in _STRINGS:
        if not isinstance(row.get(name), str | None):
            kind = type(row[name]).__name__
            raise NewsledgerError(f'line {number}: "{name}" is a {kind}, expected a string')
    if all(row.get(name) is None for name in needed):
        names = " or ".join(f'"{name}"' for name in needed)
        raise NewsledgerError(f"line {number}: expected an object with {names}")
    try:
        datetime.fromisoformat(row.get("published_at") or "2026-01-01").astimezone(UTC)
    except (ValueError, OverflowError):
        raise NewsledgerError(
            f'line {number}: "published_at" is {row["published_at"]!r}, '
            "expected a time such as 2026-11-30T06:00:00+00:00"
        ) from None
    return row


def extract_rows(
    rows: Iterable[dict[str, Any]],
    workers: int = 0,
    on_loss: Callable[[Any, str], None] | None = None,
) -> Iterator[dict[str, Any]]:
    """Extract each row `{"doc_id", "text"}` (optional: `published_at`, `outlet`, `url`) and yield
    the contract's output, in order, by so many workers (0: as the machine has).

    `on_loss` is told the `doc_id` of a row that came back empty because reading it failed, and why.
    """
    from newsledger.run.workers import extract_in_order

    waiting: deque[dict[str, Any]] = deque()

    def articles() -> Iterator[Article]:
        for row in rows:
            waiting.append(row)
            yield _article_of(row)

    def tell(_: Article, message: str) -> None:
        if on_loss is not None:
            on_loss(waiting[0]["doc_id"], message)

    for extraction in extract_in_order(articles(), workers, tell):
        yield _extraction_output(waiting.popleft(), extraction)


def _article_of(row: dict[str, Any]) -> Article:
    published = datetime.fromisoformat(row["published_at"]) if row.get("published_at") else None
    offset = published.utcoffset() if published else None
    return Article(
        article_id=make_id("art", row["doc_id"], row["text"]),
        document_id=str(row["doc_id"]),
        body=scrub(row["text"]),
        published_at=(
            published.astimezone(UTC) if published.tzinfo else published.replace(tzinfo=UTC)
        )
        if published
        else None,
        utc_offset_minutes=int(offset.total_seconds() // 60) if offset is not None else None,
        outlet_domain=row.get("outlet"),
        url=row.get("url"),
    )


def _extraction_output(row: dict[str, Any], extraction: Extraction) -> dict[str, Any]:
    names = {actor.article_actor_id: actor.name for actor in extraction.actors}
    claims = [claim for claim in extraction.claims if not claim.is_statement]
    statements = [claim for claim in extraction.claims if claim.is_statement]
    output = {
        "doc_id": row["doc_id"],
        "mentions": _mentions_output(extraction),
        "actors": [
            {
                "article_actor_id": a.article_actor_id,
                "actor_id": a.article_actor_id,
                "name": a.name,
                "kind": a.kind,
                "aliases": [x.alias for x in a.aliases],
            }
            for a in extraction.actors
        ],
        "locations": [_location_output(place) for place in extraction.locations],
        "claims": [_claim_output(claim, names) for claim in claims],
        "statements": [_claim_output(claim, names) for claim in statements],
    }
    if row.get("published_at"):
        output["dates"] = [_time_output(time) for time in extraction.times]
    return output


def _mentions_output(extraction: Extraction) -> list[dict[str, Any]]:
    """The names in the text's order, then places inside or beside them."""
    actor_of = {(m.start, m.end): m.article_actor_id for m in extraction.actor_mentions}
    location_of = {(m.start, m.end): m for m in extraction.location_mentions}
    found: list[tuple[int, int, str, str | None, str | None, str | None]] = []
    for entity in extraction.entities:
        key = (entity.start, entity.end)
        place = location_of.pop(key, None)
        location_id = place.location_id if place else None
        actor_id = actor_of.get(key)
        found.append((*key, entity.label, actor_id, actor_id, location_id))
    found += [
        (*key, place.label, None, None, place.location_id) for key, place in location_of.items()
    ]
    keys = ("start", "end", "label", "article_actor_id", "actor_id", "location_id")
    return [dict(zip(keys, mention, strict=True)) for mention in sorted(found, key=lambda m: m[:2])]


def _location_output(place: Location) -> dict[str, Any]:
    return {
        "location_id": place.location_id,
        "name": place.name,
        "kind": place.kind,
        "country_code": place.country_code,
        "lat": place.lat,
        "lon": place.lon,
        "geonames_id": place.geonames_id,
    }


def _time_output(time: TimeMention) -> dict[str, Any]:
    return {
        "start": time.start,
        "end": time.end,
        "text": time.text,
        "date_start": time.start_date and time.start_date.isoformat(),
        "date_end": time.end_date and time.end_date.isoformat(),
        "precision": time.precision,
    }


def _claim_output(claim: Claim, names: dict[str, str]) -> dict[str, Any]:
    found = claim.attribution
    key = claim.speaker_article_actor_id
    speaker = {"article_actor_id": key, "actor_id": key, "name": names[key]} if key else None
    first = claim.sources[0] if claim.sources else None
    return {
        "content": [list(span) for span in found.content_spans],
        "source": [list(span) for span in found.source_spans],
        "cue": [list(span) for span in found.cue_spans],
        "form": found.form,
        "cue_class": found.cue_class,
        "cue_type": found.cue_type,
        "speaker": speaker,
        "named": bool(first and first.is_named),
        "source_type": first.source_type if first else SourceType.UNATTRIBUTED,
    }


def clean_rows(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Clean each row `{"doc_id", "html" or "text", "url"?}` and yield the contract's output."""
    from newsledger.clean.document import clean_document

    for row in rows:
        try:
            article = clean_document(_document_of(row))
        except RefusedDocument:
            yield {
                "doc_id": row["doc_id"],
                "title": None,
                "authors": [],
                "published_at": None,
                "body": "",
                "lines": [],
            }
            continue
        yield {
            "doc_id": row["doc_id"],
            "title": article.headline,
            "authors": list(article.authors),
            "published_at": article.published_at.isoformat() if article.published_at else None,
            "body": article.body,
            "lines": [
                {"start": line.page_start, "end": line.page_end, "role": line.role}
                for line in article.lines
            ],
        }


def _document_of(row: dict[str, Any]) -> RawDocument:
    is_html = row.get("html") is not None
    text = row["html"] if is_html else row["text"]
    content = text.encode("utf-8", "surrogatepass")
    return RawDocument(
        document_id=make_id("doc", row["doc_id"]),
        source_uri=row.get("url") or str(row["doc_id"]),
        sha256=hash_bytes(content),
        byte_count=len(content),
        media_type="text/html" if is_html else "text/plain",
        text=scrub(text),
        encoding="utf-8",
        fetched_at=datetime(1970, 1, 1, tzinfo=UTC),
        hints={"url": row["url"]} if row.get("url") else {},
    )
