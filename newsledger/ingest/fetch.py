"""Fetch addresses politely: robots.txt, one request at a time per host with a delay, nothing twice
that has not changed."""

import codecs
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from newsledger import __version__
from newsledger.errors import RefusedDocument
from newsledger.ingest.fetch_state import FetchRecord, FetchState, JsonFetchState
from newsledger.ingest.formats import read_file
from newsledger.ingest.input_file import MB, Reading, file_of_bytes
from newsledger.model.records import RawDocument, Reject
from newsledger.settings import Settings

if TYPE_CHECKING:
    import httpx
    from protego import Protego

USER_AGENT = f"newsledger/{__version__} (news reading for journalists)"
ROBOTS_NAME = "newsledger"
MAX_REDIRECTS = 5
MAX_ROBOTS_BYTES = 500_000  # what RFC 9309 asks a crawler to read at least
MAX_CRAWL_DELAY_S = 30.0  # a longer Crawl-delay than that is cut to it
TOTAL_TIME_FACTOR = 3  # a response may take this many times the time limit of one step
SOURCE_PAUSES_S = (2.0, 4.0)  # before a source whose server is in trouble is asked for again
TOO_MANY_REQUESTS = 429
REFETCH_AFTER = timedelta(
    hours=6
)  # a page that a feed still lists is asked for again after this; corrections come late
_PAGE_TYPES = ("text/html", "application/xhtml+xml")


class NoAnswer(RefusedDocument):
    """A server was not reached, broke off, or is in trouble: it may answer in a moment."""


@dataclass(frozen=True, slots=True)
class Response:
    """What came back, redirects followed."""

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(slots=True)
class _Host:
    """What is known of a host in this run."""

    robots: "Protego | None" = None
    refusal: RefusedDocument | None = None  # why nothing is fetched from it
    is_asked: bool = False
    delay: float = 0.0
    ready_at: float = field(default=0.0)


