"""Formats without the network: what comes out of each, and that a broken part loses only itself."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import time
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import pytest

from newsledger.clean.document import clean_document
from newsledger.ingest import read_sources
from newsledger.ingest.formats import list_formats
from newsledger.ingest.sources import Source
from newsledger.model.records import RawDocument, Reject
from newsledger.settings import Settings

BODY = (
    "The river rose by two metres in Aveiro on Friday, the mayor said. Nobody was hurt, "
    "and the road is open again.\n"
)
PAGE = f"<!DOCTYPE html><html><head><meta charset=utf-8><title>River</title></head><body><p>{BODY}</p></body></html>"


def read_file(
    path: Path, settings: Settings | None = None, **options
) -> list[RawDocument | Reject]:
    return list(read_sources([path], settings or Settings(), **options))


def outcomes(items: list[RawDocument | Reject]) -> list[str]:
    return [item.reason if isinstance(item, Reject) else item.media_type for item in items]


def warc_record(
    url: str,
    content: bytes,
    media_type: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    number: int = 0,
) -> bytes:
    http = (
        f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(content)}\r\n\r\n".encode()
        + content
    )
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-12-06T09:15:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{zlib.crc32(url.encode()) + number:032x}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def test_every_format_has_what_the_registry_needs():
    for name, module in list_formats().items():
        assert callable(module.read), name
        assert all(suffix.startswith(".") for suffix in module.SUFFIXES), name
        assert isinstance(module.MEDIA_TYPES, tuple), name
        assert module.__doc__, name


def test_jsonl_rows_and_broken_lines(tmp_path: Path):
    lines = [json.dumps({"text": BODY, "title": "River", "url": "https://a.example/1", "id": 7}), '{"broken', "[1]", '{"x": 1}', "",
             json.dumps({"html": PAGE, "byline": "Ana Silva"}), '{"text": "a \\ud800 b"}', '{"text": 3}', '{"text": ""}']  # fmt: skip
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    found = read_file(tmp_path / "a.jsonl")
    assert outcomes(found) == [
        "text/plain",
        "malformed",
        "malformed",
        "missing_column",
        "text/html",
        "text/plain",
        "malformed",
        "empty",
    ]
    assert found[0].source_uri.endswith("a.jsonl#7")
    assert found[0].hints == {"title": "River", "url": "https://a.example/1"}
    assert found[4].hints == {"authors": ["Ana Silva"]}
    assert found[5].text == "a \ufffd b"


@pytest.mark.parametrize("shape", ["list", "one", "answer", "nested"])
def test_json_shapes(tmp_path: Path, shape: str):
    row = {
        "content": BODY,
        "title": "River",
        "source": {"id": None, "name": "The Bugle"},
        "publishedAt": "2024-12-06T09:15:00Z",
    }
    value = {
        "list": [row],
        "one": row,
        "answer": {"status": "ok", "articles": [row]},
        "nested": {"response": {"results": [row]}},
    }[shape]
    (tmp_path / "a.json").write_text(json.dumps(value))
    (document,) = read_file(tmp_path)
    assert document.text == BODY
    assert document.hints == {
        "title": "River",
        "outlet": "The Bugle",
        "published_at": "2024-12-06T09:15:00Z",
    }


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("is_list", [False, True])
def test_json_without_a_name_is_told_by_its_start(
    tmp_path: Path, indent: int | None, is_list: bool
):
    row = {"title": "River", "text": BODY}
    content = json.dumps([row] if is_list else row, indent=indent).encode()
    (document,) = list(read_sources(["-"], Settings(), stdin=io.BytesIO(content)))
    assert (document.text, document.hints["title"]) == (BODY, "River")


def test_json_that_is_none(tmp_path: Path):
    (tmp_path / "a.json").write_text("{nope")
    (tmp_path / "b.json").write_text("3")
    (tmp_path / "c.json").write_text("[" * 100_000)
    (tmp_path / "d.json").write_text("[]")
    assert outcomes(read_file(tmp_path)) == ["malformed", "malformed", "too_deep", "empty"]


@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_with_column_map(tmp_path: Path, name: str, delimiter: str, encoding: str):
    rows = [
        "Kopf|Inhalt|Datum",
        f'"“River”"|"{BODY}\n\nSecond paragraph."|2024-12-06',
        "only|two",
        '""|""|""',
        "x|Short text|2024-12-07",
    ]
    (tmp_path / name).write_bytes("\n".join(rows).replace("|", delimiter).encode(encoding))
    found = read_file(
        tmp_path, column_map={"text": "Inhalt", "title": "kopf", "published_at": "Datum"}
    )
    assert outcomes(found) == ["text/plain", "malformed", "text/plain"]
    assert found[0].text == f"{BODY}\n\nSecond paragraph."
    assert found[0].hints == {"title": "“River”", "published_at": "2024-12-06"}


def test_csv_without_the_column(tmp_path: Path):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    (missing,) = read_file(tmp_path)
    (mapped,) = read_file(tmp_path, column_map={"text": "c"})
    assert (missing.reason, missing.detail) == (
        "missing_column",
        "no column with the text; there are a, b: name it in column_map, text=…",
    )
    assert mapped.detail == "text is mapped to 'c'; there are a, b"


def test_table_that_is_none_is_given_up(tmp_path: Path):
    (tmp_path / "a.csv").write_text("title,text\n" + "x\n" * 5000)
    (tmp_path / "b.jsonl").write_text("x\n" * 5000)
    (tmp_path / "c.json").write_text(json.dumps([1] * 5000))
    found = read_file(tmp_path)
    assert len(found) == 3 * 1001
    assert {item.detail for item in found if "left" in item.detail} == {
        "more than 1,000 rows cannot be read; the rest was left"
    }


def test_parquet(tmp_path: Path):
    import polars as pl

    pl.DataFrame({"body": [BODY, None], "headline": ["River", None], "n": [1, 2]}).write_parquet(
        tmp_path / "a.parquet"
    )
    (tmp_path / "b.parquet").write_bytes((tmp_path / "a.parquet").read_bytes()[:-9])
    found = read_file(tmp_path)
    assert outcomes(found) == ["text/plain", "empty", "malformed"]
    assert found[0].hints == {"title": "River"}


@pytest.mark.parametrize("is_packed", [False, True])
def test_warc_pages_with_their_time_and_address(tmp_path: Path, is_packed: bool):
    records = [
        warc_record(f"https://a.example/{n}", f"{PAGE}<!--{n}-->".encode()) for n in range(3)
    ]
    records.insert(1, warc_record("https://a.example/x.png", b"\x89PNG", "image/png"))
    records.insert(1, warc_record("https://a.example/gone", PAGE.encode(), status="404 Not Found"))
    content = (
        b"".join(gzip.compress(record) for record in records) if is_packed else b"".join(records)
    )
    (tmp_path / f"a.warc{'.gz' if is_packed else ''}").write_bytes(content)
    found = read_file(tmp_path)
    assert outcomes(found) == ["text/html"] * 3
    assert found[0].fetched_at.isoformat() == "2024-12-06T09:15:00+00:00"
    assert [item.hints["url"] for item in found] == [f"https://a.example/{n}" for n in range(3)]


@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize("damage", ["start", "middle", "cut"])
def test_broken_warc_record_loses_only_itself(tmp_path: Path, is_packed: bool, damage: str):
    parts = [warc_record(f"https://a.example/{n}", f"{PAGE}<!--{n}-->".encode()) for n in range(4)]
    parts = [gzip.compress(part) for part in parts] if is_packed else parts
    broken = {
        "start": b"\x00" * 8 + parts[1][8:],
        "middle": parts[1][:60] + b"\x00" * 40 + parts[1][100:],
        "cut": parts[1][:90],
    }[damage]
    name = f"a.warc{'.gz' if is_packed else ''}"
    (tmp_path / name).write_bytes(b"".join([parts[0], broken, *parts[2:]]))
    found = read_file(tmp_path / name)
    read = [str(item.hints.get("url", ""))[-1:] for item in found if isinstance(item, RawDocument)]
    assert {"0", "2", "3"} <= set(read)
    assert len(found) - len(read) <= 1


@pytest.mark.parametrize("is_packed", [False, True])
def test_warc_that_ends_too_early_loses_its_last_page(tmp_path: Path, is_packed: bool):
    parts = [warc_record(f"https://a.example/{n}", f"{PAGE}<!--{n}-->".encode()) for n in range(2)]
    content = b"".join(map(gzip.compress, parts) if is_packed else parts)
    name = f"a.warc{'.gz' if is_packed else ''}"
    (tmp_path / name).write_bytes(content[:-40])
    assert outcomes(read_file(tmp_path / name)) == ["text/html", "malformed"]


def test_warc_page_in_chunks_is_whole(tmp_path: Path):
    chunked = f"{len(PAGE):x}\r\n{PAGE}\r\n0\r\n\r\n".encode()
    record = warc_record(
        "https://a.example/1", chunked, "text/html; charset=utf-8\r\nTransfer-Encoding: chunked"
    )
    (tmp_path / "a.warc").write_bytes(record)
    (document,) = read_file(tmp_path / "a.warc")
    assert document.text == PAGE


def test_eml_html_part_and_headers(tmp_path: Path):
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = (
        "Morning brief: café",
        "The Bugle <news@bugle.example>",
        "Fri, 06 Dec 2024 04:15:00 -0500",
    )
    message.set_content(BODY)
    message.add_alternative(PAGE, subtype="html")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="x.png")
    (tmp_path / "a.eml").write_bytes(bytes(message))
    (document,) = read_file(tmp_path)
    assert document.media_type == "text/html"
    assert document.text.strip() == PAGE
    assert document.hints == {
        "title": "Morning brief: café",
        "outlet": "The Bugle",
        "published_at": "2024-12-06T04:15:00-05:00",
    }


def test_page_that_a_browser_saved(tmp_path: Path):
    head = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/1\nSubject: "
        "River\nMIME-Version: 1.0\n"
    )
    part = f"--b\nContent-Type: text/html; charset=utf-8\nContent-Location: https://a.example/1\n\n{PAGE}\n--b--\n"
    (tmp_path / "a.mhtml").write_text(
        f'{head}Content-Type: multipart/related; type="text/html"; boundary="b"\n\n{part}'
    )
    (document,) = read_file(tmp_path)
    assert (document.media_type, document.text.strip()) == ("text/html", PAGE)
    assert document.hints == {"title": "River", "url": "https://a.example/1"}


def test_outlet_of_the_source_goes_before_that_of_a_row(tmp_path: Path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": BODY, "source": "world | bugle"}))
    (document,) = read_sources(
        [Source(uri=str(tmp_path), name="bugle", outlet="The Bugle")], Settings()
    )
    assert (document.source_name, document.hints) == ("bugle", {"outlet": "The Bugle"})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"no headers at all",
        b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b--\n",
    ],
)
def test_eml_without_text_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "a.eml").write_bytes(content)
    assert outcomes(read_file(tmp_path)) in (["empty"], ["malformed"])


def make_zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(
                zipfile.ZipInfo(name, (2024, 12, 6, 9, 15, 0)), content, zipfile.ZIP_DEFLATED
            )
    return buffer.getvalue()


def make_tar(members: dict[str, bytes], mode: str = "w") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(content), 1733476500
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def test_zip_of_anything(tmp_path: Path):
    inner = make_zip({"deep/a.txt": BODY.encode()})
    members = {"b.txt": BODY.encode(), "a/page.html": PAGE.encode(), "rows.jsonl": json.dumps({"text": BODY}).encode(), "in.zip": inner,
               "__MACOSX/._b.txt": b"x", "pic.png": b"\x89PNG1234"}  # fmt: skip
    (tmp_path / "a.zip").write_bytes(make_zip(members))
    found = read_file(tmp_path)
    names = [item.source_uri.partition("a.zip")[2] for item in found]
    assert names == [
        "!/a/page.html",
        "!/b.txt",
        "!/in.zip!/deep/a.txt",
        "!/pic.png",
        "!/rows.jsonl#row-1",
    ]
    assert outcomes(found) == ["text/html", "text/plain", "text/plain", "binary", "text/plain"]
    assert found[1].fetched_at.isoformat() == "2024-12-06T09:15:00+00:00"


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("a.tar", "w"),
        ("a.tar.gz", "w:gz"),
        ("a.tbz2", "w:bz2"),
        ("a.tar.xz", "w:xz"),
        ("odd", "w:gz"),
    ],
)
def test_tar_of_anything(tmp_path: Path, name: str, mode: str):
    (tmp_path / name).write_bytes(
        make_tar(
            {
                "b.txt": BODY.encode(),
                "a/page.html": PAGE.encode(),
                "x.zip": make_zip({"y.txt": b"Hello"}),
            },
            mode,
        )
    )
    found = read_file(tmp_path)
    assert outcomes(found) == ["text/plain", "text/html", "text/plain"]
    assert found[0].fetched_at.isoformat() == "2024-12-06T09:15:00+00:00"


@pytest.mark.parametrize(
    ("suffix", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)]
)
def test_packed_file(tmp_path: Path, suffix: str, pack):
    (tmp_path / f"a.html{suffix}").write_bytes(pack(PAGE.encode()))
    (tmp_path / f"b.jsonl{suffix}").write_bytes(pack(json.dumps({"text": BODY}).encode()))
    (tmp_path / f"c.txt{suffix}").write_bytes(pack(BODY.encode() * 9)[:-15])
    assert outcomes(read_file(tmp_path)) == ["text/html", "text/plain", "malformed"]


@pytest.mark.parametrize(
    "name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "C:\\out.txt", "..\\out.txt"]
)
@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_paths_cannot_escape(tmp_path: Path, name: str, make):
    (tmp_path / "a.zip").write_bytes(
        make({name: BODY.encode(), "good.txt": BODY.encode()})
    ) if make is make_zip else None
    (tmp_path / "a.tar").write_bytes(
        make({name: BODY.encode(), "good.txt": BODY.encode()})
    ) if make is make_tar else None
    assert sorted(outcomes(read_file(tmp_path))) == ["text/plain", "unsafe_path"]
    assert sorted(path.name for path in tmp_path.iterdir()) == (
        ["a.zip"] if make is make_zip else ["a.tar"]
    )


def test_bombs_are_refused_by_limit(tmp_path: Path):
    settings = Settings(max_document_mb=2, max_archive_mb=5)
    zeros = b"a" * 12_000_000
    (tmp_path / "a.zip").write_bytes(make_zip({"a.txt": zeros, "b.txt": BODY.encode()}))
    (tmp_path / "b.tar.gz").write_bytes(make_tar({"a.txt": zeros}, "w:gz"))
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(zeros))
    (tmp_path / "d.zip").write_bytes(make_zip({"inner.zip": make_zip({"a.txt": zeros})}))
    deep = BODY.encode()
    for _ in range(6):
        deep = make_zip({"x.zip": deep})
    (tmp_path / "e.zip").write_bytes(deep)
    (tmp_path / "f.txt").write_text(BODY)
    assert outcomes(read_file(tmp_path, settings)) == [
        "too_deep",
        "too_deep",
        "too_deep",
        "too_deep",
        "too_deep",
        "text/plain",
    ]


def test_member_over_the_document_limit_loses_only_itself(tmp_path: Path):
    (tmp_path / "a.zip").write_bytes(make_zip({"a.txt": b"a b " * 500_000, "b.txt": BODY.encode()}))
    assert outcomes(read_file(tmp_path, Settings(max_document_mb=1))) == ["too_large", "text/plain"]


def test_broken_zip_member_loses_only_itself(tmp_path: Path):
    content = bytearray(make_zip({"a.txt": BODY.encode(), "b.txt": BODY.encode()}))
    content[40:60] = b"\xff" * 20
    (tmp_path / "a.zip").write_bytes(content)
    (tmp_path / "b.zip").write_bytes(content[:50])
    assert outcomes(read_file(tmp_path)) == ["malformed", "text/plain", "malformed"]


def test_xml_entities_are_not_expanded(tmp_path: Path):
    secret = tmp_path / ".secret"
    secret.write_text("SECRET")
    steps = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 50}">' for before, name in ("ab", "bc", "cd", "de")
    )
    dtd = f'<!DOCTYPE x [<!ENTITY a "lollollollol">{steps}<!ENTITY f SYSTEM "file://{secret}">]>'
    item = f"<item><title>T</title><description>{BODY * 20} &e; &f;</description></item>"
    (tmp_path / "a.rss").write_text(
        f'<?xml version="1.0"?>{dtd}<rss version="2.0"><channel><title>x</title>{item}</channel></rss>'
    )
    sitemap = "<urlset><url><loc>file:///etc/passwd?&e;&f;</loc></url></urlset>"
    (tmp_path / "b.sitemap").write_text(f'<?xml version="1.0"?>{dtd}{sitemap}')
    for item in read_file(tmp_path):
        if isinstance(item, RawDocument):
            assert "SECRET" not in item.text
            assert len(item.text) < 10_000
        else:
            assert "SECRET" not in item.source_uri + item.detail


def test_unknown_formats(tmp_path: Path):
    (tmp_path / "a.css").write_text("p { color: red }")
    (tmp_path / "b.xml").write_text('<?xml version="1.0"?><nitf><body/></nitf>')
    (tmp_path / "b2.xml").write_text("<nitf><body>The ferry ran aground on Monday</body></nitf>")
    (tmp_path / "c.docx").write_bytes(make_zip({"word/document.xml": b"<x/>"}))
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.7 ...")
    assert outcomes(read_file(tmp_path)) == [
        "unknown_format",
        "unknown_format",
        "unknown_format",
        "unknown_format",
        "binary",
    ]


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Bugle</title><language>en</language><item><title>River &amp; road</title><link>https://bugle.example/1</link><guid>g1</guid>
<dc:creator>Ana Silva</dc:creator><pubDate>Fri, 06 Dec 2024 04:15:00 EST</pubDate><description>Short</description>
<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Bugle</title>
<entry><id>g1</id><title>River &amp; road</title>
<link href="https://bugle.example/1"/><author><name>Ana Silva</name></author><published>2024-12-06T04:15:00-05:00</published>
<content type="html">&lt;p&gt;{text}&lt;/p&gt;</content></entry></feed>"""
PREFIXED = (
    RSS.replace("<rss", '<r:rss xmlns:r="http://backend.userland.com/rss2"')
    .replace("</rss", "</r:rss")
    .replace('<?xml version="1.0"?>', "")
)
JSON_FEED = """{{"version": "https://jsonfeed.org/version/1.1", "title": "The Bugle", "language": "en", "items": [{{"id": "g1",
"url": "https://bugle.example/1",
"title": "River & road", "authors": [{{"name": "Ana Silva"}}],
"date_published": "2024-12-06T09:15:00+00:00", "content_html": "<p>{text}</p>"}}]}}"""


