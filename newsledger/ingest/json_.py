"""JSON: one article, a list of them, an answer of a news interface with a list in it, or a JSON
Feed."""

import json
import re
from collections.abc import Iterator
from typing import Any

from newsledger.errors import RefusedDocument
from newsledger.ingest import jsonl
from newsledger.ingest.decode import decode_bytes
from newsledger.ingest.input_file import InputFile, Reading
from newsledger.ingest.rows import find_columns, give_up_on_broken, lift_fields, name_of, read_row
from newsledger.model.records import RawDocument, Reject

SUFFIXES = (".json",)
MEDIA_TYPES = ("application/json", "application/feed+json", "text/json")
LISTS = (
    "articles",
    "items",
    "results",
    "docs",
    "documents",
    "data",
    "response",
    "hits",
    "entries",
)  # where answers keep their rows
_START = re.compile(rb'(?:\[\s*)?\{\s*"')


def claims(head: bytes, plain: bytes) -> bool:
    """Whether it begins as an object or a list of objects does, and not as JSON Lines do."""
    return _START.match(plain) is not None and not jsonl.claims(head, plain)


def read(file: InputFile, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Read the article or the list of articles. The file is held whole: for more than the size
    limit there is JSON Lines."""
    content = file.read_all(reading.max_document_bytes)
    try:
        value = json.loads(decode_bytes(content, file.charset)[0])
    except ValueError as error:
        if jsonl.claims(content, content.lstrip()):
            yield from jsonl.read(file, reading)
            return
        raise RefusedDocument("malformed", f"no JSON: {error}") from None
    if isinstance(value, dict) and "jsonfeed.org/version" in str(value.get("version", "")):
        from newsledger.ingest import feed

        yield from feed.read_json_feed(value, file, reading)
        return
    rows = (
        item
        for number, row in enumerate(_rows_of(value), 1)
        for item in _read_one(row, number, file, reading)
    )
    yield from give_up_on_broken(rows)


def _rows_of(value: Any) -> list[Any]:
    """The rows of a list, of a list inside an answer (two steps down at most), or the one object
    itself."""
    for _ in range(3):
        if isinstance(value, list):
            return value
        if not isinstance(value, dict):
            break
        key = next((key for key in LISTS if isinstance(value.get(key), list | dict)), None)
        if key is None:
            return [value]
        value = value[key]
    if isinstance(value, list | dict):
        return value if isinstance(value, list) else [value]
    raise RefusedDocument("malformed", f"{name_of(value)}, not an article or a list of them")


def _read_one(
    row: Any, number: int, file: InputFile, reading: Reading
) -> Iterator[RawDocument | Reject]:
    uri = f"{file.uri}#row-{number}"
    content = json.dumps(row, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    try:
        if not isinstance(row, dict):
            raise RefusedDocument("malformed", f"element {number} is {name_of(row)}, not an object")
        row = lift_fields(row)
        columns = find_columns(list(row), reading.column_map)
    except RefusedDocument as refusal:
        yield from reading.refuse(uri, refusal, content=content)
        return
    yield from read_row(row, columns, number, file, reading, content=content)
