"""RSS, Atom and JSON Feed: the full text where the feed carries it, else the page that the entry
links to."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from newsledger.errors import RefusedDocument
from newsledger.ingest.decode import decode_bytes
from newsledger.ingest.input_file import HEAD_BYTES, InputFile, Reading
from newsledger.ingest.rows import name_of
from newsledger.model.records import RawDocument, Reject

SUFFIXES = (".rss", ".atom")
MEDIA_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
# visible characters; summaries in feeds of news outlets have 80 to 500, articles more than 1,000
MIN_FULL_TEXT = 800
MIN_BRIEF = (
    200  # and of a short text that the feed gives as the content, for a page that cannot be had
)
MAX_ENTRIES, MAX_TAGS = (
    5_000,
    200_000,
    # feedparser takes up to 0.1 ms an entry and 0.02 ms a tag; feeds of outlets have 10 to 500
    # entries
)
_ROOT = re.compile(
    rb"(?:<\?xml[^>]*>|<\?[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>]*>|\s)*<(?:rdf:RDF|(?:\w+:)?"
    rb"(?:rss|feed|channel))[\s>]",
    re.DOTALL,
)
# What feedparser lets out on broken feeds, such as a character reference beyond Unicode.
_PARSER_ERRORS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError)
_TAG = re.compile(r"<[^>]*>|\s+")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?P<subset>\[)?(?(subset)|>)", re.IGNORECASE)
_SUBSET_END = re.compile(rb"\]\s*>")
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry, whatever the feed's dialect."""

    key: str
    url: str | None
    text: str  # the longest text that the feed gives
    is_content: bool  # given as the content, not as a summary of it
    is_html: bool
    hints: Mapping[str, object]

    @property
    def content(self) -> bytes:
        """The entry as bytes: the same entry of the same feed gives the same."""
        return json.dumps([self.text, self.hints], ensure_ascii=False, sort_keys=True).encode(
            "utf-8", "surrogatepass"
        )


def claims(head: bytes, plain: bytes) -> bool:
    """Whether the root element is a feed's."""
    return _ROOT.match(plain) is not None


def read(file: InputFile, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Read the entries in the order of the feed."""
    import feedparser

    content = file.read_all(reading.max_document_bytes)
    headers = {"content-type": f"{file.media_type}; charset={file.charset}"} if file.charset else {}
    if not content.strip():
        raise RefusedDocument("empty", "no characters but white space")
    if (
        content.count(b"<item") + content.count(b"<entry") > MAX_ENTRIES
        or content.count(b"<") > MAX_TAGS
    ):
        raise RefusedDocument(
            "too_large", f"a feed of more than {MAX_ENTRIES:,} entries or {MAX_TAGS:,} tags"
        )
    try:
        found = feedparser.parse(
            io.BytesIO(_drop_doctype(content)), sanitize_html=False, response_headers=headers
        )
        base = _base_of(file, found.feed.get("link"))
        entries = [
            _entry_of(entry, found.feed, number, base)
            for number, entry in enumerate(found.entries, 1)
        ]
    except _PARSER_ERRORS as error:
        raise RefusedDocument("malformed", f"no readable feed: {error}"[:300]) from None
    if not found.get("version") and not entries:
        raise RefusedDocument(
            "malformed", f"no readable feed: {found.get('bozo_exception', 'no entries')}"[:300]
        )
    for entry in entries:
        yield from _read_entry(entry, file, reading)


def _drop_doctype(content: bytes) -> bytes:
    """Take the document type out: entities that a feed declares are never expanded, and nothing is
    loaded from where it points.

    Raises `RefusedDocument("malformed")` for one that does not end, or that is hidden in an
    encoding of two bytes a letter.
    """
    if b"\x00" in content[:HEAD_BYTES]:
        text, _ = decode_bytes(content, is_markup=True)
        content = _DECLARED.sub("", text, count=1).encode("utf-8", "surrogatepass")
    found = _DOCTYPE.search(content)
    if not found:
        return content
    closing = _SUBSET_END.search(content, found.end()) if found["subset"] else None
    if found["subset"] and closing is None:
        raise RefusedDocument("malformed", "a document type that does not end")
    return content[: found.start()] + content[closing.end() if closing else found.end() :]


def _base_of(file: InputFile, home: object) -> str:
    """The address that relative links count from: the feed's own, or for a file the page that the
    feed names."""
    return (
        file.uri
        if file.uri.startswith(("http://", "https://"))
        else home
        if isinstance(home, str)
        else ""
    )


def _link(base: str, link: object) -> str | None:
    """Complete a link; `None` for none."""
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        return urljoin(base, link.strip())
    except ValueError:  # brackets that hold no address
        return link.strip()


def read_json_feed(
    feed: Mapping[str, Any], file: InputFile, reading: Reading
) -> Iterator[RawDocument | Reject]:
    """Read the items of a JSON Feed."""
    items = feed.get("items")
    if not isinstance(items, list):
        raise RefusedDocument("malformed", "a JSON Feed without a list of items")
    for number, item in enumerate(items, 1):
        if isinstance(item, dict):
            base = _base_of(file, feed.get("home_page_url") or feed.get("feed_url"))
            yield from _read_entry(_entry_of_json(item, feed, number, base), file, reading)
        else:
            refusal = RefusedDocument(
                "malformed", f"item {number} is {name_of(item)}, not an object"
            )
            yield from reading.refuse(
                f"{file.uri}#item-{number}",
                refusal,
                content=str(item).encode("utf-8", "surrogatepass"),
            )


def _read_entry(entry: Entry, file: InputFile, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Read an entry: (1) its text where that is long, (2) its page, (3) its text where the page
    cannot be had and the text is a brief."""
    hints = {**file.hints, **entry.hints}
    length = len(_TAG.sub(" ", entry.text))
    if entry.url and length < MIN_FULL_TEXT:
        assert reading.fetcher is not None
        before = len(reading.seen)
        yield from reading.fetcher.read_url(entry.url, reading, hints={**hints, "url": None})
        is_refused = not reading.refused.isdisjoint(reading.seen[before:])  # now, or a while ago
        if not (is_refused and entry.is_content and length >= MIN_BRIEF):
            return
    media_type = "text/html" if entry.is_html else "text/plain"
    uri = f"{file.uri}#{entry.key}"
    yield from reading.make_document(
        file, uri, entry.content, media_type, text=entry.text, hints={**hints, "is_body": True}
    )


def _entry_of(entry: Any, feed: Any, number: int, base: str) -> Entry:
    summary = entry.get("summary_detail") or {}
    texts = [
        part for part in (*entry.get("content", ()), summary) if isinstance(part.get("value"), str)
    ]
    best: Any = max(texts, key=lambda part: len(part["value"]), default={})
    authors = [author.get("name") for author in entry.get("authors", ()) if author.get("name")]
    url = _link(base, entry.get("link"))
    hints = {
        "url": url,
        "title": entry.get("title"),
        "outlet": feed.get("title"),
        "authors": authors,
        "published_at": _time_of(entry, "published")
        or _time_of(entry, "updated"),  # RSS 1.0 has one time only
        "modified_at": _time_of(entry, "updated"),
        "section": next(
            (tag.get("term") for tag in entry.get("tags", ()) if tag.get("term")), None
        ),
        "language": entry.get("language") or feed.get("language"),
        "standfirst": _plain_summary(summary.get("value")),
    }
    key = str(entry.get("id") or url or f"entry-{number}")
    return Entry(
        key=key,
        url=url or None,
        text=best.get("value", ""),
        is_content=best is not summary,
        is_html="html" in best.get("type", ""),
        hints=hints,
    )


def _plain_summary(summary: object) -> str | None:
    """A summary without markup that is not the article itself."""
    return (
        summary
        if isinstance(summary, str) and "<" not in summary and len(summary) < MIN_FULL_TEXT
        else None
    )


_CLOCK = r"(?P<clock>\d\d:\d\d(?P<second>:\d\d)?(?:\.\d+)?)"
_MAIL_TIME = re.compile(
    r"(?:[a-z]{3},? +)?\d{1,2} +[a-z]{3} +(?:\d\d|\d{4}) +"
    + _CLOCK
    + r" +(?:Z|UTC?|GMT|[ECMP][SD]T|[+-]\d{4})",
    re.IGNORECASE,
)
_NET_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]" + _CLOCK + r"(?:Z|[+-]\d\d:\d\d)", re.IGNORECASE)


