"""Which module reads a carrier. A format is a module of this package with `SUFFIXES` and `read`; no
list is kept."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

from newsledger.errors import RefusedDocument
from newsledger.ingest.carrier import Carrier, Reading
from newsledger.model.records import RawDocument, Reject

# Suffixes of files that lie beside saved pages, or are no news in any form, but would decode as
# text or open as a ZIP.
NOT_NEWS = (
    ".css", ".js", ".mjs", ".map", ".svg", ".ico", ".py", ".java", ".c", ".h", ".sh", ".sql",
    ".toml", ".ini", ".log", ".lock", ".docx",
    ".xlsx", ".pptx", ".odt", ".ods", ".epub", ".jar", ".apk",
)  # fmt: skip
LOOSE = (
    "text",
    "html",
)  # suffixes that are put on anything; first bytes of another format count for more


@cache
def list_formats() -> dict[str, ModuleType]:
    """List the formats by name (`jsonl`, `csv` …): the module's name without a trailing
    underscore."""
    package = importlib.import_module("newsledger.ingest")
    names = (
        found.name
        for found in pkgutil.iter_modules(package.__path__)
        if not found.name.startswith("_")
    )
    modules = (importlib.import_module(f"newsledger.ingest.{name}") for name in names)
    return {
        module.__name__.rpartition(".")[2].rstrip("_"): module
        for module in modules
        if hasattr(module, "SUFFIXES")
    }


def find_format(carrier: Carrier, head: bytes) -> Any:
    """Find the module that reads a carrier.

    Stages: (1) what the source says; (2) unmistakable first bytes; (3) the longest suffix; (4)
    HTTP's media type; (5) text. Raises `RefusedDocument("unknown_format")`.
    """
    formats = list_formats()
    if carrier.format:
        return formats[carrier.format]
    name = carrier.name.lower()
    if name.endswith(NOT_NEWS):
        raise RefusedDocument("unknown_format", f"no reader for {name[name.rindex('.') :]}")
    suffixes = {
        suffix: key
        for key, module in formats.items()
        for suffix in module.SUFFIXES
        if name.endswith(suffix)
    }
    by_suffix = suffixes[max(suffixes, key=len)] if suffixes else None
    if by_suffix is None or by_suffix in LOOSE:
        plain = (
            head.replace(b"\x00", b"")
            .removeprefix(b"\xef\xbb\xbf")
            .removeprefix(b"\xff\xfe")
            .removeprefix(b"\xfe\xff")
            .lstrip()
        )
        for module in formats.values():
            if (claims := getattr(module, "claims", None)) and claims(head, plain):
                return module
        is_xml = plain.startswith(b"<?xml") or name.endswith(".xml")
        if by_suffix is None and is_xml and carrier.media_type is None:
            raise RefusedDocument("unknown_format", "XML that is no feed, sitemap or page")
    if by_suffix:
        return formats[by_suffix]
    return formats[_by_media_type(carrier.media_type, formats)]


def _by_media_type(media_type: str | None, formats: dict[str, ModuleType]) -> str:
    found = (key for key, module in formats.items() if media_type in module.MEDIA_TYPES)
    if (key := next(found, None)) is not None:
        return key
    if (
        media_type
        and not media_type.startswith("text/")
        and media_type != "application/octet-stream"
    ):
        raise RefusedDocument("unknown_format", f"no reader for {media_type}")
    return "text"


def read_carrier(carrier: Carrier, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Read all documents of a carrier; what goes wrong with the carrier itself is one refusal, and
    so is a carrier with nothing in it: a feed without entries, a table without rows."""
    try:
        module = find_format(carrier, carrier.read_head())
        count = len(reading.seen)
        yield from module.read(carrier, reading)
        if len(reading.seen) == count:
            raise RefusedDocument("empty", "nothing in it: no entry, no row, no page")
    except RefusedDocument as refusal:
        yield from reading.refuse(
            carrier.uri, refusal, byte_count=carrier.size, fetched_at=carrier.fetched_at
        )
    except OSError as error:
        failure = RefusedDocument(
            "unreadable", error.strerror or str(error) or type(error).__name__
        )
        yield from reading.refuse(carrier.uri, failure, byte_count=carrier.size)
    except RecursionError:
        yield from reading.refuse(
            carrier.uri, RefusedDocument("too_deep", "nested too deeply"), byte_count=carrier.size
        )