@pytest.mark.parametrize(
    ("name", "feed"),
    [
        ("a.rss", RSS),
        ("a.xml", RSS),
        ("a.atom", ATOM),
        ("odd", ATOM),
        ("b.xml", PREFIXED),
        ("a.json", JSON_FEED),
    ],
)
def test_feed_with_full_text(tmp_path: Path, name: str, feed: str):
    (tmp_path / name).write_text(
        feed.replace("{text}", BODY.strip() * 10).replace("{{", "{").replace("}}", "}")
    )
    (document,) = read_file(tmp_path)
    assert (document.media_type, document.text) == ("text/html", f"<p>{BODY.strip() * 10}</p>")
    assert document.source_uri.endswith(f"{name}#g1")
    hints = dict(document.hints)
    assert hints.pop("published_at") == "2024-12-06T09:15:00+00:00"
    hints.pop("standfirst", None)
    hints.pop("modified_at", None)
    assert hints == {
        "url": "https://bugle.example/1",
        "title": "River & road",
        "outlet": "The Bugle",
        "authors": ["Ana Silva"],
        "language": "en",
        "is_body": True,
    }


def test_one_entity_of_a_feed_is_not_expanded_either(tmp_path: Path):
    dtd = '<!DOCTYPE rss [<!ENTITY who "an expanded name">]>'
    item = f"<item><title>By &who;</title><description>{BODY * 20}</description></item>"
    (tmp_path / "a.rss").write_text(
        f'<?xml version="1.0"?>{dtd}<rss version="2.0"><channel><title>&who;</title>{item}</channel></rss>'
    )
    (document,) = read_file(tmp_path)
    assert "an expanded name" not in f"{document.text} {document.hints}"


