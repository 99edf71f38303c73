"""Fetching, against a real server on loopback: politeness, limits, and nothing twice."""

import gzip
import socket
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from newsledger.errors import SettingsError
from newsledger.ingest import fetch, read_sources
from newsledger.ingest._transport import is_public
from newsledger.ingest.fetch import Fetcher, normalise_url
from newsledger.ingest.fetch_state import FetchRecord, JsonFetchState
from newsledger.ingest.input_file import Reading
from newsledger.ingest.secrets import headers_of
from newsledger.ingest.sources import Source
from newsledger.model.records import RawDocument, Reject
from newsledger.settings import Settings

SETTINGS = Settings(
    allow_private_addresses=True, fetch_delay_s=0, fetch_timeout_s=1, max_document_mb=1
)
PAGE = (
    "<!DOCTYPE html><html><body><p>The river rose in Aveiro on Friday, page {}.</p></body></html>"
)
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>The Bugle</title>{}</channel></rss>'
ITEM = (
    "<item><title>River {0}</title><link>{1}/{0}</link><pubDate>Fri, 06 Dec 2024 "
    "04:15:00 EST</pubDate>"
    "<description>Short</description></item>"
)


@pytest.fixture
def read(tmp_path: Path):
    def read_all(
        *sources, settings: Settings = SETTINGS, known=frozenset(), **options
    ) -> list[RawDocument | Reject]:
        with Fetcher(settings, JsonFetchState(tmp_path / "state.json")) as fetcher:
            return list(read_sources(sources, settings, known=known, fetcher=fetcher, **options))

    return read_all


def outcomes(items: list[RawDocument | Reject]) -> list[str]:
    return [
        f"{item.reason}: {item.detail}" if isinstance(item, Reject) else item.media_type
        for item in items
    ]


def test_page(site, read):
    site.pages["/a"] = PAGE.format(1).encode()
    (document,) = read(f"{site.address}/a#part")
    assert document.source_uri == f"{site.address}/a"
    assert (document.media_type, document.text, document.hints) == (
        "text/html",
        PAGE.format(1),
        {"url": f"{site.address}/a"},
    )
    assert site.paths == ["/robots.txt", "/a"]
    assert "newsledger/" in site.asked[1][1]["User-Agent"]


def test_private_addresses_are_refused_unless_allowed(site, read):
    site.pages["/a"] = PAGE.format(1).encode()
    (refused,) = read(f"{site.address}/a", settings=Settings(fetch_delay_s=0))
    assert refused.reason == "disallowed"
    assert "private address 127.0.0.1" in refused.detail
    assert site.asked == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [("8.8.8.8", True), ("127.0.0.1", False), ("10.0.0.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("::1", False),
     ("::ffff:10.0.0.1", False), ("64:ff9b::a00:1", False), ("2002:a00:1::", False), ("fe80::1%eth0", False), ("224.0.0.1", False),
     ("0.0.0.0", False), ("2606:4700::1111", True), ("192.0.0.8", False), ("::127.0.0.1", False), ("64:ff9b:1::7f00:1", False),
     ("fec0::1", False), ("192.88.99.1", False)],
)  # fmt: skip
def test_which_addresses_are_public(address: str, expected: bool):
    assert is_public(address) is expected


def test_robots_txt_is_obeyed(site, read):
    site.pages |= {
        "/robots.txt": b"User-agent: *\nDisallow: /private/*.html$\n",
        "/a": PAGE.format(1).encode(),
        "/private/a.html": b"x",
    }
    found = read(f"{site.address}/private/a.html", f"{site.address}/a")
    assert [getattr(item, "reason", "read") for item in found] == ["disallowed", "read"]
    assert site.paths == ["/robots.txt", "/a"]


def test_robots_txt_that_cannot_be_had_allows_nothing(site, read):
    site.pages |= {"/robots.txt": (503, {}, b""), "/a": PAGE.format(1).encode()}
    assert outcomes(read(f"{site.address}/a")) == [
        "fetch_failed: robots.txt answers with HTTP status 503"
    ]