class Fetcher:
    """One polite client for a run. Use it as a context manager: it saves what it knows of addresses
    at the end."""

    def __init__(self, settings: Settings, state: FetchState | None = None) -> None:
        self.settings = settings
        self._state = state
        self._client: httpx.Client | None = None
        self._hosts: dict[str, _Host] = {}
        self._own: tuple[str, Mapping[str, str]] = ("", {})

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            self._client.close()
        if self._state is not None:
            self._state.save()

    @property
    def is_unused(self) -> bool:
        """Whether it was asked for no address so far."""
        return self._state is None

    def send(self, headers: Mapping[str, str], url: str) -> None:
        """Send these headers, too, from now on, but only to the host of this address."""
        self._own = (_origin(url), headers) if headers else ("", {})

    @property
    def state(self) -> FetchState:
        """What earlier runs fetched; read when the first address is."""
        if self._state is None:
            self._state = JsonFetchState()
        return self._state

    def read_url(
        self,
        url: str,
        reading: Reading,
        *,
        format_name: str | None = None,
        hints: Mapping[str, object] | None = None,
        depth: int = 0,
        is_source: bool = False,
    ) -> Iterator[RawDocument | Reject]:
        """Fetch an address and read what is there; a failure is one refusal, an unchanged answer is
        nothing.

        An answer counts as unchanged only if the run knows everything that came out of it the last
        time: after a broken run, or for an empty database, it is fetched again. `is_source` asks
        now; a page of a feed waits for `REFETCH_AFTER`, and one that failed for longer and longer
        (`fetch_state.PAUSES`).
        """
        try:
            uri = normalise_url(url)
        except ValueError as error:
            yield from reading.refuse(url, RefusedDocument("fetch_failed", f"no address: {error}"))
            return
        record = self._find_record(uri, reading)
        if not is_source and (waiting := self._find_waiting(uri, record, reading)) is not None:
            reading.seen += waiting
            return
        outer, reading.seen = reading.seen, []
        try:
            limit = reading.max_archive_bytes if is_source else reading.max_document_bytes
            response = self._get_again(uri, record, limit, SOURCE_PAUSES_S if is_source else ())
        except RefusedDocument as refusal:
            reading.seen = outer
            yield from self._refuse(uri, refusal, reading, is_source)
            return
        now = datetime.now(UTC).replace(microsecond=0)
        if record and response.status == 304:
            self.state.put(
                uri, FetchRecord(record.etag, record.last_modified, now, record.document_ids)
            )
            reading.seen = outer + list(record.document_ids)
            return
        yield from self._read_response(
            uri, response, reading, now, format_name, {**(hints or {})}, depth
        )
        etag, last_modified = response.headers.get("etag"), response.headers.get("last-modified")
        self.state.put(uri, FetchRecord(etag, last_modified, now, tuple(reading.seen)))
        reading.seen = outer + reading.seen

    def _refuse(
        self, uri: str, refusal: RefusedDocument, reading: Reading, is_source: bool
    ) -> list[Reject]:
        """Give the refusal of an address, and remember when a link is to be tried again."""
        refused = list(reading.refuse(uri, refusal))
        if not is_source:
            self.state.put_failure(uri, reading.seen[-1], reading.started_at)
        return refused

    def _find_record(self, uri: str, reading: Reading) -> FetchRecord | None:
        """Find the last answer, where the run knows everything that came out of it."""
        record = self.state.find(uri)
        is_known = record and all(found in reading.known for found in record.document_ids)
        return record if is_known else None

    def _find_waiting(
        self, uri: str, record: FetchRecord | None, reading: Reading
    ) -> Sequence[str] | None:
        """Give what came out of an address that is not to be asked for again yet."""
        if record and reading.started_at - record.fetched_at < REFETCH_AFTER:
            return record.document_ids
        paused = self.state.find_paused(uri, reading.started_at)
        if paused is None:
            return None
        reading.refused.add(paused.document_id)
        return [paused.document_id]

    def _read_response(
        self,
        uri: str,
        response: Response,
        reading: Reading,
        now: datetime,
        format_name: str | None,
        hints: dict[str, object],
        depth: int,
    ) -> Iterator[RawDocument | Reject]:
        media_type, charset = _content_type(response.headers.get("content-type", ""))
        is_page = media_type in _PAGE_TYPES
        name = "" if is_page else urlsplit(response.url).path.rsplit("/", 1)[-1]
        if is_page:
            hints["url"] = response.url
        file = file_of_bytes(
            uri,
            name,
            response.content,
            now,
            format=format_name,
            media_type=media_type,
            charset=charset,
            hints=hints,
            depth=depth,
        )
        yield from read_file(file, reading)

    def _get_again(
        self, url: str, record: FetchRecord | None, limit: int, pauses: Sequence[float]
    ) -> Response:
        """Get an address, after each of the pauses again where there was no answer. Raises as
        `get` does."""
        for pause in pauses:
            try:
                return self.get(url, record, limit)
            except NoAnswer:
                time.sleep(pause)
                for host in self._hosts.values():
                    if isinstance(host.refusal, NoAnswer):
                        host.is_asked, host.refusal = False, None
        return self.get(url, record, limit)

    def get(
        self, url: str, record: FetchRecord | None = None, max_bytes: int | None = None
    ) -> Response:
        """Get an address. Raises `RefusedDocument` with `fetch_failed`, `disallowed` or
        `too_large`."""
        limit = max_bytes or self.settings.max_document_mb * MB
        for _ in range(MAX_REDIRECTS + 1):
            parts = urlsplit(url)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise RefusedDocument(
                    "disallowed", f"only http and https addresses are fetched, not {url[:200]}"
                )
            self._check_robots(url)
            response = self._request(url, record, limit)
            location = response.headers.get("location")
            if response.status not in (301, 302, 303, 307, 308) or not location:
                break
            url = _join(url, location)
        else:
            raise RefusedDocument("fetch_failed", f"more than {MAX_REDIRECTS} redirects")
        if response.status != 200 and not (response.status == 304 and record):
            is_trouble = response.status >= 500 or response.status == TOO_MANY_REQUESTS
            kind = NoAnswer if is_trouble else RefusedDocument
            raise kind("fetch_failed", f"HTTP status {response.status}")
        return response

    def _check_robots(self, url: str) -> None:
        parts = urlsplit(url)
        host = self._hosts.setdefault(parts.netloc, _Host(delay=self.settings.fetch_delay_s))
        if not host.is_asked:
            host.is_asked = True
            self._read_robots(f"{parts.scheme}://{parts.netloc}/robots.txt", host)
        if host.refusal:
            raise type(host.refusal)(host.refusal.reason, host.refusal.detail)
        if host.robots and not host.robots.can_fetch(url, ROBOTS_NAME):
            raise RefusedDocument("disallowed", f"robots.txt of {parts.netloc} does not allow it")

    def _read_robots(self, url: str, host: _Host) -> None:
        """Read robots.txt as RFC 9309 has it: none (4xx) allows everything, one that cannot be had
        allows nothing."""
        from protego import Protego

        for _ in range(MAX_REDIRECTS + 1):
            try:
                response = self._request(url, None, MAX_ROBOTS_BYTES, is_cut=True)
            except RefusedDocument as refusal:
                told = f"robots.txt: {refusal.detail}"
                host.refusal = type(refusal)(refusal.reason, told)
                return
            if response.status not in (301, 302, 303, 307, 308) or not response.headers.get(
                "location"
            ):
                break
            try:
                url = _join(url, response.headers["location"])
            except RefusedDocument as refusal:
                host.refusal = refusal
                return
        if response.status >= 500:
            told = f"robots.txt answers with HTTP status {response.status}"
            host.refusal = NoAnswer("fetch_failed", told)
        elif response.status == 200:
            host.robots = Protego.parse(response.content.decode("utf-8", "replace"))
            asked = host.robots.crawl_delay(ROBOTS_NAME) or 0.0
            host.delay = max(host.delay, min(float(asked), MAX_CRAWL_DELAY_S))

    def _request(
        self, url: str, record: FetchRecord | None, max_bytes: int, *, is_cut: bool = False
    ) -> Response:
        """Make one request when the host's turn has come. `is_cut` cuts a longer answer instead of
        refusing it."""
        import httpcore
        import httpx

        from newsledger.ingest._transport import TRANSPORT_ERRORS, deadline

        host = self._hosts.setdefault(
            urlsplit(url).netloc, _Host(delay=self.settings.fetch_delay_s)
        )
        if (wait := host.ready_at - time.monotonic()) > 0:
            time.sleep(wait)
        asked_if = record.conditions if record else {}
        headers = {key: value for key, value in asked_if.items() if value}
        headers |= self._own[1] if _origin(url) == self._own[0] else {}
        limit_s = self.settings.fetch_timeout_s * TOTAL_TIME_FACTOR
        try:
            with (
                deadline(limit_s),
                self._open_client().stream("GET", url, headers=headers) as response,
            ):
                content = _read_body(response, max_bytes, is_cut=is_cut)
                return Response(url, response.status_code, response.headers, content)
        except (httpx.TimeoutException, httpcore.TimeoutException):
            asked = self.settings.fetch_timeout_s
            raise RefusedDocument(
                "fetch_failed", f"no whole answer in time: NEWSLEDGER_FETCH_TIMEOUT_S is {asked}"
            ) from None
        except (httpx.InvalidURL, httpx.HTTPError, httpx.StreamError, *TRANSPORT_ERRORS, OSError,
                ValueError) as error:  # fmt: skip
            kind = RefusedDocument if isinstance(error, httpx.InvalidURL | ValueError) else NoAnswer
            told = f"{type(error).__name__}: {error}".rstrip(": ")[:300]
            raise kind("fetch_failed", told) from None
        finally:
            host.ready_at = time.monotonic() + host.delay

    def _open_client(self) -> "httpx.Client":
        if self._client is None:
            import httpx

            from newsledger.ingest._transport import GuardedTransport

            self._client = httpx.Client(
                transport=GuardedTransport(allow_private=self.settings.allow_private_addresses),
                timeout=self.settings.fetch_timeout_s,
                headers={
                    "User-Agent": USER_AGENT,
                    "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8",
                },
                follow_redirects=False,
                trust_env=False,
            )
        return self._client