def test_document_type_that_does_not_end(tmp_path: Path):
    (tmp_path / "a.rss").write_text(
        "<!DOCTYPE rss [<!ENTITY a 'b'><rss version='2.0'><channel></channel></rss>"
    )
    (refusal,) = read_file(tmp_path)
    assert (refusal.reason, refusal.detail) == ("malformed", "a document type that does not end")


def test_feed_in_utf_16(tmp_path: Path):
    item = f"<item><title>Café</title><description>{BODY * 20}</description></item>"
    feed = f'<?xml version="1.0" encoding="utf-16"?><rss version="2.0"><channel><title>x</title>{item}</channel></rss>'
    (tmp_path / "a.rss").write_bytes(feed.encode("utf-16"))
    (document,) = read_file(tmp_path)
    assert document.hints["title"] == "Café"


def test_relative_links_of_a_saved_feed_count_from_the_page_it_names(tmp_path: Path):
    item = (
        f"<item><title>T</title><link>/news/1</link><description>{BODY * 20}</description></item>"
    )
    (tmp_path / "a.rss").write_text(
        f'<rss version="2.0"><channel><link>https://pier.example/home</link>{item}</channel></rss>'
    )
    (document,) = read_file(tmp_path)
    assert document.hints["url"] == "https://pier.example/news/1"


