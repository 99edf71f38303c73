"""Parquet: one article a row, with a column mapping."""

from collections.abc import Iterator

from newsledger.errors import RefusedDocument
from newsledger.ingest.input_file import InputFile, Reading
from newsledger.ingest.rows import find_columns, read_row
from newsledger.model.records import RawDocument, Reject

SUFFIXES = (".parquet", ".pq")
MEDIA_TYPES = ("application/vnd.apache.parquet",)
BATCH_ROWS = 64  # rows in memory at a time: 1.3 GB where every one is as large as a document may be


def claims(head: bytes, plain: bytes) -> bool:
    """Whether it has Parquet's mark."""
    return head.startswith(b"PAR1")


def read(file: InputFile, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Read the rows in batches."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with file.open() as stream:
        try:
            table = pq.ParquetFile(stream)
            columns = find_columns(table.schema_arrow.names, reading.column_map)
            number = 0
            for batch in table.iter_batches(BATCH_ROWS, columns=sorted(set(columns.values()))):
                for row in batch.to_pylist():
                    number += 1
                    yield from read_row(row, columns, number, file, reading)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise RefusedDocument(
                "malformed", f"no readable Parquet: {str(error).splitlines()[0]}"
            ) from None
