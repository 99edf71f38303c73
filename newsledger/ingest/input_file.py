"""What the format modules work with: the file that came in, which is a document or holds
documents, and the reading that documents and refusals are made in."""

import io
import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from newsledger import paths
from newsledger.errors import RefusedDocument
from newsledger.ingest.decode import decode_bytes
from newsledger.model.ids import hash_bytes, make_id
from newsledger.model.records import RawDocument, Reject
from newsledger.settings import Settings
from newsledger.text.addresses import hide_secrets
from newsledger.text.surrogates import scrub

if TYPE_CHECKING:
    from newsledger.ingest.fetch import Fetcher

MB = 1_000_000
HEAD_BYTES = 4096  # what a format may look at to claim a file
MEMORY_BYTES = 8 * MB  # a file inside another one is kept in memory up to here, on disk above
MAX_DEPTH = 3  # archives inside archives; legitimate dumps have one or two
HINT_KEYS = (
    "url", "title", "outlet", "authors", "published_at", "modified_at", "standfirst", "section",
    "language", "agency",
    "is_body",  # the feed gives the article's text alone, no page around it
)  # fmt: skip
_INVISIBLE = re.compile(r"[\s\ufeff\u200b-\u200f\u2060\x00]*")


class Budget:
    """How many bytes one archive may still unpack to, everything nested in it included."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.left = max_bytes

    def spend(self, count: int) -> None:
        """Take off what was unpacked. Raises `RefusedDocument("too_deep")` when the archive unpacks
        to more than it may."""
        self.left -= count
        if self.left < 0:
            raise RefusedDocument(
                "too_deep",
                f"unpacks to more than {self.max_bytes // MB} MB: NEWSLEDGER_MAX_ARCHIVE_MB sets "
                f"the limit",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file, a response or an archive member: it is a document, or holds documents."""

    uri: str
    name: str  # file name, for the suffix
    open: Callable[[], BinaryIO]  # a seekable stream at its beginning
    size: int | None
    fetched_at: datetime
    format: str | None = None  # the reader to use, where the source says so
    media_type: str | None = None  # as HTTP says
    charset: str | None = None
    hints: Mapping[str, object] = field(default_factory=dict)
    depth: int = 0
    budget: Budget | None = None

    def read_head(self) -> bytes:
        """Read the first bytes."""
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    def read_all(self, max_bytes: int) -> bytes:
        """Read everything. Raises `RefusedDocument("too_large")`, without reading, where the size
        is known."""
        if self.size is not None and self.size > max_bytes:
            raise RefusedDocument("too_large", f"{self.size / MB:,.1f} MB, {_limit(max_bytes)}")
        with self.open() as stream:
            content = stream.read(max_bytes + 1)
        if len(content) > max_bytes:
            raise RefusedDocument("too_large", f"more than the {_limit(max_bytes)}")
        return content


@dataclass(slots=True, kw_only=True)
class Reading:
    """One call of `read_sources`: limits, what is known already, and which source the documents
    come through."""

    settings: Settings
    known: Container[str] = frozenset()
    source_name: str | None = None
    outlet: str | None = None
    column_map: Mapping[str, str] = field(default_factory=dict)
    fetcher: "Fetcher | None" = None
    seen: list[str] = field(
        default_factory=list
    )  # ids of all documents and refusals, known ones included
    refused: set[str] = field(default_factory=set)  # ids of the refusals among them
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    @property
    def max_document_bytes(self) -> int:
        return self.settings.max_document_mb * MB

    @property
    def max_archive_bytes(self) -> int:
        return self.settings.max_archive_mb * MB

    def read_document(self, file: InputFile, media_type: str) -> Iterator[RawDocument | Reject]:
        """Read a file that is itself one document."""
        content = file.read_all(self.max_document_bytes)
        yield from self.make_document(file, file.uri, content, media_type, charset=file.charset)

    def make_document(
        self,
        file: InputFile,
        uri: str,
        content: bytes,
        media_type: str,
        *,
        text: str | None = None,
        encoding: str = "utf-8",
        charset: str | None = None,
        fetched_at: datetime | None = None,
        hints: Mapping[str, object] | None = None,
    ) -> Iterator[RawDocument | Reject]:
        """Yield one document, its refusal, or nothing where it is known already.

        `content` is hashed as it arrived; `text` is given where the file decoded it already.
        `hints` add to the file's.
        """
        uri = hide_secrets(scrub(uri))
        sha256 = hash_bytes(content)
        document_id = make_id("doc", uri, sha256)
        self.seen.append(document_id)
        if document_id in self.known:
            return
        when, size = fetched_at or file.fetched_at, len(content)
        try:
            if size > self.max_document_bytes:
                limit = _limit(self.max_document_bytes)
                raise RefusedDocument("too_large", f"{size / MB:,.1f} MB, {limit}")
            if text is None:
                is_markup = media_type != "text/plain"
                text, encoding = decode_bytes(content, charset, is_markup=is_markup)
            text = scrub(text.replace("\r\n", "\n").replace("\r", "\n"))
            if _INVISIBLE.fullmatch(text):
                raise RefusedDocument("empty", "no characters but white space")
        except RefusedDocument as refusal:
            self.refused.add(document_id)
            said = (refusal.reason, refusal.detail, when, self.source_name)
            yield Reject(document_id, uri, sha256, size, *said)
            return
        own = {"outlet": self.outlet} if self.outlet else {}
        kept = _scrub_hints({**file.hints, **(hints or {}), **own})
        read = (media_type, text, encoding, when, self.source_name, kept)
        yield RawDocument(document_id, uri, sha256, size, *read)

    def refuse(
        self,
        uri: str,
        refusal: RefusedDocument,
        *,
        content: bytes | None = None,
        byte_count: int | None = None,
        fetched_at: datetime | None = None,
    ) -> Iterator[Reject]:
        """Yield the refusal of a file or of one row in it, or nothing where it is known
        already."""
        uri = hide_secrets(scrub(uri))
        sha256 = None if content is None else hash_bytes(content)
        document_id = make_id("doc", uri, sha256 or refusal.reason)
        self.seen.append(document_id)
        self.refused.add(document_id)
        if document_id not in self.known:
            count = len(content) if content is not None else byte_count
            yield Reject(
                document_id,
                uri,
                sha256,
                count,
                refusal.reason,
                hide_secrets(scrub(refusal.detail)),
                fetched_at or self.started_at,
                self.source_name,
            )