def _read_body(response: "httpx.Response", max_bytes: int, *, is_cut: bool) -> bytes:
    """Read an answer's body up to a limit; a longer one is cut where it may be, else refused."""
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > max_bytes:
            break
    if len(content) > max_bytes and not is_cut:
        raise RefusedDocument("too_large", f"more than {max_bytes // MB} MB")
    return bytes(content[:max_bytes])


def normalise_url(url: str) -> str:
    """Write an address the same way every time: lower-case host, no default port, no fragment, no
    user name or password."""
    parts = urlsplit(url.strip())
    host = (
        (parts.hostname or "").encode("idna").decode("ascii")
        if not (parts.hostname or "").isascii()
        else (parts.hostname or "")
    )
    host = f"[{host}]" if ":" in host else host
    is_default = parts.port is None or (parts.scheme, parts.port) in (("http", 80), ("https", 443))
    return urlunsplit(
        (
            parts.scheme.lower(),
            host if is_default else f"{host}:{parts.port}",
            parts.path or "/",
            parts.query,
            "",
        )
    )


def _origin(url: str) -> str:
    parts = urlsplit(normalise_url(url))
    return f"{parts.scheme}://{parts.netloc}"


def _join(url: str, location: str) -> str:
    try:
        return normalise_url(urljoin(url, location))
    except ValueError:
        raise RefusedDocument("fetch_failed", f"redirect to no address: {location[:200]}") from None


def _content_type(header: str) -> tuple[str | None, str | None]:
    from email.message import Message

    message = Message()
    message["content-type"] = header
    charset = message.get_content_charset()
    try:
        charset = codecs.lookup(charset).name if charset else None
    except (LookupError, ValueError):
        charset = None
    return (message.get_content_type() if header else None), charset