def test_relative_links_of_a_json_feed(tmp_path: Path):
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "home_page_url": "https://pier.example/",
        "items": [{"url": "news/1", "content_text": BODY * 20}],
    }
    (tmp_path / "a.json").write_text(json.dumps(feed))
    (document,) = read_file(tmp_path)
    assert document.hints["url"] == "https://pier.example/news/1"


@pytest.mark.parametrize(
    ("value", "name"),
    [(3, "a number"), ("x", "a string"), ([], "a list"), (None, "null"), (True, "true or false")],
)
def test_what_is_no_object_is_named_in_plain_words(value, name, tmp_path: Path):
    (tmp_path / "a.jsonl").write_text(json.dumps(value))
    (refusal,) = read_file(tmp_path)
    assert refusal.detail == f"line 1 is {name}, not an object"


def test_names_of_columns_in_words_and_values_that_are_objects(tmp_path: Path):
    (tmp_path / "a.csv").write_text(
        f"Title;Article Text;Publication Date\nRiver;{BODY.strip()};2024-12-06 09:15\n"
    )
    answer = {
        "response": {
            "docs": [
                {
                    "headline": {"main": "River"},
                    "byline": {"original": "By Ana Silva"},
                    "body": BODY,
                }
            ]
        }
    }
    (tmp_path / "b.json").write_text(json.dumps(answer))
    table, row = list(read_sources([tmp_path], Settings()))
    assert table.hints == {"title": "River", "published_at": "2024-12-06 09:15"}
    assert row.hints == {"title": "River", "authors": ["By Ana Silva"]}


