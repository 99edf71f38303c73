"""EML: a newsletter or an article that came by mail; MHTML, the same form, is a page that a browser saved."""

from collections.abc import Iterator
from datetime import UTC
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import cast

from newsledger.errors import RefusedDocument
from newsledger.ingest.carrier import Carrier, Reading
from newsledger.records import RawDocument, Reject

SUFFIXES = (".eml", ".mht", ".mhtml")
MEDIA_TYPES = ("message/rfc822", "multipart/related")
MAX_HEADER = 2000  # characters of a header that are read; the standard allows lines of 998
_MAIL_ERRORS = (MessageError, LookupError, ValueError, TypeError, AttributeError, OverflowError)  # what the library lets out on broken mail


def read(carrier: Carrier, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Read the first HTML part, or else the first text part, of one message. Attachments are passed over.

    The library's older way of reading headers is used on purpose: the newer one takes minutes for a header of a megabyte.
    """
    content = carrier.read_all(reading.max_document_bytes)
    if not content.strip():
        raise RefusedDocument("empty", "no characters but white space")
    try:
        message = message_from_bytes(content)
        part = _find_text(message)
        if part is None or not message.keys():
            raise RefusedDocument("malformed", "a message without a text or HTML part")
        payload = cast(bytes, part.get_payload(decode=True)) or b""
        charset = part.get_content_charset()
    except _MAIL_ERRORS as error:
        raise RefusedDocument("malformed", f"no readable message: {error}") from None
    media_type = "text/html" if part.get_content_type() == "text/html" else "text/plain"
    yield from reading.make_document(carrier, carrier.uri, payload, media_type, charset=charset, hints=_hints_of(message))


def _find_text(message: Message) -> Message | None:
    parts = [part for part in message.walk() if not part.is_multipart() and part.get_content_disposition() != "attachment"]
    by_type = {part.get_content_type(): part for part in reversed(parts)}
    return by_type.get("text/html") or by_type.get("text/plain")


def _hints_of(message: Message) -> dict[str, object]:
    if address := _header(message, "Snapshot-Content-Location"):
        return {"title": _header(message, "Subject"), "url": address}
    try:
        sender, address = parseaddr(_header(message, "From"))
    except (*_MAIL_ERRORS, RecursionError):
        sender = address = ""
    return {
        "title": _header(message, "Subject"),
        "outlet": sender or address.partition("@")[2],
        "published_at": _time_of(_header(message, "Date")),
        "language": _header(message, "Content-Language"),
    }


def _header(message: Message, name: str) -> str:
    value = str(message.get(name, ""))[:MAX_HEADER]
    try:
        return " ".join(str(make_header(decode_header(value))).split())
    except _MAIL_ERRORS:
        return value


def _time_of(date: str) -> str | None:
    try:
        when = parsedate_to_datetime(date)
    except _MAIL_ERRORS:
        return None
    return (when.replace(tzinfo=UTC) if when.tzinfo is None else when).isoformat()
