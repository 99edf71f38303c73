"""Stable identifiers: hashes of raw parts, all made here, so that a better cleaner or parser does
not change them."""

import hashlib

_SEPARATOR = "\x1f"
_LENGTH = 16  # hex digits: 64 bits, a collision in ten million rows is a one in 370,000 event


def make_id(kind: str, *parts: object) -> str:
    """Hash the parts into an id such as `art_3f0c…`; the same parts give the same id on every
    machine.

    `kind` is a short prefix (`doc`, `art`, `act`, `clm` …). Parts are joined by their `str`; `None`
    counts as empty.
    """
    text = _SEPARATOR.join("" if part is None else str(part) for part in parts)
    digest = hashlib.blake2b(
        text.encode("utf-8", "surrogatepass"), digest_size=_LENGTH // 2
    ).hexdigest()
    return f"{kind}_{digest}"


def hash_bytes(content: bytes) -> str:
    """SHA-256 of a document as it arrived, as hex."""
    return hashlib.sha256(content).hexdigest()


def make_text_key(outlet: str | None, headline: str | None, body: str) -> str:
    """Key what an outlet printed: the same outlet with the same words is one article, however often
    it was fetched."""
    return make_id("txt", outlet, " ".join(f"{headline or ''} {body}".split()).casefold())