@pytest.mark.parametrize(
    "row",
    [
        {
            "webTitle": "River",
            "webUrl": "https://a.example/1",
            "fields": {"bodyText": BODY, "byline": "Ana Silva"},
        },
        {
            "_id": "x",
            "_source": {
                "title": "River",
                "url": "https://a.example/1",
                "author": "Ana Silva",
                "text": BODY,
            },
        },
        {
            "title": {"rendered": "River"},
            "link": "https://a.example/1",
            "author": "Ana Silva",
            "content": {"rendered": PAGE},
        },
    ],
)
@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
def test_rows_that_keep_the_article_one_step_down(tmp_path: Path, row: dict, suffix: str):
    (tmp_path / f"a{suffix}").write_text(json.dumps(row))
    (found,) = read_file(tmp_path / f"a{suffix}")
    assert {name: found.hints[name] for name in ("title", "url", "authors")} == {
        "title": "River",
        "url": "https://a.example/1",
        "authors": ["Ana Silva"],
    }
    assert BODY in found.text


def test_time_of_rss_1(tmp_path: Path):
    feed = (
        '<rdf:RDF xmlns="http://purl.org/rss/1.0/" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="https://a.example/"><title>R</title></channel><item '
        'rdf:about="https://a.example/1"><title>River</title>'
        f"<description>{BODY * 10}</description><dc:date>2024-12-06T09:15:00+01:00</dc:date></item></rdf:RDF>"
    )
    (tmp_path / "a.rdf").write_text(feed)
    (found,) = read_file(tmp_path / "a.rdf")
    assert found.hints["published_at"] == "2024-12-06T08:15:00+00:00"


