"""Feed broken input to ingest (and cleaning) and report crashes, hangs and memory.

    python benchmarks/fuzz_ingest.py [--inputs 10000] [--seed 1] [--clean] [--pages FOLDER]

Every input is a document of one of the formats, or a real page of FOLDER, mutated: bytes flipped,
cut, doubled, spliced with
another one, numbers changed, packed once more. An input fails if it raises, takes more than 5 s of
CPU, or if the process grows over
the memory limit. Nothing is fetched. The exit status is 1 if anything failed; failed inputs are
written to `--keep`.
"""

import argparse
import bz2
import gzip
import io
import itertools
import json
import lzma
import random
import re
import resource
import signal
import sys
import tarfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from newsledger.errors import RefusedDocument  # noqa: E402
from newsledger.ingest.fetch import Fetcher, Response  # noqa: E402
from newsledger.ingest.fetch_state import FetchRecord  # noqa: E402
from newsledger.ingest.formats import read_file  # noqa: E402
from newsledger.ingest.input_file import Reading, file_of_bytes  # noqa: E402
from newsledger.model.records import RawDocument, Reject  # noqa: E402
from newsledger.settings import Settings  # noqa: E402

MAX_SECONDS = 5
MAX_MEMORY = 3_000_000_000
BODY = (
    "The river rose by two metres in Aveiro on Friday, “and it is not over”, the mayor "
    "said.\n\nNobody was hurt, she told Café Público.\n"
)
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>River '
    'rises</title><meta property="article:published_time" '
    'content="2024-12-06T09:15:00Z"><script type="application/ld+json">{"@type": '
    '"NewsArticle", "headline": "River rises", "author": '
    f'[{{"name": "Ana Silva"}}]}}</script></head><body><nav><a href="/">Home</a></nav><article><h1>River rises</h1><p>{BODY * 8}</p>'
    "</article></body></html>"
)
SETTINGS = Settings(max_document_mb=2, max_archive_mb=20)
NOW = datetime(2024, 12, 6, 9, 15, tzinfo=UTC)


class NoFetcher(Fetcher):
    """Fetches nothing, and remembers nothing."""

    def get(
        self, url: str, record: FetchRecord | None = None, max_bytes: int | None = None
    ) -> Response:
        raise RefusedDocument("fetch_failed", "no network")

    @property
    def state(self):  # type: ignore[no-untyped-def, override]
        return self

    def find(self, url: str) -> None:
        return None

    def find_paused(self, url: str, now: object) -> None:
        return None

    def put_failure(self, *_: object) -> None:
        return None


def make_samples() -> dict[str, bytes]:
    """Make one good document of every format, by file name."""
    rows = [
        {"text": BODY, "title": f"River {n}", "url": f"https://a.example/{n}", "date": "2024-12-06"}
        for n in range(3)
    ]
    item = f"<item><title>River</title><link>https://a.example/1</link><description>{BODY * 9}</description></item>"
    atom = f'<entry><id>1</id><content type="html">{"It rose. " * 200}</content></entry>'
    sitemap = b"<url><loc>https://a.example/1</loc><lastmod>2024</lastmod></url>"
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = (
        "River: café",
        "The Bugle <a@bugle.example>",
        "Fri, 06 Dec 2024 04:15:00 -0500",
    )
    message.set_content(BODY)
    message.add_alternative(PAGE, subtype="html")
    message.set_boundary("fixed")
    samples = {
        "a.txt": BODY.encode(), "b.txt": (BODY * 3).encode("utf-16"), "c.txt": (BODY * 3).encode("cp1252"), "a.html": PAGE.encode(),
        "a.jsonl": "\n".join(map(json.dumps, rows)).encode(), "a.json": json.dumps({"articles": rows}).encode(),
        "b.json": json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1, "content_html": PAGE}]}).encode(),
        "a.csv": ("title,text\n" + f'River,"{BODY}"\n' * 3).encode(), "a.tsv": b"title\ttext\nRiver\tIt rose.\n",
        "a.rss": f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{item * 2}</channel></rss>'.encode(),
        "b.xml": f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{atom}</feed>'.encode(),
        "c.xml": b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' + sitemap + b"</urlset>",
        "a.urls": b"https://a.example/1\nhttp://[::1]/\n", "a.eml": bytes(message), "a.parquet": _parquet(rows),
    }  # fmt: skip
    warc = b"".join(_warc_record(n) for n in range(3))
    samples |= {"a.warc": warc, "a.warc.gz": b"".join(_gzip(_warc_record(n)) for n in range(3))}
    samples |= {
        "a.txt.gz": _gzip(BODY.encode()),
        "a.html.bz2": bz2.compress(PAGE.encode()),
        "a.html.xz": lzma.compress(PAGE.encode()),
    }
    members = {
        "a.txt": samples["a.txt"],
        "d/a.html": samples["a.html"],
        "a.jsonl": samples["a.jsonl"],
    }
    samples |= {
        "a.zip": _zip(members),
        "a.tar": _tar(members, "w"),
        "a.tgz": _gzip(_tar(members, "w")),
        "b.zip": _zip({"a.zip": _zip(members)}),
    }
    return samples


