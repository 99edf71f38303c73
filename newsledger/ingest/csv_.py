"""CSV and TSV: one article a row, with a column mapping."""

import csv
import io
from collections.abc import Iterator

from newsledger.errors import RefusedDocument
from newsledger.ingest.decode import decode_bytes
from newsledger.ingest.input_file import HEAD_BYTES, InputFile, Reading
from newsledger.ingest.rows import find_columns, give_up_on_broken, read_row
from newsledger.model.records import RawDocument, Reject

SUFFIXES = (".csv", ".tsv", ".tab")
MEDIA_TYPES = ("text/csv", "text/tab-separated-values", "application/csv")
_SAMPLE = 64 * HEAD_BYTES


def read(file: InputFile, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Read the rows one by one, without holding the file. The first row names the columns.

    The standard library's reader is used and not polars': an article's body has line breaks in
    quotes, and one broken row must lose only itself.
    """
    with file.open() as stream:
        sample = stream.read(_SAMPLE)
        whole = len(sample) // 4 * 4 if b"\0" in sample else sample.rfind(b"\n") + 1
        text, encoding = decode_bytes(sample[: whole or None], file.charset)
    csv.field_size_limit(reading.max_document_bytes)
    with (
        file.open() as stream,
        io.TextIOWrapper(stream, encoding, errors="replace", newline="") as lines,
    ):
        rows = csv.reader(
            _bounded(lines, reading.max_document_bytes), delimiter=_delimiter(file.name, text)
        )
        try:
            names = [name.removeprefix("\ufeff") for name in next(rows)]
        except StopIteration:
            raise RefusedDocument("empty", "no row with the names of the columns") from None
        except csv.Error as error:
            raise RefusedDocument("malformed", f"line 1: {error}") from None
        columns = find_columns(names, reading.column_map)
        yield from give_up_on_broken(_read_rows(rows, names, columns, file, reading))


def _read_rows(
    rows: Iterator[list[str]],
    names: list[str],
    columns: dict[str, str],
    file: InputFile,
    reading: Reading,
) -> Iterator[RawDocument | Reject]:
    number = 1
    while True:
        number += 1
        uri = f"{file.uri}#row-{number}"
        try:
            values = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield from reading.refuse(uri, RefusedDocument("malformed", f"row {number}: {error}"))
            continue
        if not any(value.strip() for value in values):
            continue
        if len(values) != len(names):
            refusal = RefusedDocument(
                "malformed",
                f"row {number} has {len(values)} of the {len(names)} columns that the first row "
                f"names",
            )
            yield from reading.refuse(
                uri, refusal, content="\x1f".join(values).encode("utf-8", "surrogatepass")
            )
            continue
        yield from read_row(dict(zip(names, values, strict=True)), columns, number, file, reading)


def _bounded(lines: io.TextIOWrapper, max_chars: int) -> Iterator[str]:
    """Read lines with a bound on their length. Raises `RefusedDocument("too_large")` for the file
    at a longer one."""
    while line := lines.readline(max_chars + 1):
        if len(line) > max_chars:
            raise RefusedDocument("too_large", f"line of more than {max_chars // 1_000_000} MB")
        yield line.replace("\0", "")


def _delimiter(name: str, sample: str) -> str:
    """The separator that cuts the first row into the most columns; a tab where the file's name says
    so."""
    if name.lower().endswith((".tsv", ".tab")):
        return "\t"
    first = sample.partition("\n")[0]
    return max(",\t;|", key=first.count)