def test_messages_attached_to_a_message(tmp_path: Path):
    outer = EmailMessage()
    outer["Subject"] = "Clippings"
    outer.set_content("FYI")
    for number in (1, 2):
        inner = EmailMessage()
        inner["Subject"] = f"River {number}"
        inner.set_content(BODY * number)
        outer.add_attachment(inner)
    (tmp_path / "a.eml").write_bytes(bytes(outer))
    found = read_file(tmp_path / "a.eml")
    assert [item.hints["title"] for item in found] == ["River 1", "River 2"]
    assert [item.text.count(BODY) for item in found] == [1, 2]


ODD_TIMES = (
    "2024/3/5 09:00", "2024.03.05", "2024/12/1 10:00", "Tue, 5 Mar 2024 9:00 am EST", "1709629200", "9:00 am EST", "yesterday",
    "Mon, May 25 2020 04:45:26 +0000", "2024-03", "5/3/2024", "Thu, 03 Sep 15 00:01:01 +0200", "10:00", "March 5",
)  # fmt: skip
TIMES_READ = (
    "2024-03-05 09:00", "2024-03-05 00:00", "2024-12-01 10:00", "2024-03-05 14:00", "2024-03-05 09:00", None, None,
    "2020-05-25 04:45", None, None, "2015-09-02 22:01", None, None,
)  # fmt: skip