def _limit(max_bytes: int) -> str:
    return f"limit of {max_bytes / MB:,.0f} MB that NEWSLEDGER_MAX_DOCUMENT_MB sets"


def _scrub_hints(hints: Mapping[str, object]) -> dict[str, object]:
    """Scrub what a file says, without what it leaves empty."""
    return {
        key: _scrub_value(key, value)
        for key, value in hints.items()
        if value not in (None, "", [], ())
    }


def _scrub_value(key: str, value: object) -> object:
    if isinstance(value, str):
        return hide_secrets(scrub(value)) if key == "url" else scrub(value)
    if isinstance(value, list | tuple):
        return [_scrub_value(key, item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value


def file_of_path(path: Path, **values: object) -> InputFile:
    """Describe a file. Raises `OSError` where it cannot be examined."""
    stat = path.stat()
    return InputFile(
        uri=uri_of_path(path),
        name=path.name,
        open=lambda: path.open("rb"),
        size=stat.st_size,
        fetched_at=datetime.fromtimestamp(int(stat.st_mtime), UTC),
        **values,  # type: ignore[arg-type]
    )


def file_of_bytes(
    uri: str, name: str, content: bytes, fetched_at: datetime, **values: object
) -> InputFile:
    """Describe bytes in memory."""
    return InputFile(
        uri=uri,
        name=name,
        open=lambda: io.BytesIO(content),
        size=len(content),
        fetched_at=fetched_at,
        **values,  # type: ignore[arg-type]
    )


def keep_content(content: BinaryIO) -> "SpooledTemporaryFile[bytes]":
    """Keep a member of an archive in memory, or on disk where it is large; the caller closes it."""
    kept = SpooledTemporaryFile(max_size=MEMORY_BYTES)  # noqa: SIM115
    try:
        while chunk := content.read(1 << 16):
            kept.write(chunk)
    except BaseException:
        kept.close()
        raise
    return kept


def file_inside(
    outer: InputFile,
    member: str,
    kept: "SpooledTemporaryFile[bytes]",
    budget: Budget,
    fetched_at: datetime | None = None,
) -> InputFile:
    """Describe a member of an archive; it can be read as long as `kept` is open."""
    return replace(
        outer,
        uri=f"{outer.uri}!/{member}",
        name=member.rsplit("/", 1)[-1],
        open=lambda: cast(BinaryIO, io.BufferedReader(_Kept(kept))),
        size=kept.seek(0, io.SEEK_END),
        fetched_at=fetched_at or outer.fetched_at,
        format=None,
        media_type=None,
        charset=None,
        depth=outer.depth + 1,
        budget=budget,
    )


class _Kept(io.RawIOBase):
    """A view of a kept member with a position of its own; closing it leaves the member open for the
    next view."""

    def __init__(self, inner: "SpooledTemporaryFile[bytes]") -> None:
        self._inner, self._position = inner, 0

    def readinto(self, buffer: Any) -> int:
        self._inner.seek(self._position)
        content = self._inner.read(len(buffer))
        buffer[: len(content)] = content
        self._position += len(content)
        return len(content)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_CUR:
            offset, whence = offset + self._position, io.SEEK_SET
        self._position = self._inner.seek(offset, whence)
        return self._position

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True


def uri_of_path(path: Path) -> str:
    """Name a file the same way on every machine: relative to the project where it lies inside it,
    else absolute."""
    absolute = Path(path).absolute()
    inside = absolute.relative_to(paths.HOME) if absolute.is_relative_to(paths.HOME) else absolute
    return scrub(inside.as_posix())
