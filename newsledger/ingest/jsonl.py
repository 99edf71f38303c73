"""JSON Lines: one object a line; a broken line loses only itself."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from newsledger.errors import RefusedDocument
from newsledger.ingest.decode import decode_bytes
from newsledger.ingest.input_file import InputFile, Reading
from newsledger.ingest.rows import find_columns, give_up_on_broken, lift_fields, name_of, read_row
from newsledger.model.records import RawDocument, Reject

SUFFIXES = (".jsonl", ".ndjson", ".jsonlines")
MEDIA_TYPES = (
    "application/x-ndjson",
    "application/jsonl",
    "application/jsonlines",
    "application/x-jsonlines",
)


def claims(head: bytes, plain: bytes) -> bool:
    """Whether the first line is a whole JSON object and another one begins after it."""
    first, newline, rest = plain.partition(b"\n")
    return (
        bool(newline)
        and first.startswith(b"{")
        and first.rstrip().endswith(b"}")
        and rest.lstrip().startswith(b"{")
    )


def read(file: InputFile, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Read the objects one by one, without holding the file."""
    yield from give_up_on_broken(_read_lines(file, reading))


def _read_lines(file: InputFile, reading: Reading) -> Iterator[RawDocument | Reject]:
    with file.open() as stream:
        for number, line in _lines(stream, reading.max_document_bytes):
            if isinstance(line, RefusedDocument):
                yield from reading.refuse(f"{file.uri}#row-{number}", line)
            elif line.strip():
                yield from _read_line(number, line, file, reading)


def _lines(stream: BinaryIO, max_bytes: int) -> Iterator[tuple[int, bytes | RefusedDocument]]:
    """Read lines with a bound on their length; the rest of a longer one is passed over."""
    number = 0
    while line := stream.readline(max_bytes + 1):
        number += 1
        if len(line) <= max_bytes:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
        yield number, RefusedDocument("too_large", f"line of more than {max_bytes // 1_000_000} MB")


def _read_line(
    number: int, line: bytes, file: InputFile, reading: Reading
) -> Iterator[RawDocument | Reject]:
    uri = f"{file.uri}#row-{number}"
    try:
        row = json.loads(decode_bytes(line.strip())[0])
    except RefusedDocument as refusal:
        yield from reading.refuse(uri, refusal, content=line)
        return
    except (ValueError, RecursionError) as error:
        yield from reading.refuse(
            uri, RefusedDocument("malformed", f"line {number}: {error}"), content=line
        )
        return
    if not isinstance(row, dict):
        failure = RefusedDocument("malformed", f"line {number} is {name_of(row)}, not an object")
        yield from reading.refuse(uri, failure, content=line)
        return
    try:
        row = lift_fields(row)
        columns = find_columns(list(row), reading.column_map)
    except RefusedDocument as refusal:
        yield from reading.refuse(uri, refusal, content=line)
        return
    yield from read_row(row, columns, number, file, reading, content=line.strip())
