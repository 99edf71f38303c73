"""EML: a newsletter or an article that came by mail; MHTML, the same form, is a page that a browser
saved."""

from collections.abc import Iterator
from datetime import UTC
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import cast

from newsledger.errors import RefusedDocument
from newsledger.ingest.input_file import InputFile, Reading
from newsledger.model.records import RawDocument, Reject

SUFFIXES = (".eml", ".mht", ".mhtml")
MEDIA_TYPES = ("message/rfc822", "multipart/related")
MAX_NOTE = 400  # bytes of a note above attached messages: "FYI"
MAX_ATTACHED = 50  # messages of one message that are read
MAX_HEADER = 2000  # characters of a header that are read; the standard allows lines of 998
_MAIL_ERRORS = (
    MessageError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
)  # what the library lets out on broken mail


def read(file: InputFile, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Read the first HTML part, or else the first text part, of a message, and of each message that
    is attached to it.

    Other attachments are passed over, and so is the note that a message with messages attached
    brings them with. The library's older way of reading headers is used on purpose: the newer one
    takes minutes for a header of a megabyte.
    """
    content = file.read_all(reading.max_document_bytes)
    if not content.strip():
        raise RefusedDocument("empty", "no characters but white space")
    try:
        payloads = _list_payloads(file.uri, content)
    except _MAIL_ERRORS as error:
        raise RefusedDocument("malformed", f"no readable message: {error}") from None
    if not payloads:
        raise RefusedDocument("malformed", "a message without a text or HTML part")
    for uri, one, part, payload in payloads:
        media_type = "text/html" if part.get_content_type() == "text/html" else "text/plain"
        yield from reading.make_document(
            file,
            uri,
            payload,
            media_type,
            charset=part.get_content_charset(),
            hints=_hints_of(one),
        )


def _list_payloads(uri: str, content: bytes) -> list[tuple[str, Message, Message, bytes]]:
    """List the readable messages, the file first: address, message, its text part, and that
    part's bytes."""
    message = message_from_bytes(content)
    attached = [
        part
        for part in _walk(message)
        if part.get_content_type() == "message/rfc822" and part.is_multipart()
    ]
    found = [(uri, message)] + [
        (f"{uri}#message-{number}", cast(list[Message], part.get_payload())[0])
        for number, part in enumerate(attached[:MAX_ATTACHED], 1)
    ]
    payloads = [
        (where, one, part, cast(bytes, part.get_payload(decode=True)) or b"")
        for where, one in found
        if one.keys() and (part := _find_text(one)) is not None
    ]
    is_note = len(payloads) > 1 and payloads[0][0] == uri and len(payloads[0][3]) < MAX_NOTE
    return payloads[1:] if attached and is_note else payloads


def _walk(message: Message) -> Iterator[Message]:
    """Walk the parts of a message, not those of the messages attached to it."""
    yield message
    if message.is_multipart() and message.get_content_type() != "message/rfc822":
        for part in cast(list[Message], message.get_payload()):
            yield from _walk(part)


def _find_text(message: Message) -> Message | None:
    parts = [
        part
        for part in _walk(message)
        if not part.is_multipart() and part.get_content_disposition() != "attachment"
    ]
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
