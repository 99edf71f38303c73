"""Sequences of runs: after held, failed, killed, ingested, forced, changed; each leaves the ledger in
order."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack

import duckdb
import pytest

from newsledger import paths
from newsledger.errors import GateHeld, NewsledgerError, StoreError
from newsledger.paths import CODE_ROOT as ROOT
from newsledger.quality.checked_rows import CheckedRows, count_unseen
from newsledger.run import runner
from newsledger.run.plan import RunOptions
from newsledger.run.runner import ingest_all, run_all
from newsledger.stages.extract import Extract
from newsledger.store import publish
from newsledger.store.changes import list_noted
from newsledger.store.database import open_published, open_work, run_lock, wal_of
from tests.runs import ARTICLE, content, options, write_articles
from tests.store.test_publish import read_all

STAGES = ("read", "clean", "extract", "write", "resolve", "check", "publish")


def stop_at(patch: pytest.MonkeyPatch, stage: str) -> None:
    """Stop a run at the border of a stage, as a kill does: nothing after it is done."""
    stages = {
        "read": runner.Read, "clean": runner.Clean, "extract": runner.Extract, "write": runner.Write,
        "resolve": runner.Resolve, "check": runner.Check, "publish": runner.Publish,
    }  # fmt: skip

    def stop(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    patch.setattr(stages[stage], "run", stop)


def count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    return con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]


def unchecked() -> dict[str, int]:
    """Rows of the state that is published, by table, that no suite of today has seen."""
    with open_work() as con, open_published() as published:
        assert count(published, "core.claims") == count(con, "core.claims") > 0
        return count_unseen(con)


def test_ingested_rows_are_checked_before_they_are_published(data_dir, tmp_path):
    folder = write_articles(tmp_path / "in", 2)
    assert ingest_all(options(folder)).counts.articles == 2
    assert not paths.PUBLISHED_DB.exists()
    result = run_all(options(folder))
    assert result.is_changed
    assert unchecked() == {}
    assert not run_all(options(folder)).is_changed


def test_run_looks_at_what_was_written_and_at_all_where_somebody_else_wrote(
    data_dir, tmp_path, monkeypatch
):
    folder = write_articles(tmp_path / "in", 3)
    for is_forced in (False, True):  # a second file, to take turns with
        run_all(options(folder, force=is_forced))
    numbers: list[int | None] = []
    collect_rows, copy_noted = CheckedRows.collect_rows, publish._copy_noted
    copied: list[str] = []

    def collect(seen, suite, unique):
        numbers.append(seen._since)
        collect_rows(seen, suite, unique)

    def copy(con, table, number):
        copied.append(table.name)
        copy_noted(con, table, number)

    monkeypatch.setattr(CheckedRows, "collect_rows", collect)
    monkeypatch.setattr(publish, "_copy_noted", copy)
    (folder / "new.txt").write_text(ARTICLE.replace("12 people", "99 people"), "utf-8")
    run_all(options(folder))
    assert numbers
    assert None not in numbers
    assert {"core.articles", "core.claims"} <= set(copied) <= set(list_noted())
    assert unchecked() == {}
    with open_work() as con, open_published() as published:
        assert read_all(con) | {"ops.state": []} == read_all(published) | {"ops.state": []}
        con.execute("UPDATE core.claims SET form = 'hinted' WHERE sentence_id LIKE '%:0'")
        changed = count(con, "core.claims WHERE form = 'hinted'")
    numbers.clear()
    (folder / "more.txt").write_text(ARTICLE.replace("12 people", "88 people"), "utf-8")
    run_all(options(folder))
    assert set(numbers) == {None}
    with open_published() as con:
        assert count(con, "core.claims WHERE form = 'hinted'") == 0
        assert count(con, "ops.quarantine WHERE rule LIKE '%(form)'") == changed > 0


@pytest.mark.parametrize("stage", STAGES)
def test_run_that_is_stopped_at_a_stage_is_finished_by_the_next(
    data_dir, tmp_path, monkeypatch, stage
):
    folder = write_articles(tmp_path / "in", 2)
    with monkeypatch.context() as patch:
        stop_at(patch, stage)
        with pytest.raises(KeyboardInterrupt):
            run_all(options(folder))
    assert not paths.PUBLISHED_DB.exists()
    is_written = STAGES.index(stage) > STAGES.index("write")
    with open_work() as con:
        assert count(con, "raw.documents") == (2 if is_written else 0)
        assert count(con, "ops.runs") == (1 if is_written else 0)
        assert count(con, "core.stories") == (1 if stage == "publish" else 0)
        assert count(con, "ops.issues") == 0
    run_all(options(folder))
    assert unchecked() == {}
    with open_published() as con:
        assert con.execute("SELECT count(*) FROM core.articles").fetchone() == (2,)
        statuses = con.execute("SELECT status FROM ops.runs ORDER BY started_at").fetchall()
    assert statuses[-1] == ("done",)
    assert ("running",) not in statuses


def test_what_a_stopped_run_did_not_publish_is_published_by_the_next(
    data_dir, tmp_path, monkeypatch
):
    folder = write_articles(tmp_path / "in", 1)
    run_all(options(folder))
    write_articles(tmp_path / "new", 2)

    def stop(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(publish, "_put_in_place", stop)
        with pytest.raises(KeyboardInterrupt):
            run_all(options(folder, tmp_path / "new"))
    with open_published() as con:
        assert count(con, "core.articles") == 1
    assert run_all(options(folder, tmp_path / "new")).is_changed
    with open_published() as con:
        assert count(con, "core.articles") == 2
        assert con.execute("SELECT status FROM ops.runs ORDER BY ALL").fetchall() == [("done",), ("done",), ("failed",)]  # fmt: skip


def test_second_run_is_told_of_the_first_or_waits_for_it(data_dir, tmp_path):
    folder = write_articles(tmp_path / "in", 1)
    with ExitStack() as first:
        first.enter_context(run_lock())
        with pytest.raises(StoreError, match=f"another run is at work .process {os.getpid()}"):
            run_all(options(folder))
        assert not paths.WORK_DB.exists()
        ends = threading.Timer(0.2, first.pop_all().close)
        ends.start()
        with run_lock(wait_s=60):
            ends.join()


def test_article_that_breaks_costs_itself_and_is_tried_again_with_other_code(
    data_dir, tmp_path, monkeypatch
):
    from newsledger.nlp import extract

    folder = write_articles(tmp_path / "in", 2)
    (folder / "odd.txt").write_text(ARTICLE.replace("Worcester", "Wyre Forest"), "utf-8")
    whole = extract.extract_doc

    def break_on_one(parsed, article):
        if "Wyre Forest" in article.body:
            raise IndexError("a name without letters")
        return whole(parsed, article)

    with monkeypatch.context() as patch:
        patch.setattr(extract, "extract_doc", break_on_one)
        result = run_all(options(folder))
    assert (result.counts.articles, result.counts.failed) == (2, 1)
    with open_published() as con:
        issue = con.execute("SELECT stage, kind, message FROM ops.issues").fetchall()
        assert issue == [("extract", "IndexError", "a name without letters")]
        assert con.execute("SELECT status, count(*) FROM raw.documents GROUP BY ALL ORDER BY ALL").fetchall() == [("article", 2), ("failed", 1)]  # fmt: skip
    assert not run_all(options(folder)).is_changed
    monkeypatch.setattr(Extract, "fingerprint", lambda self: "code other")
    result = run_all(options(folder))
    assert (result.counts.renewed, result.counts.failed) == (3, 0)
    with open_published() as con:
        assert con.execute("SELECT count(*) FROM core.articles").fetchone() == (3,)
        assert con.execute("SELECT count(*) FROM ops.issues WHERE resolved_at IS NULL").fetchone() == (0,)  # fmt: skip


def test_stale_articles_are_renewed_within_the_budget_and_told(data_dir, tmp_path, monkeypatch):
    folder = write_articles(tmp_path / "in", 3)
    run_all(options(folder))
    before = content(paths.PUBLISHED_DB)
    monkeypatch.setattr(Extract, "fingerprint", lambda self: "code other")
    first = run_all(options(folder, budget="2"))
    assert (first.counts.renewed, first.counts.stale) == (2, 1)
    second = run_all(options(folder))
    assert (second.counts.renewed, second.counts.stale) == (1, 0)
    assert content(paths.PUBLISHED_DB) == before


def test_broken_published_file_and_leftovers_are_mended(data_dir, tmp_path):
    folder = write_articles(tmp_path / "in", 1)
    run_all(options(folder))
    good = content(paths.PUBLISHED_DB)
    paths.PUBLISHED_DB.write_bytes(paths.PUBLISHED_DB.read_bytes()[:5000])
    run_all(options(folder))
    assert content(paths.PUBLISHED_DB) == good
    wal_of(paths.PUBLISHED_DB).write_bytes(b"left by a client that died")
    run_all(options(folder))
    assert content(paths.PUBLISHED_DB) == good


def test_document_that_comes_twice_counts_once(data_dir, tmp_path):
    folder = write_articles(tmp_path / "in", 1)
    path = folder / "000.txt"
    result = run_all(options(path, path, folder))
    assert (result.counts.documents, result.counts.articles) == (1, 1)


def test_which_of_equal_documents_is_the_article_does_not_depend_on_arrival(data_dir, tmp_path):
    folder = write_articles(tmp_path / "in", 1)
    (folder / "copy.txt").write_text(ARTICLE, "utf-8")
    (folder / "spaced.txt").write_text(ARTICLE.replace("\n\n", "\n\n\n"), "utf-8")
    files = sorted(folder.iterdir())
    found = []
    for order in (files, files[::-1]):
        for name in ("work.duckdb", "newsledger.duckdb"):
            (data_dir / name).unlink(missing_ok=True)
        for path in order:
            result = run_all(options(path))
            assert result.counts.documents == 1
            assert result.counts.articles + result.counts.duplicates == 1
        run_all(options(folder, force=True))
        found.append(content(paths.PUBLISHED_DB))
    assert found[0] == found[1]
    assert len(found[0]["core.articles"]) == 1


def test_refusal_that_stays_is_no_news(data_dir, tmp_path):
    folder = write_articles(tmp_path / "in", 1)
    run_all(options(folder, tmp_path / "no_such_folder"))
    again = run_all(options(folder, tmp_path / "no_such_folder"))
    assert not again.is_changed
    assert again.troubles


def test_source_that_is_not_there_is_told_and_fails_alone(data_dir, tmp_path):
    missing = tmp_path / "no_such_folder"
    alone = run_all(options(missing))
    assert alone.is_empty
    assert str(missing) in alone.troubles[0]
    for address in ("HTTP://127.0.0.1:80/feed?api_key=abc#top", "http://[not an address"):
        result = run_all(RunOptions(sources=(address,), report=None))
        assert (result.is_empty, len(result.troubles)) == (True, 1)
        assert "abc" not in result.troubles[0]
    beside = run_all(options(missing, write_articles(tmp_path / "in", 1)))
    assert not beside.is_empty
    assert beside.troubles


def test_refusal_goes_when_its_cause_is_gone(data_dir, tmp_path):
    folder = write_articles(tmp_path / "in", 1)
    missing, broken = tmp_path / "later", folder / "broken.txt"
    broken.symlink_to(tmp_path / "nowhere.txt")
    run_all(options(folder, missing))
    with open_published() as con:
        assert count(con, "ops.rejects") == 2
    broken.unlink()
    broken.write_text(ARTICLE.replace("12 people", "31 people"), "utf-8")
    write_articles(missing, 1)
    (missing / "000.txt").unlink()
    assert run_all(options(folder)).is_changed
    with open_published() as con:
        assert count(con, "ops.rejects") == 1
    (missing / "001.txt").write_text(ARTICLE.replace("12 people", "32 people"), "utf-8")
    assert run_all(options(folder, missing)).is_changed
    with open_published() as con:
        assert count(con, "ops.rejects") == count(con, "raw.documents WHERE reason <> ''") == 0
    assert not run_all(options(folder, missing)).is_changed


def test_source_that_falls_silent_is_told(data_dir, tmp_path):
    folder = write_articles(tmp_path / "in", 1)
    run_all(options(folder))
    (folder / "000.txt").unlink()
    for text in (None, "", ""):  # gone; then there, and refused; then known as refused
        if text is not None:
            (folder / "000.txt").write_text(text)
        result = run_all(options(folder))
        assert "yields nothing, where it used to" in result.troubles[0]
        assert result.is_empty


def test_limit_gets_past_documents_outside_of_the_window(data_dir, tmp_path):
    from datetime import datetime

    folder = write_articles(tmp_path / "in", 3)
    late = ARTICLE.replace("10 February 2026", "10 March 2026").replace("12 people", "7 people")
    (folder / "zz.txt").write_text(late, "utf-8")
    result = run_all(options(folder, since=datetime(2026, 3, 1), limit=1))
    assert result.counts.articles == 1


def test_unknown_report_is_an_error_before_anything_is_read(data_dir, tmp_path):
    with pytest.raises(NewsledgerError, match="no report 'nosuch'"):
        run_all(RunOptions(sources=(str(write_articles(tmp_path / "in", 1)),), report="nosuch"))
    assert not paths.WORK_DB.exists()


def test_error_across_articles_is_one_line_and_the_next_run_goes_on(
    data_dir, tmp_path, monkeypatch
):
    folder = write_articles(tmp_path / "in", 1)
    run_all(options(folder))
    before = paths.PUBLISHED_DB.read_bytes()
    (folder / "new.txt").write_text(ARTICLE.replace("12 people", "99 people"), "utf-8")

    def break_down(*_args: object) -> None:
        raise IndexError("of all articles")

    with monkeypatch.context() as patch:
        patch.setattr(runner.Resolve, "run", break_down)
        with pytest.raises(NewsledgerError, match=r"resolve failed \(IndexError: of all articles"):
            run_all(options(folder))
    assert paths.PUBLISHED_DB.read_bytes() == before
    assert run_all(options(folder)).is_changed
    with open_published() as con:
        assert con.execute("SELECT status FROM ops.runs ORDER BY ALL").fetchall() == [("done",), ("done",), ("failed",)]  # fmt: skip


def test_held_run_stays_held_and_opens_when_the_cause_is_gone(data_dir, tmp_path):
    folder = write_articles(tmp_path / "in", 1)
    ingest_all(options(folder))
    with open_work() as con:
        con.execute("UPDATE raw.documents SET status = 'refused'")
    for _ in range(3):
        with pytest.raises(GateHeld, match="outcomes_add_up"):
            run_all(options(folder))
        assert not paths.PUBLISHED_DB.exists()
    with open_work() as con:
        con.execute("UPDATE raw.documents SET status = 'article'")
    assert run_all(options(folder)).is_changed


@pytest.mark.integration
def test_killed_process_is_told_as_killed(data_dir, tmp_path):
    from newsledger.run.status import describe_status

    folder = write_articles(tmp_path / "in", 4)
    environment = os.environ | {
        "NEWSLEDGER_DATA": str(data_dir), "NEWSLEDGER_BATCH_ARTICLES": "1", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = [sys.executable, "-m", "newsledger", "run", str(folder), "--report", "none", "-v"]
    victim = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE)
    assert victim.stderr is not None
    for line in victim.stderr:
        if b"written" in line:
            break
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    victim.stderr.close()
    assert "killed" in describe_status()
    run_all(options(folder))
    with open_published() as con:
        assert con.execute("SELECT count(*) FROM core.articles").fetchone() == (4,)
        assert con.execute("SELECT status FROM ops.runs ORDER BY started_at").fetchone() == ("killed",)  # fmt: skip
