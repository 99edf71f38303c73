"""Files and directories: what is read, what is refused, and that one bad file never stops the
rest."""

import json
import os
import subprocess
import sys
from logging import getLogger
from pathlib import Path

import pytest

from newsledger.ingest import read_sources
from newsledger.ingest.sources import Source
from newsledger.model.records import RawDocument, Reject
from newsledger.settings import Settings
from newsledger.stages.read import Read
from newsledger.store.database import open_work

TEXT = (
    "“Hello, it’s us,” said Ana Silva on Friday. The river rose by two metres in the "
    "town of Aveiro.\n"
)


def read_all(*sources, settings: Settings | None = None, **options) -> list[RawDocument | Reject]:
    return list(read_sources(sources, settings or Settings(), **options))


def outcome(item: RawDocument | Reject) -> str:
    return item.reason if isinstance(item, Reject) else item.media_type


def test_directory_is_walked_by_name(tmp_path: Path):
    for name in ("b.txt", "a/z.html", "a/b.txt", "c.md", ".hidden.txt", "a/.git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(TEXT + name)
    found = read_all(tmp_path)
    assert [item.source_uri.removeprefix(f"{tmp_path}/") for item in found] == [
        "a/b.txt",
        "a/z.html",
        "b.txt",
        "c.md",
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        ("\u200b\u00a0\n".encode(), "empty"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "binary"),
        (bytes(range(128, 256)) * 20, "encoding"),
        (b"\xff\xfe\x00\xd8\x20\x00", "encoding"),
        (TEXT.encode(), "text/plain"),
        (b"<!DOCTYPE html><html><body><p>x</p></body></html>", "text/html"),
    ],
)
def test_outcome_of_one_file(tmp_path: Path, content: bytes, expected: str):
    (tmp_path / "page.txt").write_bytes(content)
    assert [outcome(item) for item in read_all(tmp_path)] == [expected]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"],
)
def test_encodings_are_told(tmp_path: Path, encoding: str):
    (tmp_path / "page.txt").write_bytes((TEXT * 3).encode(encoding))
    (document,) = read_all(tmp_path)
    assert isinstance(document, RawDocument)
    assert document.text == TEXT * 3


