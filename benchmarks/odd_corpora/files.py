"""Odd rows as files of every kind that news comes in."""

import csv
import gzip
import html
import io
import json
import random
import zipfile
from pathlib import Path
from typing import Any

from benchmarks.odd_corpora.sound import HALVES, Row

SUFFIXES = ("jsonl", "json", "csv", "html", "txt", "rss", "atom", "eml", "zip", "txt.gz")
SINGLE = ("html", "txt", "json", "eml", "txt.gz")  # one document a file


def write_corpus(folder: Path, rows: list[Row], seed: int) -> list[Path]:
    """Write the rows to files of the folder, in the place of what lies there, and some files
    twice. Returns the files, sorted."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    rng = random.Random(seed)
    files: list[Path] = []
    while rows:
        suffix = rng.choice(SUFFIXES)
        size = 1 if suffix in SINGLE else rng.randint(1, 8)
        part, rows = rows[:size], rows[size:]
        path = folder / f"{len(files):03}.{suffix}"
        path.write_bytes(_WRITERS[suffix](part, rng))
        files.append(path)
    for path in rng.sample(files, max(1, len(files) // 12)):
        copy = folder / f"copy_{path.name}"
        copy.write_bytes(path.read_bytes())
        files.append(copy)
    return sorted(files)


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text_of(value: Any) -> str:
    return "" if value is None else str(value)


def _jsonl(rows: list[Row], rng: random.Random) -> bytes:
    is_ascii = rng.random() < 0.5
    return b"".join(_encode(json.dumps(row, ensure_ascii=is_ascii) + "\n") for row in rows)


def _json(rows: list[Row], rng: random.Random) -> bytes:
    return _encode(json.dumps(rows[0], ensure_ascii=rng.random() < 0.5))


def _csv(rows: list[Row], rng: random.Random) -> bytes:
    out = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(out, names, delimiter=rng.choice(",;\t"))
    writer.writeheader()
    writer.writerows({name: _text_of(value) for name, value in row.items()} for row in rows)
    return _encode(out.getvalue())


def _html(rows: list[Row], rng: random.Random) -> bytes:
    row = rows[0]
    linked = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": row.get("headline"),
        "author": {"@type": "Person", "name": row.get("authors")},
        "datePublished": row.get("published_at"), "dateModified": row.get("modified_at"),
        "publisher": {"@type": "Organization", "name": row.get("outlet")},
        "articleSection": row.get("section"), "url": row.get("url"),
        "description": row.get("standfirst"),
    }  # fmt: skip
    if rng.random() < 0.2:
        linked[rng.choice(list(linked))] = rng.choice(HALVES)
    text = _text_of(row.get("text"))
    shown = text if rng.random() < 0.3 else html.escape(text)
    body = "".join(f"<p>{part}</p>" for part in shown.split("\n\n"))
    title = html.escape(_text_of(row.get("headline")))
    return _encode(
        f"<html><head><title>{title}</title><script type='application/ld+json'>"
        f"{json.dumps(linked)}</script></head><body><nav>Home News Sport</nav>"
        f"<article><h1>{title}</h1>{body}</article><footer>© 2026</footer></body></html>"
    )


def _txt(rows: list[Row], rng: random.Random) -> bytes:
    row = rows[0]
    names = ("headline", "standfirst", "authors", "published_at", "text")
    text = "\n\n".join(_text_of(row[name]) for name in names if name in row)
    return _encode(text) if rng.random() < 0.8 else text.encode("cp1252", "replace")


def _rss(rows: list[Row], rng: random.Random) -> bytes:
    items = "".join(
        f"<item><title>{html.escape(_text_of(row.get('headline')))}</title>"
        f"<guid>{html.escape(_text_of(row.get('id')))}</guid>"
        f"<pubDate>{html.escape(_text_of(row.get('published_at')))}</pubDate>"
        f"<description>{html.escape(_text_of(row.get('text')))}</description></item>"
        for row in rows
    )
    outlet = html.escape(_text_of(rows[0].get("outlet")))
    return _encode(f"<rss version='2.0'><channel><title>{outlet}</title>{items}</channel></rss>")


def _atom(rows: list[Row], rng: random.Random) -> bytes:
    entries = "".join(
        f"<entry><title type='{rng.choice(('text', 'html', 'xhtml', 'odd'))}'>"
        f"{html.escape(_text_of(row.get('headline')))}</title>"
        f"<link rel='{rng.choice(('alternate', 'self', ''))}' "
        f"href='{html.escape(_text_of(row.get('url')), quote=True)}'/>"
        f"<updated>{html.escape(_text_of(row.get('published_at')))}</updated>"
        f"<author><name>{html.escape(_text_of(row.get('authors')))}</name></author><author/>"
        f"<category term=''/><content type='html'>{html.escape(_text_of(row.get('text')))}</content>"
        "</entry>"
        for row in rows
    )
    return _encode(f"<feed xmlns='http://www.w3.org/2005/Atom'><title/>{entries}</feed>")


def _eml(rows: list[Row], rng: random.Random) -> bytes:
    row = rows[0]
    heads = {"Subject": "headline", "From": "outlet", "Date": "published_at", "Message-ID": "id"}
    head = "".join(f"{name}: {_text_of(row.get(key))}\n" for name, key in heads.items())
    kind = rng.choice(("text/plain", "text/html", "text/plain; charset=nosuch", "odd"))
    return _encode(f"{head}Content-Type: {kind}\n\n{_text_of(row.get('text'))}")


def _zip(rows: list[Row], rng: random.Random) -> bytes:
    out = io.BytesIO()
    names = ("a/{}.txt", "../{}.txt", "{}.jsonl", "Ü$ {}.html", "{}")
    writers = {".jsonl": _jsonl, ".html": _html}
    with zipfile.ZipFile(out, "w") as archive:
        for number, row in enumerate(rows):
            name = rng.choice(names).format(number)
            write = writers.get(Path(name).suffix, _txt)
            archive.writestr(zipfile.ZipInfo(name), write([row], rng))
    return out.getvalue()


def _txt_gz(rows: list[Row], rng: random.Random) -> bytes:
    whole = gzip.compress(_txt(rows, rng), mtime=0)
    return whole if rng.random() < 0.8 else whole[:-9]


_WRITERS = {
    "jsonl": _jsonl, "json": _json, "csv": _csv, "html": _html, "txt": _txt, "rss": _rss,
    "atom": _atom, "eml": _eml, "zip": _zip, "txt.gz": _txt_gz,
}  # fmt: skip
