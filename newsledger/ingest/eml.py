"""EML: a newsletter or an article that came by mail."""

from collections.abc import Iterator
from datetime import UTC
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import cast

from newsledger.errors import RefusedDocument
from newsledger.ingest.carrier import Carrier, Reading
from newsledger.records import RawDocument, Reject

SUFFIXES = (".eml",)
MEDIA_TYPES = ("message/rfc822",)
_MAIL_ERRORS = (MessageError, LookupError, ValueError, AttributeError, IndexError, TypeError)  # what the library lets out on broken mail


def read(carrier: Carrier, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Read the HTML part, or else the text part, of one message. Attachments are passed over."""
    content = carrier.read_all(reading.max_document_bytes)
    if not content.strip():
        raise RefusedDocument("empty", "no characters but white space")
    try:
        message = cast(EmailMessage, message_from_bytes(content, policy=policy.default))
        part = message.get_body(("html", "plain"))
        if part is None or not message.keys():
            raise RefusedDocument("malformed", "a message without a text or HTML part")
        payload = cast(bytes, part.get_payload(decode=True)) or b""
        media_type = "text/html" if part.get_content_type() == "text/html" else "text/plain"
        hints, charset = _hints_of(message), part.get_content_charset()
    except _MAIL_ERRORS as error:
        raise RefusedDocument("malformed", f"no readable message: {error}") from None
    yield from reading.make_document(carrier, carrier.uri, payload, media_type, charset=charset, hints=hints)


def _hints_of(message: EmailMessage) -> dict[str, object]:
    sender, address = parseaddr(str(message.get("From", "")))
    return {
        "title": str(message.get("Subject", "")).strip(),
        "outlet": sender or address.partition("@")[2],
        "published_at": _time_of(str(message.get("Date", ""))),
        "language": str(message.get("Content-Language", "")).strip(),
    }


def _time_of(date: str) -> str | None:
    try:
        when = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError):
        return None
    return (when.replace(tzinfo=UTC) if when.tzinfo is None else when).isoformat()