def _parquet(rows: list[dict]) -> bytes:
    import polars as pl

    buffer = io.BytesIO()
    pl.DataFrame(rows).write_parquet(buffer)
    return buffer.getvalue()


def _warc_record(number: int) -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(PAGE.encode())}\r\n\r\n{PAGE}".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{number}\r\nWARC-Date: 2024-12-06T09:15:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _tar(members: dict[str, bytes], mode: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def mutate(content: bytes, other: bytes, rng: random.Random) -> bytes:
    """Break a document in one to four ways."""
    data = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        if not data:
            data += other[:100]
        data = bytearray(rng.choice(_MUTATIONS)(data, other, rng))[:8_000_000]
    return bytes(data)


def _flip(data: bytearray, other: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 3, 20, 200))):
        data[rng.randrange(len(data))] = rng.choice((0, 255, 10, 34, 60, rng.randrange(256)))
    return data


def _cut(data: bytearray, other: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.choice((1, 2, 16, 500, len(data))) :]


def _double(data: bytearray, other: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    piece = data[start : start + rng.choice((1, 4, 40, 400))]
    return data[:start] + piece * rng.choice((2, 10, 1000, 20_000)) + data[start:]


def _splice(data: bytearray, other: bytes, rng: random.Random) -> bytes:
    start, end = rng.randrange(len(data)), rng.randrange(len(other) or 1)
    return data[:start] + other[end : end + rng.choice((8, 100, 10_000))] + data[start:]


def _renumber(data: bytearray, other: bytes, rng: random.Random) -> bytes:
    numbers = list(itertools.islice(re.finditer(rb"\d+", data), 5000))
    if not numbers:
        return data
    found = rng.choice(numbers)
    return (
        data[: found.start()]
        + rng.choice((b"0", b"-1", b"1e99", b"99999999999999999999", b"4294967295", b"9" * 5000))
        + data[found.end() :]
    )


def _insert(data: bytearray, other: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    pieces = (
        b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\\ud800", "\u202e\u0301🙂".encode(), b"<![CDATA[", b"<!--", b"]]>", b"&#x110000;", b"&#0;",
        b"<div>" * 3000, b"[" * 3000, b'{"a":' * 3000, b'"', b"\r", b"../../", b"&lol;", b"<!DOCTYPE a [<!ENTITY lol 'lol'>]>",
    )  # fmt: skip
    return data[:start] + rng.choice(pieces) + data[start:]


def _pack(data: bytearray, other: bytes, rng: random.Random) -> bytes:
    return rng.choice(
        (
            _gzip,
            bz2.compress,
            lambda d: _zip({"a.txt": d, "../b": other}),
            lambda d: _tar({"x": d}, "w"),
        )
    )(bytes(data))


_MUTATIONS: tuple[Callable[[bytearray, bytes, random.Random], bytes], ...] = (
    _flip,
    _flip,
    _cut,
    _double,
    _splice,
    _renumber,
    _insert,
    _pack,
)


def make_inputs(count: int, seed: int, extra: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Make mutated documents; the name keeps its suffix, or loses it, or gets another one's."""
    rng = random.Random(seed)
    samples = make_samples() | extra
    names = sorted(samples)
    for _ in range(count):
        name = rng.choice(names)
        content = mutate(samples[name], samples[rng.choice(names)], rng)
        yield rng.choices((name, "", rng.choice(names)), (8, 1, 1))[0], content


def read_input(
    name: str, content: bytes, *, is_cleaned: bool = False
) -> list[RawDocument | Reject]:
    """Read one input as a run would."""
    reading = Reading(settings=SETTINGS, fetcher=NoFetcher(SETTINGS), started_at=NOW)
    items = list(read_file(file_of_bytes("fuzz/" + name, name, content, NOW), reading))
    for item in items:
        json.dumps(
            [
                str(value)
                for value in (
                    item.source_uri,
                    getattr(item, "text", ""),
                    getattr(item, "hints", ""),
                )
            ]
        ).encode()
        item.source_uri.encode()
        if isinstance(item, RawDocument):
            item.text.encode()
            json.dumps(item.hints, ensure_ascii=False).encode()
            if is_cleaned:
                _clean(item)
    return items


def _clean(document: RawDocument) -> None:
    from newsledger.clean.document import clean_document

    try:
        article = clean_document(document)
    except RefusedDocument:
        return
    article.body.encode()
    for line in article.lines:
        if line.start is not None and article.body[line.start : line.end] != line.text:
            raise AssertionError(
                f"line {line.line_no}: body[{line.start}:{line.end}] is not its text"
            )


class TooLongError(BaseException):
    """An input takes too long. Not an `Exception`, so that nothing on the way takes it for a broken
    file."""


def _too_long(*_: object) -> None:
    raise TooLongError(f"more than {MAX_SECONDS} s")


def main() -> int:
    """Run the fuzz and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clean", action="store_true", help="clean what was read, too")
    parser.add_argument(
        "--pages", type=Path, help="folder of real pages to mutate besides the samples"
    )
    parser.add_argument(
        "--keep", type=Path, default=Path("data/fuzz"), help="folder for inputs that failed"
    )
    options = parser.parse_args()
    extra = (
        {path.name: path.read_bytes() for path in sorted(options.pages.rglob("*.*"))}
        if options.pages
        else {}
    )
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    signal.signal(signal.SIGPROF, _too_long)
    for name, content in make_samples().items():  # libraries and models are loaded here
        read_input(name, content, is_cleaned=options.clean)
    outcomes: Counter[str] = Counter()
    failed, slowest = 0, (0.0, "")
    for number, (name, content) in enumerate(make_inputs(options.inputs, options.seed, extra)):
        start = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, MAX_SECONDS)
        try:
            items = read_input(name, content, is_cleaned=options.clean)
            outcomes.update(item.reason if isinstance(item, Reject) else "read" for item in items)
        except (Exception, TooLongError):
            failed += 1
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"{options.seed}_{number}_{name or 'nameless'}").write_bytes(content)
            print(
                f"input {number} ({name!r}, {len(content)} bytes)\n{traceback.format_exc(limit=-6)}",
                file=sys.stderr,
            )
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        slowest = max(slowest, (time.process_time() - start, f"{number} {name}"))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        f"{options.inputs} inputs, {failed} failed, slowest {slowest[0]:.2f} s ({slowest[1]}), peak memory {memory:.0f} MB"
    )
    print(", ".join(f"{reason} {count}" for reason, count in outcomes.most_common()))
    return 1 if failed or slowest[0] > MAX_SECONDS else 0


if __name__ == "__main__":
    sys.exit(main())