def test_source_whose_server_is_in_trouble_is_asked_for_again(site, read):
    page, answers = PAGE.format(1).encode(), [503, 429, 200]

    def falter(handler) -> None:
        status = answers.pop(0)
        handler.send_response(status)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(len(page)))
        handler.end_headers()
        handler.wfile.write(page if status != 429 else page[:9])  # and breaks off

    site.pages |= {"/a": falter, "/robots.txt": (404, {}, b""), "/b": (500, {}, b"")}
    site.pages["/d"] = (304, {}, b"")  # of which nothing is known
    assert outcomes(read(*(f"{site.address}/{name}" for name in "abcd"))) == [
        "text/html", "fetch_failed: HTTP status 500", "fetch_failed: HTTP status 404",
        "fetch_failed: HTTP status 304",
    ]  # fmt: skip
    assert site.paths == ["/robots.txt", *["/a"] * 3, *["/b"] * 3, "/c", "/d"]


def test_delay_between_two_requests_to_a_host(site, read):
    site.pages |= {f"/{n}": PAGE.format(n).encode() for n in range(3)}
    start = time.monotonic()
    found = read(
        *[f"{site.address}/{n}" for n in range(3)],
        settings=Settings(allow_private_addresses=True, fetch_delay_s=0.1),
    )
    assert len(found) == 3
    assert time.monotonic() - start >= 0.3


