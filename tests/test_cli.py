"""The command line as a person meets it: help with examples, one line for a mistake, exit codes."""

import io
import json
import os
import re
import subprocess
import sys

import click
import pytest

from newsledger.cli.main import cli
from newsledger.cli.standard_input import read_lines
from newsledger.errors import NewsledgerError
from newsledger.lexicon.gazetteer_build import build_gazetteer
from newsledger.paths import CODE_ROOT as ROOT

TEXT = "“We are ready,” said Ana Silva, the mayor of Amsterdam, on Friday."


def call(*arguments: str, data=None, feed: str = "") -> subprocess.CompletedProcess:
    environment = os.environ | ({"NEWSLEDGER_DATA": str(data)} if data else {})
    return subprocess.run(
        [sys.executable, "-m", "newsledger", *arguments],
        cwd=ROOT,
        env=environment,
        input=feed,
        capture_output=True,
        text=True,
    )


def commands(
    group: click.Group, prefix: tuple[str, ...] = ()
) -> list[tuple[tuple[str, ...], click.Command]]:
    found = []
    for name, command in group.commands.items():
        found += (
            commands(command, (*prefix, name))
            if isinstance(command, click.Group)
            else [((*prefix, name), command)]
        )
    return found


@pytest.mark.parametrize(
    ("path", "command"),
    commands(cli),
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_help_has_an_example(path, command):
    assert "Example" in (command.help or ""), path


def test_extract_keeps_the_contract():
    done = call(
        "extract",
        "--jsonl",
        feed=json.dumps({"doc_id": 7, "text": TEXT, "published_at": "2024-12-06T09:15:00+00:00"})
        + "\n",
    )
    assert done.returncode == 0, done.stderr
    row = json.loads(done.stdout)
    assert row["doc_id"] == 7
    (claim,) = row["claims"]
    assert [TEXT[start:end] for start, end in claim["content"]] == ["“We are ready,”"]
    assert claim["speaker"]["name"] == "Ana Silva"
    assert (claim["form"], claim["cue_class"], claim["named"]) == ("direct", "speech", True)
    assert {
        "start": 59,
        "end": 65,
        "text": "Friday",
        "date_start": "2024-12-06",
        "date_end": "2024-12-06",
        "precision": "day",
    } in row["dates"]
    assert all(
        {"start", "end", "label", "article_actor_id", "actor_id", "location_id"} == set(mention)
        for mention in row["mentions"]
    )
    town = next(
        mention
        for mention in row["mentions"]
        if TEXT[mention["start"] : mention["end"]] == "Amsterdam"
    )
    assert town["location_id"] in {place["location_id"] for place in row["locations"]}


def test_clean_keeps_the_contract():
    page = (
        "Log in\n\nRiver rises at Worcester\n\nBy Ana Silva\nTuesday 10 February 2026 07:40 GMT\n\n"
        + "The river rose overnight, the council said, and two roads were closed to all "
        "traffic.\n\n" * 3
    )
    done = call("clean", "--jsonl", feed=json.dumps({"doc_id": "a", "text": page}) + "\n")
    row = json.loads(done.stdout)
    assert (row["title"], row["authors"], row["published_at"]) == (
        "River rises at Worcester",
        ["Ana Silva"],
        "2026-02-10T07:40:00+00:00",
    )
    assert row["body"].startswith("The river rose")
    assert {line["role"] for line in row["lines"]} >= {
        "headline",
        "byline",
        "published_at",
        "body",
        "login",
    }


@pytest.mark.parametrize(
    ("arguments", "feed", "words"),
    [
        (("extract", "--jsonl"), "not json\n", "line 1: not JSON"),
        (("extract", "--jsonl"), '{"text": "x"}\n', 'expected an object with a "doc_id"'),
        (("query", "SELEKT 1"), "", "no published database"),
        (("query",), "", "give one of"),
        (("run", "--limit", "-1"), "", "limit"),
        (("report",), "", "nothing is published yet"),
        (("explain", "x"), "", "no published database"),
        (("status",), "", "no published database"),
        (("run", "--source", "nowhere"), "", "no source 'nowhere'"),
    ],
)
def test_mistake_is_one_line_and_exit_code_1(tmp_path, arguments, feed, words):
    done = call(*arguments, data=tmp_path, feed=feed)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"doc_id": 1}\n', 'line 1: expected an object with "text"'),
        (b'\n{"doc_id": 1, "text": 5}\n', 'line 2: "text" is a int, expected a string'),
        (b'{"doc_id": 1, "text": "x", "published_at": "soon"}\n', "\"published_at\" is 'soon'"),
        (b"[" * 100_000, "line 1: not JSON"),
        (b'\xff\xfe{"doc_id": 1}', "not UTF-8"),
        (b"[1]\n", 'expected an object with a "doc_id"'),
    ],
)
def test_wrong_line_of_json_is_named(content, words):
    with pytest.raises(NewsledgerError, match=re.escape(words)):
        list(read_lines(io.TextIOWrapper(io.BytesIO(content), "utf-8")))


def test_archive_that_is_none_is_refused_before_anything_is_built(tmp_path):
    (tmp_path / "a.zip").write_text("no archive")
    with pytest.raises(NewsledgerError, match="is no zip archive"):
        build_gazetteer(tmp_path / "a.zip")


def test_doctor_names_the_language_model(tmp_path):
    done = call("doctor", data=tmp_path)
    assert "language model: en_core_web_" in done.stdout


def test_status_tells_refusals_before_anything_is_published(tmp_path):
    (tmp_path / "a.txt").write_text(" ")
    assert call("ingest", str(tmp_path / "a.txt"), data=tmp_path / "data").returncode == 0
    told = call("status", data=tmp_path / "data").stdout
    assert "Refused documents: 1 empty" in told
    assert "a.txt: no characters but white space" in told


def test_a_dry_run_tells_why_a_document_was_refused(tmp_path):
    told = call("ingest", str(tmp_path / "none.txt"), "--dry-run", data=tmp_path / "data").stdout
    assert (
        told.splitlines()[0]
        == f"refused: unreadable {tmp_path / 'none.txt'}: No such file or directory"
    )
