"""Which module reads a file. A format is a module of this package with `SUFFIXES` and `read`; no
list is kept."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

from newsledger.errors import RefusedDocument
from newsledger.ingest.input_file import InputFile, Reading
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


def find_format(file: InputFile, head: bytes) -> Any:
    """Find the module that reads a file.

    Stages: (1) what the source says; (2) unmistakable first bytes; (3) the longest suffix; (4)
    HTTP's media type; (5) text. Raises `RefusedDocument("unknown_format")`.
    """
    formats = list_formats()
    if file.format:
        return formats[file.format]
    name = file.name.lower()
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
        if by_suffix is None and is_xml and file.media_type is None:
            raise RefusedDocument("unknown_format", "XML that is no feed, sitemap or page")
    if by_suffix:
        return formats[by_suffix]
    return formats[_by_media_type(file.media_type, formats)]


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


def read_file(file: InputFile, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Read all documents of a file; what goes wrong with the file itself is one refusal, and
    so is a file with nothing in it: a feed without entries, a table without rows."""
    try:
        module = find_format(file, file.read_head())
        count = len(reading.seen)
        yield from module.read(file, reading)
        if len(reading.seen) == count:
            raise RefusedDocument("empty", "nothing in it: no entry, no row, no page")
    except RefusedDocument as refusal:
        yield from reading.refuse(
            file.uri, refusal, byte_count=file.size, fetched_at=file.fetched_at
        )
    except OSError as error:
        failure = RefusedDocument(
            "unreadable", error.strerror or str(error) or type(error).__name__
        )
        yield from reading.refuse(file.uri, failure, byte_count=file.size)
    except RecursionError:
        yield from reading.refuse(
            file.uri, RefusedDocument("too_deep", "nested too deeply"), byte_count=file.size
        )
