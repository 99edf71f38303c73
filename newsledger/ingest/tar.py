"""Tar archives, plain or packed with gzip, bzip2 or xz, of anything that can be read; read in one
pass, written nowhere."""

import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO, cast

from newsledger.errors import RefusedDocument
from newsledger.ingest.input_file import Budget, InputFile, Reading, file_inside, keep_content
from newsledger.ingest.unpack import (
    UNPACK_ERRORS,
    budget_of,
    check_member_name,
    is_passed_over,
    read_inside,
    unpack,
)
from newsledger.model.records import RawDocument, Reject

SUFFIXES = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
MEDIA_TYPES = ("application/x-tar", "application/x-gtar")


def claims(head: bytes, plain: bytes) -> bool:
    """Whether it has tar's mark in its place."""
    return head[257:262] == b"ustar"


def read(file: InputFile, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Read the members in the order of the archive. All that is unpacked counts, passed-over
    members too."""
    budget = budget_of(file, reading)
    with file.open() as stream:
        unpacked = unpack(stream, file.read_head(), budget)
        try:
            with tarfile.open(fileobj=unpacked, mode="r|", bufsize=1 << 16) as archive:
                for member in archive:
                    if not member.isdir() and not is_passed_over(member.name):
                        yield from _read_member(archive, member, file, budget, reading)
        except (tarfile.TarError, *UNPACK_ERRORS, OverflowError) as error:
            raise RefusedDocument("malformed", f"broken tar: {error}") from None


def _read_member(
    archive: tarfile.TarFile,
    member: tarfile.TarInfo,
    outer: InputFile,
    budget: Budget,
    reading: Reading,
) -> Iterator[RawDocument | Reject]:
    uri = f"{outer.uri}!/{member.name}"
    try:
        check_member_name(member.name)
        if not member.isfile():
            raise RefusedDocument("unsafe_path", "a link or a device")
        content = archive.extractfile(member)
        assert content is not None
        kept = keep_content(cast(BinaryIO, content))
    except RefusedDocument as refusal:
        if budget.left < 0:
            raise
        yield from reading.refuse(uri, refusal, byte_count=member.size, fetched_at=outer.fetched_at)
        return
    with kept:
        yield from read_inside(
            file_inside(outer, member.name, kept, budget, _time_of(member)), reading
        )


def _time_of(member: tarfile.TarInfo) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(member.mtime), UTC) if member.mtime > 0 else None
    except (OverflowError, OSError, ValueError):
        return None
