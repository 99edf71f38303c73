"""ZIP archives of anything that can be read; nothing is ever written to the file system."""

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO, cast

from newsledger.errors import RefusedDocument
from newsledger.ingest.input_file import Budget, InputFile, Reading, file_inside, keep_content
from newsledger.ingest.unpack import (
    UNPACK_ERRORS,
    Limited,
    budget_of,
    check_member_name,
    is_passed_over,
    read_inside,
)
from newsledger.model.records import RawDocument, Reject

SUFFIXES = (".zip", ".wacz")
MEDIA_TYPES = ("application/zip", "application/x-zip-compressed")
MAX_DIRECTORY_BYTES = 64_000_000  # of the list of members: about 600,000 of them, 400 MB when read
_END = b"PK\x05\x06"


def claims(head: bytes, plain: bytes) -> bool:
    """Whether it begins as a ZIP does."""
    return head.startswith(b"PK\x03\x04")


def read(file: InputFile, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Read the members by name."""
    budget = budget_of(file, reading)
    with file.open() as stream:
        _check_directory(stream)
        try:
            archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, *UNPACK_ERRORS, NotImplementedError) as error:
            raise RefusedDocument("malformed", f"no readable ZIP: {error}") from None
        for member in sorted(archive.infolist(), key=lambda info: info.filename):
            if is_passed_over(member.filename):
                continue
            yield from _read_member(archive, member, file, budget, reading)
            if budget.left < 0:
                return


def _check_directory(stream: BinaryIO) -> None:
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(max(size - 65_557, 0))
    tail = stream.read()
    place = tail.rfind(_END)
    if place >= 0 and int.from_bytes(tail[place + 12 : place + 16], "little") > MAX_DIRECTORY_BYTES:
        raise RefusedDocument(
            "too_deep", f"a list of members of more than {MAX_DIRECTORY_BYTES // 1_000_000} MB"
        )
    stream.seek(0)


def _read_member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    outer: InputFile,
    budget: Budget,
    reading: Reading,
) -> Iterator[RawDocument | Reject]:
    try:
        check_member_name(member.orig_filename)
        if member.flag_bits & 1:
            raise RefusedDocument("unreadable", "encrypted")
        with archive.open(member) as content:
            kept = keep_content(cast(BinaryIO, Limited(cast(BinaryIO, content), budget)))
    except (
        RefusedDocument,
        zipfile.BadZipFile,
        *UNPACK_ERRORS,
        NotImplementedError,
        RuntimeError,
    ) as error:
        refusal = (
            error
            if isinstance(error, RefusedDocument)
            else RefusedDocument("malformed", f"broken member: {error}")
        )
        yield from reading.refuse(
            f"{outer.uri}!/{member.filename}",
            refusal,
            byte_count=member.file_size,
            fetched_at=_time_of(member) or outer.fetched_at,
        )
        return
    with kept:
        yield from read_inside(
            file_inside(outer, member.filename, kept, budget, _time_of(member)), reading
        )


def _time_of(member: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*member.date_time, tzinfo=UTC) if member.date_time[0] > 1980 else None
    except ValueError:
        return None