def test_unchanged_page_is_not_sent_again(site, read):
    def answer(handler) -> None:
        is_same = (
            handler.headers.get("If-None-Match") == '"v1"'
            and handler.headers.get("If-Modified-Since") == "Fri, 06 Dec 2024 09:15:00 GMT"
        )
        handler.send_response(304 if is_same else 200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("ETag", '"v1"')
        handler.send_header("Last-Modified", "Fri, 06 Dec 2024 09:15:00 GMT")
        handler.send_header("Content-Length", "0" if is_same else str(len(PAGE)))
        handler.end_headers()
        handler.wfile.write(b"" if is_same else PAGE.encode())

    site.pages["/a"] = answer
    url = f"{site.address}/a"
    (document,) = read(url)
    assert read(url, known={document.document_id}) == []
    assert site.asked[-1][1]["If-None-Match"] == '"v1"'
    assert len(read(url)) == 1, "a database that has lost the document gets it again"
    assert "If-None-Match" not in site.asked[-1][1]


def test_feed_fetches_the_pages_of_its_entries(site, read):
    site.pages["/feed"] = (
        200,
        {"Content-Type": "application/rss+xml"},
        RSS.format("".join(ITEM.format(n, site.address) for n in (1, 2, 3))).encode(),
    )
    site.pages |= {f"/{n}": PAGE.format(n).encode() for n in (1, 3)}
    found = read(f"{site.address}/feed")
    assert outcomes(found) == ["text/html", "fetch_failed: HTTP status 404", "text/html"]
    assert found[0].hints == {
        "title": "River 1", "outlet": "The Bugle", "published_at": "2024-12-06T09:15:00+00:00", "standfirst": "Short",
        "url": f"{site.address}/1",
    }  # fmt: skip


def test_relative_links_count_from_the_feed(site, read):
    link = "<item><title>River</title><link>news/7</link><description>Short.</description></item>"
    site.pages |= {
        "/feeds/all.rss": (200, {"Content-Type": "application/rss+xml"}, RSS.format(link).encode()),
        "/feeds/news/7": PAGE.format(7).encode(),
    }
    assert outcomes(read(f"{site.address}/feeds/all.rss")) == ["text/html"]


def test_a_page_packed_a_thousandfold_is_cut_off(site, read):
    packed = gzip.compress(b"<p>" + b"river " * 10_000_000)
    site.pages["/bomb"] = (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, packed)
    (refusal,) = read(f"{site.address}/bomb")
    assert refusal.reason == "too_large"


def test_pages_of_a_feed_are_not_asked_for_at_every_run(
    site, read, monkeypatch: pytest.MonkeyPatch
):
    site.pages["/feed"] = (
        200,
        {"Content-Type": "application/rss+xml"},
        RSS.format(ITEM.format(1, site.address)).encode(),
    )
    site.pages["/1"] = PAGE.format(1).encode()
    (document,) = read(f"{site.address}/feed")
    known = {document.document_id}
    site.asked.clear()
    assert read(f"{site.address}/feed", known=known) == []
    assert site.paths == ["/robots.txt", "/feed"]
    site.pages["/1"] = PAGE.format("changed").encode()
    monkeypatch.setattr(fetch, "REFETCH_AFTER", timedelta(0))
    assert "changed" in read(f"{site.address}/feed", known=known)[0].text


def test_a_dead_link_is_asked_for_with_growing_pauses(site, read, monkeypatch: pytest.MonkeyPatch):
    site.pages["/feed"] = (
        200,
        {"Content-Type": "application/rss+xml"},
        RSS.format(ITEM.format(1, site.address)).encode(),
    )
    feed, asked = f"{site.address}/feed", []
    for hours in (0, 0.5, 1.1, 5, 7.2, 20, 31.3):
        at = datetime.now(UTC) + timedelta(hours=hours)
        monkeypatch.setattr("newsledger.ingest.read.Reading", partial(Reading, started_at=at))
        site.asked.clear()
        read(feed)
        asked.append("/1" in site.paths)
    assert asked == [True, False, True, False, True, False, True]


def test_a_link_that_lives_again_has_no_failures_behind_it(tmp_path: Path):
    state, at = JsonFetchState(tmp_path / "state.json"), datetime(2026, 3, 2, tzinfo=UTC)
    for _ in range(9):
        state.put_failure("http://a/1", "doc_1", at)
    state.put_failure("http://a/2", "doc_2", at)
    state.put("http://a/2", FetchRecord(None, None, at, ()))
    state.save()
    found = JsonFetchState(tmp_path / "state.json")
    assert found.find("http://a/2") is not None
    assert found.list_paused(at + timedelta(days=6)) == {"doc_1"}
    assert found.list_paused(at + timedelta(days=7)) == set()


def test_headers_of_a_source_go_to_its_host_alone(
    site, read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    elsewhere = site.address.replace("127.0.0.1", "localhost")
    site.pages["/feed"] = (
        200,
        {"Content-Type": "application/rss+xml"},
        RSS.format(ITEM.format(1, site.address) + ITEM.format(2, elsewhere)).encode(),
    )
    site.pages |= {f"/{n}": PAGE.format(n).encode() for n in (1, 2)}
    monkeypatch.setenv("NEWSLEDGER_HEADERS_WIRE_EU", "Authorization: Bearer s3cret\nX-Desk: 7")

    found = read(Source(name="wire-eu", uri=f"{site.address}/feed"))

    sent = {path: headers.get("Authorization") for path, headers in site.asked}
    assert (sent["/feed"], sent["/1"], sent["/2"]) == ("Bearer s3cret", "Bearer s3cret", None)
    assert len(found) == 2
    assert "s3cret" not in repr(found)
    assert "s3cret" not in (tmp_path / "state.json").read_text("utf-8")


def test_headers_that_are_none_are_told_without_their_value(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NEWSLEDGER_HEADERS_WIRE", "s3cret")
    with pytest.raises(SettingsError) as error:
        headers_of("wire")
    assert str(error.value).startswith("NEWSLEDGER_HEADERS_WIRE: expected lines such as")
    assert "s3cret" not in str(error.value)


def test_sitemap_index_with_news(site, read):
    news = (
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>'
        f"<loc>{site.address}/1</loc><news:news><news:publication><news:name>The Bugle</news:name><news:language>en</news:language>"
        f"</news:publication><news:publication_date>2024-12-06T09:15:00Z</news:publication_date><news:title>River</news:title></news:news></url></urlset>"
    )
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{site.address}/news.xml.gz</loc></sitemap><sitemap><loc>{site.address}/index.xml</loc></sitemap></sitemapindex>'
    site.pages |= {
        "/index.xml": (200, {"Content-Type": "application/xml"}, index.encode()),
        "/news.xml.gz": (200, {"Content-Type": "application/x-gzip"}, gzip.compress(news.encode())),
        "/1": PAGE.format(1).encode(),
    }
    found = read(f"{site.address}/index.xml")
    (document,) = [item for item in found if isinstance(item, RawDocument)]
    assert document.hints == {
        "title": "River", "outlet": "The Bugle", "language": "en", "published_at": "2024-12-06T09:15:00Z", "url": f"{site.address}/1"
    }  # fmt: skip
    assert {item.reason for item in found if isinstance(item, Reject)} <= {"too_deep"}


def test_url_list(site, read, tmp_path: Path):
    site.pages |= {"/1": PAGE.format(1).encode(), "/2": PAGE.format(2).encode()}
    (tmp_path / "list.txt").write_text(
        f"# pages\n{site.address}/1\n\n{site.address}/2\nhttp://nowhere.invalid/\n"
    )
    found = read(tmp_path / "list.txt")
    assert [getattr(item, "reason", "read") for item in found] == ["read", "read", "fetch_failed"]


def test_redirects_are_followed_to_a_bound(site, read):
    site.pages |= {"/a": (301, {"Location": "/b"}, b""), "/b": PAGE.format(1).encode(), "/loop": (302, {"Location": "/loop"}, b""),
                   "/file": (302, {"Location": "file:///etc/passwd"}, b"")}  # fmt: skip
    site.pages["/odd"] = (302, {"Location": "http://[odd/"}, b"")
    found = read(
        f"{site.address}/a", f"{site.address}/loop", f"{site.address}/file", f"{site.address}/odd"
    )
    assert outcomes(found)[3] == "fetch_failed: redirect to no address: http://[odd/"
    assert outcomes(found)[:2] == ["text/html", "fetch_failed: more than 5 redirects"]
    assert found[0].hints["url"] == f"{site.address}/b"
    assert (
        outcomes(found)[2]
        == "disallowed: only http and https addresses are fetched, not file:///etc/passwd"
    )


def test_redirect_to_a_private_address_is_refused(site, read, monkeypatch: pytest.MonkeyPatch):
    """The first host counts as public here; the one it points to does not."""
    from newsledger.ingest import _transport

    monkeypatch.setattr(_transport, "is_public", lambda address: address == "127.0.0.1")
    site.pages["/a"] = (302, {"Location": "http://[::1]:9/secret"}, b"")
    (refused,) = read(f"{site.address}/a", settings=Settings(fetch_delay_s=0, fetch_timeout_s=1))
    assert refused.reason == "disallowed"
    assert "private address ::1" in refused.detail


def test_second_answer_of_a_name_is_not_used(site, read, monkeypatch: pytest.MonkeyPatch):
    """A name that is public when it is checked and private when it is asked for again gets no
    connection to the private address."""
    port = int(site.address.rpartition(":")[2])
    site.pages["/a"] = PAGE.format(1).encode()
    answers = iter(["93.184.216.34", "127.0.0.1"] * 3)
    connected: list[str] = []

    def resolve(host: str, *_: object, **__: object) -> list[tuple]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        connected.append(address[0])
        raise OSError("no route")

    monkeypatch.setattr(fetch, "SOURCE_PAUSES_S", ())
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    first, second = (
        read(
            f"http://rebind.example:{port}/{n}",
            settings=Settings(fetch_delay_s=0, fetch_timeout_s=1),
        )
        for n in "ab"
    )
    assert [first[0].reason, second[0].reason] == ["fetch_failed", "disallowed"]
    assert connected == ["93.184.216.34"]
    assert site.asked == []


def test_resolver_that_hangs_costs_the_time_limit_once(read, monkeypatch: pytest.MonkeyPatch):
    """The pages of a host whose name is not resolved are refused without asking for it again."""
    asked: list[str] = []

    def hang(host: str, *_: object, **__: object) -> list[tuple]:
        asked.append(host)
        time.sleep(5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    start = time.monotonic()
    found = read("http://slow.example/a", "http://slow.example/b")
    assert time.monotonic() - start < 3
    assert (
        outcomes(found)
        == [
            "fetch_failed: robots.txt: the name slow.example is not resolved in time: "
            "NEWSLEDGER_FETCH_TIMEOUT_S is 1"
        ]
        * 2
    )
    assert asked == ["slow.example"]


def test_brief_of_a_feed_whose_page_cannot_be_had(site, read):
    brief = (
        "The river rose by two metres in Aveiro on Friday, the mayor said. Nobody was hurt, "
        "and the road is open again. " * 2
    )
    entry = (
        "<item><title>River</title><link>/gone</link><content:encoded "
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<![CDATA[<p>{brief}</p>]]></content:encoded></item><item><title>Teaser</title><link>/lost</link><description>{brief}</description></item>"
    )
    feed = f'<rss version="2.0"><channel><title>The Bugle</title>{entry}</channel></rss>'
    site.pages["/feed"] = (200, {"Content-Type": "application/rss+xml"}, feed.encode())
    found = read(f"{site.address}/feed")
    assert outcomes(found)[0].startswith("fetch_failed")
    assert found[1].text == f"<p>{brief}</p>"
    assert outcomes(found)[2].startswith("fetch_failed")  # a teaser is no article
    assert len(found) == 3
    site.pages["/other"] = site.pages["/feed"]
    again = read(f"{site.address}/feed", f"{site.address}/other")  # each keeps its brief
    assert [item.text for item in again] == [f"<p>{brief}</p>"] * 2


def test_size_and_time_limits(site, read):
    def drip(handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            try:
                handler.wfile.write(b"x")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    site.pages |= {
        "/bomb": (
            200,
            {"Content-Type": "text/html", "Content-Encoding": "gzip"},
            gzip.compress(b"a" * 50_000_000),
        ),
        "/drip": drip,
        "/robots.txt": b"User-agent: *\nAllow: /\n",
    }
    site.pages["/list.urls"] = (
        200,
        {"Content-Type": "text/uri-list"},
        f"{site.address}/bomb\n{site.address}/drip\n".encode(),
    )
    start = time.monotonic()
    found = read(f"{site.address}/list.urls", settings=SETTINGS)
    assert [item.reason for item in found] == ["too_large", "fetch_failed"]
    assert time.monotonic() - start < 6


def test_server_that_says_nothing(read):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        (refused,) = read(
            f"http://127.0.0.1:{server.getsockname()[1]}/a",
            settings=Settings(allow_private_addresses=True, fetch_timeout_s=1),
        )
    assert outcomes([refused]) == [
        "fetch_failed: robots.txt: no whole answer in time: NEWSLEDGER_FETCH_TIMEOUT_S is 1"
    ]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://User:pw@Example.ORG:80/a?b=c#d", "http://example.org/a?b=c"),
        ("https://example.org:8443", "https://example.org:8443/"),
        ("http://müller.example/ü", "http://xn--mller-kva.example/ü"),
        ("http://[::1]:9/x", "http://[::1]:9/x"),
    ],
)
def test_addresses_are_written_one_way(url: str, expected: str):
    assert normalise_url(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http://a:port/",
        "http://[/",
        "http://\u0000/",
        "http://" + "a" * 300 + "/",
        "http://..",
        "http://a..b/",
    ],
)
def test_addresses_that_are_none(url: str, read):
    assert [item.reason for item in read(url)] in (["fetch_failed"], ["disallowed"])


def test_state_file_that_is_broken_counts_as_none(tmp_path: Path):
    (tmp_path / "state.json").write_text('{"http://a/": [1]}')
    assert JsonFetchState(tmp_path / "state.json").find("http://a/") is None


@pytest.mark.parametrize(
    "sitemap",
    [
        "<urlset><urlset><url><loc>{}/1</loc></url></urlset></urlset>",
        "<URLSET><URL><LOC>{}/1</LOC></URL></URLSET>",
        '<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"><s:url><s:loc>\n{}/1\n</s:loc></s:url></s:urlset>',
    ],
    ids=["nested", "capitals", "prefix"],
)
def test_sitemaps_in_the_wild(site, read, sitemap):
    xml = f'<?xml version="1.0"?>{sitemap.format(site.address)}'
    site.pages |= {
        "/map.xml": (200, {"Content-Type": "application/xml"}, xml.encode()),
        "/1": PAGE.format(1).encode(),
    }
    (document,) = read(f"{site.address}/map.xml")
    assert document.source_uri == f"{site.address}/1"