def test_large_file_is_refused_and_the_rest_is_read(tmp_path: Path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(50_000_000)
    (tmp_path / "b.txt").write_text(TEXT)
    found = read_all(tmp_path)
    assert [outcome(item) for item in found] == ["too_large", "text/plain"]
    assert isinstance(found[0], Reject)
    assert found[0].detail == "50.0 MB, limit of 20 MB that NEWSLEDGER_MAX_DOCUMENT_MB sets"


def test_line_ends_and_ids(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(b"One\r\nTwo\rThree\n")
    (document,) = read_all(tmp_path)
    assert isinstance(document, RawDocument)
    assert document.text == "One\nTwo\nThree\n"
    assert document.fetched_at.timestamp() == int((tmp_path / "a.txt").stat().st_mtime)
    assert read_all(tmp_path) == [document]
    assert read_all(tmp_path, known={document.document_id}) == []


def test_missing_path_is_one_refusal(tmp_path: Path):
    (tmp_path / "a.txt").write_text(TEXT)
    assert [outcome(item) for item in read_all(tmp_path / "nope", tmp_path)] == [
        "unreadable",
        "text/plain",
    ]


def test_directory_without_permission(tmp_path: Path):
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed" / "a.txt").write_text(TEXT)
    (tmp_path / "locked.txt").write_text(TEXT)
    (tmp_path / "open.txt").write_text(TEXT)
    (tmp_path / "closed").chmod(0)
    (tmp_path / "locked.txt").chmod(0)
    for folder in (tmp_path, *tmp_path.parents[:-1]):
        folder.chmod(folder.stat().st_mode | 0o055) if folder.stat().st_uid == os.getuid() else None
    code = (
        "import os, sys\n"
        "from newsledger.ingest import read_sources\nfrom newsledger.ingest.formats import "
        "list_formats\n"
        "from newsledger.settings import Settings\n"
        "list_formats()\n"
        "os.setuid(65534) if os.getuid() == 0 else None\n"
        "for d in read_sources([sys.argv[1]], Settings()):\n"
        "    print(d.source_uri.rsplit('/', 1)[-1], getattr(d, 'reason', 'read'), getattr(d, "
        "'detail', ''))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True
    )
    (tmp_path / "closed").chmod(0o755)
    assert done.stdout.splitlines() == [
        "closed unreadable Permission denied",
        "locked.txt unreadable Permission denied",
        "open.txt read ",
    ], done.stderr


def test_links_in_a_circle_end(tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text(TEXT)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "dead").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    assert [outcome(item) for item in read_all(tmp_path)] == [
        "text/plain",
        "unreadable",
        "unreadable",
    ]


def test_standard_input(tmp_path: Path):
    import io

    (document,) = read_all("-", stdin=io.BytesIO(TEXT.encode()))
    assert (document.source_uri, outcome(document)) == ("stdin", "text/plain")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.rss", '<rss version="2.0"><channel><title>The Bugle</title></channel></rss>'),
        ("a.json", '{"version": "https://jsonfeed.org/version/1.1", "items": []}'),
        ("b.json", "[]"),
        ("a.jsonl", "\n\n"),
        ("a.csv", "title,text\n"),
        ("a.urls", "# none yet\n"),
        ("a.xml", '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'),
    ],
)
def test_what_holds_nothing_is_told(tmp_path: Path, name: str, content: str):
    (tmp_path / name).write_text(content)
    (found,) = read_sources([tmp_path / name], Settings())
    assert isinstance(found, Reject)
    assert found.reason == "empty"


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path):
    inside, outside = tmp_path / "in", tmp_path / "out"
    for folder in (inside / "deep", outside):
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text(f"{folder.name}: the river rose by two metres.\n")
    (inside / "folder").symlink_to(outside)
    (inside / "file.txt").symlink_to(outside / "a.txt")
    (inside / "same.txt").symlink_to(inside / "deep" / "a.txt")
    found = list(read_sources([inside], Settings()))
    assert sorted(
        (Path(item.source_uri).name, getattr(item, "reason", "read")) for item in found
    ) == [
        ("a.txt", "read"),
        ("file.txt", "unsafe_path"),
        ("folder", "unsafe_path"),
        ("same.txt", "read"),
    ]


def test_keys_in_addresses_are_not_kept(tmp_path: Path):
    row = {
        "text": "The river rose by two metres in Aveiro on Friday, the mayor said.",
        "url": "https://ana:pw@api.bugle.example/1?page=2&api-key=s3cret&x=1#top",
        "id": "https://api.bugle.example/1?access_token=s3cret",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(row))
    (found,) = read_sources([tmp_path / "a.jsonl"], Settings())
    assert isinstance(found, RawDocument)
    assert found.hints["url"] == "https://api.bugle.example/1?page=2&api-key=hidden&x=1#top"
    assert "s3cret" not in found.source_uri


def test_what_is_refused_again_for_the_same_reason_is_nothing_new(data_dir: Path, tmp_path: Path):
    sources = [Source(uri=str(tmp_path / "nowhere.txt"))]
    with open_work() as con:
        first = Read(con, Settings())
        (refusal,) = first.run(sources, getLogger())
        assert isinstance(refusal, Reject)
        con.execute(
            "INSERT INTO ops.rejects BY NAME SELECT ? AS document_id, ? AS source_uri, ? AS "
            "reason, ? AS detail, now()::TIMESTAMP AS rejected_at, 'run_1' AS run_id",
            [refusal.document_id, refusal.source_uri, refusal.reason, refusal.detail],
        )
        second = Read(con, Settings())
        assert list(second.run(sources, getLogger())) == []
        con.execute("UPDATE ops.rejects SET detail = 'Permission denied'")
        assert len(list(Read(con, Settings()).run(sources, getLogger()))) == 1
    assert second.reading.unreachable == first.reading.unreachable, "it is told all the same"
