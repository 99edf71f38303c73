"""WARC: the pages of a crawl. A broken record loses only itself."""

from collections.abc import Iterator
from datetime import UTC
from typing import TYPE_CHECKING, Any, BinaryIO

from newsledger.errors import RefusedDocument
from newsledger.ingest.input_file import InputFile, Reading
from newsledger.model.records import RawDocument, Reject

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

SUFFIXES = (".warc", ".warc.gz")
MEDIA_TYPES = ("application/warc",)
PAGE_TYPES = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
}
MAX_BROKEN = 1000  # places that do not parse, before the rest of a file is given up
_STARTS = (b"\x1f\x8b\x08", b"WARC/1.")
_BLOCK = 1 << 20


def claims(head: bytes, plain: bytes) -> bool:
    """Whether it begins with a WARC version."""
    return head.startswith(b"WARC/")


def read(file: InputFile, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Read the pages of a crawl in the order of the file.

    Records that claim to be something else than a page (images, scripts, redirects, robots.txt) are
    passed over.
    """
    with file.open() as stream:
        position, broken = 0, 0
        while True:
            stream.seek(position)
            last = position
            try:
                for record in _iterate(stream):
                    last = record.stream_pos
                    if _is_page(record):
                        yield from _read_record(record, file, reading)
                if not _is_packed(stream) or _find_start(stream, last + 1) is None:
                    return
                raise EOFError(
                    "records end before the file does"
                )  # the reader stops at some damage without a word
            except (OSError, ValueError, EOFError) as error:
                broken += 1
                found = _find_start(stream, last + 1)
                refusal = RefusedDocument("malformed", f"broken record after byte {last}: {error}")
                if last > position or broken == 1:
                    yield from reading.refuse(
                        f"{file.uri}#byte-{last}", refusal, fetched_at=file.fetched_at
                    )
                if found is None or broken > MAX_BROKEN:
                    return
                position = found


def _iterate(stream: BinaryIO) -> "Iterator[WarcRecord]":
    from fastwarc.warc import ArchiveIterator

    return iter(ArchiveIterator(stream, parse_http=True, auto_decode="all"))


def _is_page(record: "WarcRecord") -> bool:
    from fastwarc.warc import WarcRecordType

    return record.record_type in (WarcRecordType.response, WarcRecordType.resource)


def _is_packed(stream: BinaryIO) -> bool:
    stream.seek(0)
    return stream.read(2) == _STARTS[0][:2]


def _find_start(stream: BinaryIO, position: int) -> int | None:
    """Find the next place at or after a position where a record may begin."""
    overlap = max(map(len, _STARTS)) - 1
    while True:
        stream.seek(position)
        block = stream.read(_BLOCK)
        found = [place for mark in _STARTS if (place := block.find(mark)) >= 0]
        if found:
            return position + min(found)
        if len(block) <= overlap:
            return None
        position += len(block) - overlap


def _read_record(
    record: "WarcRecord", file: InputFile, reading: Reading
) -> Iterator[RawDocument | Reject]:
    url = str(record.headers.get("WARC-Target-URI") or "").strip("<> ")
    media_type = PAGE_TYPES.get(_media_type(record))
    if (
        media_type is None
        or not _is_answer(record)
        or url.endswith("/robots.txt")
        or url.startswith(("dns:", "whois:"))
    ):
        return
    uri = f"{file.uri}#{url or record.stream_pos}"
    date = record.record_date
    when = (
        date.astimezone(UTC).replace(microsecond=0)
        if date and date.year > 1990
        else file.fetched_at
    )
    content = record.reader.read(reading.max_document_bytes + 1)
    if len(content) > reading.max_document_bytes:
        refusal = RefusedDocument("too_large", f"more than {reading.settings.max_document_mb} MB")
        yield from reading.refuse(uri, refusal, byte_count=record.content_length, fetched_at=when)
        return
    if len(content) < record.content_length and not _is_coded(record):
        refusal = RefusedDocument(
            "malformed",
            f"the record ends after {len(content):,} of {record.content_length:,} bytes",
        )
        yield from reading.refuse(uri, refusal, byte_count=len(content), fetched_at=when)
        return
    charset = record.http_charset if record.is_http else None
    hints = {"url": url} if url.startswith("http") else {}
    yield from reading.make_document(
        file, uri, content, media_type, charset=charset, fetched_at=when, hints=hints
    )


def _is_coded(record: Any) -> bool:
    """Whether the page was packed or cut in chunks on its way, so that its length is not that of
    the record."""
    headers = record.http_headers if record.is_http else None
    return bool(headers and (headers.get("Content-Encoding") or headers.get("Transfer-Encoding")))


def _media_type(record: Any) -> str:
    said = record.http_content_type if record.is_http else record.headers.get("Content-Type")
    return (said or "").partition(";")[0].strip().lower()


def _is_answer(record: Any) -> bool:
    return (
        not record.is_http
        or record.http_headers is None
        or record.http_headers.status_code in (200, 203, None)
    )