@pytest.mark.parametrize("today", [(2017, 11, 1), (2024, 2, 29), (2031, 6, 30)])
def test_times_of_a_feed_do_not_depend_on_the_day_of_the_run(tmp_path: Path, monkeypatch, today):
    entries = "".join(
        f"<item><title>River {number}</title><guid>g{number}</guid><pubDate>{text}</pubDate>"
        f"<description>{BODY * 10}</description></item>"
        for number, text in enumerate(ODD_TIMES)
    )
    (tmp_path / "a.rss").write_text(
        f'<rss version="2.0"><channel><title>The Bugle</title>{entries}</channel></rss>'
    )
    now = time.struct_time((*today, 12, 0, 0, 0, 1, 0))
    monkeypatch.setattr(time, "gmtime", lambda *_: now)
    monkeypatch.setattr(time, "localtime", lambda *_: now)

    articles = [clean_document(document) for document in read_file(tmp_path / "a.rss")]

    found = [
        article.published_at and f"{article.published_at:%Y-%m-%d %H:%M}" for article in articles
    ]
    assert found == list(TIMES_READ)


def test_cells_that_say_that_there_is_no_value(tmp_path: Path):
    (tmp_path / "a.csv").write_text("text,title,outlet,authors\nThe ferry sank.,NaN,nan,None\n")
    (document,) = read_file(tmp_path)
    assert {key: value for key, value in document.hints.items() if value} == {}