def _time_of(entry: Any, name: str) -> str | None:
    """Read a time of an entry: in UTC where it is written as RSS (RFC 822) or Atom (RFC 3339)
    prescribes, else as it arrived.

    feedparser's own reading is left alone: it fills in what a time does not say from the day of
    the run.
    """
    text = " ".join(
        str(dict.get(entry, name) or "").split()
    )  # entry.get() gives one time for the other
    try:
        if found := _MAIL_TIME.fullmatch(text):
            at = parsedate_to_datetime(text)
        elif found := _NET_TIME.fullmatch(text):
            at = datetime.fromisoformat(text.upper())
        else:
            return text or None
        at = at.replace(tzinfo=at.tzinfo or UTC, microsecond=0).astimezone(UTC)
        return at.isoformat(timespec="seconds" if found["second"] else "minutes")
    except (ValueError, OverflowError, TypeError):
        return text


def _entry_of_json(
    item: Mapping[str, Any], feed: Mapping[str, Any], number: int, base: str
) -> Entry:
    def text_of(value: Any) -> str:
        return value if isinstance(value, str) else ""

    html, plain = text_of(item.get("content_html")), text_of(item.get("content_text"))
    summary, url = (
        text_of(item.get("summary")),
        _link(base, item.get("url") or item.get("external_url")),
    )
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    tags = item.get("tags")
    hints = {
        "url": url,
        "title": text_of(item.get("title")),
        "outlet": text_of(feed.get("title")),
        "authors": [
            text_of(author.get("name"))
            for author in authors or ()
            if isinstance(author, dict) and author.get("name")
        ],
        "published_at": text_of(item.get("date_published")),
        "modified_at": text_of(item.get("date_modified")),
        "section": text_of(tags[0]) if isinstance(tags, list) and tags else None,
        "language": text_of(item.get("language") or feed.get("language")),
        "standfirst": summary,
    }
    key = str(item.get("id") or url or f"item-{number}")
    return Entry(
        key=key,
        url=url or None,
        text=html or plain or summary,
        is_content=bool(html or plain),
        is_html=bool(html),
        hints=hints,
    )
