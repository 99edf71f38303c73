"""A small site on loopback that counts what is asked of it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass
class Site:
    """Pages by path: content, or a function of the handler that answers by itself."""

    address: str = ""
    pages: dict[str, bytes | tuple[int, dict[str, str], bytes] | Callable] = field(
        default_factory=dict
    )
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """A source whose server is in trouble is asked for again at once."""
    monkeypatch.setattr("newsledger.ingest.fetch.SOURCE_PAUSES_S", (0.0, 0.0))


@pytest.fixture
def site() -> Iterator[Site]:
    this = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            this.asked.append((self.path, dict(self.headers)))
            page = this.pages.get(self.path, (404, {}, b"gone"))
            if callable(page):
                page(self)
                return
            status, headers, content = (
                page
                if isinstance(page, tuple)
                else (200, {"Content-Type": "text/html; charset=utf-8"}, page)
            )
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    this.address = f"http://127.0.0.1:{server.server_port}"
    yield this
    server.shutdown()
    server.server_close()
    thread.join()
