"""HTTP connections that go to public addresses only, and end in time."""

import contextvars
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Any

import httpcore
import httpx

from newsledger.errors import RefusedDocument

TRANSPORT_ERRORS = (
    httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable,
)  # fmt: skip
_deadline: contextvars.ContextVar[float | None] = contextvars.ContextVar("deadline", default=None)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Bound everything that is read inside to this many seconds in all: a server that drips bytes
    is cut off too."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet: no loopback, private, link-local or other
    special network."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        embedded = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            embedded = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if embedded is not None and not is_public(str(embedded)):
            return False
    return (
        ip.is_global
        and not ip.is_multicast
        and not any(ip in network for network in _SPECIAL if network.version == ip.version)
    )


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# what the standard library takes for global: IETF protocols, relays, IPv4 inside IPv6, NAT64 of a
# site, site-local
_SPECIAL = tuple(
    map(
        ipaddress.ip_network,
        ("192.0.0.0/24", "192.88.99.0/24", "::/96", "64:ff9b:1::/48", "fec0::/10"),
    )
)


class GuardedTransport(httpx.BaseTransport):
    """An HTTP transport that checks the address it connects to, at every redirect and whatever the
    name resolves to."""

    def __init__(self, *, allow_private: bool) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(cafile=_certificates()),
            network_backend=GuardedBackend(allow_private),
            max_connections=4,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        url = request.url
        core = httpcore.Request(
            request.method,
            httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        response = self._pool.handle_request(core)
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class GuardedBackend(httpcore.NetworkBackend):
    """Resolve a name, check every address, and connect to what was checked, so that a second answer
    cannot differ."""

    def __init__(self, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect. Raises `RefusedDocument`: `disallowed` for a private address, `fetch_failed` for
        a name that is not resolved in time."""
        addresses = resolve(host, port, timeout)
        if not self._allow_private and (
            private := [address for address in addresses if not is_public(address)]
        ):
            raise RefusedDocument(
                "disallowed",
                f"{host} is at the private address {private[0]}: "
                f"NEWSLEDGER_ALLOW_PRIVATE_ADDRESSES=1 allows it",
            )
        last: Exception | None = None
        for address in addresses[:4]:
            try:
                return _TimedStream(
                    self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                last = failed
        raise last or httpcore.ConnectError(f"{host} has no address")


def resolve(host: str, port: int, timeout: float | None) -> list[str]:
    """Look up the addresses of a name. Raises `RefusedDocument("fetch_failed")` after so many
    seconds.

    The system's resolver has no time limit that a caller could set: it is asked in a thread of its
    own, which is left behind where it hangs.
    """
    answers: SimpleQueue[list[str] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(
                [
                    str(entry[4][0])
                    for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
                ]
            )
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    try:
        found = answers.get(timeout=timeout)
    except Empty:
        raise RefusedDocument(
            "fetch_failed",
            f"the name {host} is not resolved in time: NEWSLEDGER_FETCH_TIMEOUT_S is {timeout:g}",
        ) from None
    if isinstance(found, Exception):
        raise httpcore.ConnectError(f"{host} is not known: {found}") from None
    return found


class _TimedStream(httpcore.NetworkStream):
    """A stream whose reads end at the deadline."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        end = _deadline.get()
        if end is not None:
            left = end - time.monotonic()
            if left <= 0:
                raise httpcore.ReadTimeout("the answer takes too long")
            timeout = min(timeout, left) if timeout else left
        return self._inner.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, timeout)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        return _TimedStream(self._inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _certificates() -> str:
    import certifi

    return certifi.where()
