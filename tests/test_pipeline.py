"""Runs that go wrong, are killed, repeated, forced: nothing is lost, nothing is there twice, bad
data is not published."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from newsledger import paths
from newsledger.cli.main import cli
from newsledger.errors import GateHeld
from newsledger.paths import CODE_ROOT as ROOT
from newsledger.run.runner import dry_run, run_all
from newsledger.run.unchanged import find_answer, keep_answer
from newsledger.run.watch import last_ending
from newsledger.store.database import open_published, open_work
from tests.runs import ARTICLE, content, options, write_articles


def test_bad_files_cost_nothing_else(data_dir, tmp_path):
    folder = write_articles(tmp_path / "in", 2)
    (folder / "empty.txt").write_text(" \n")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "large.txt").write_bytes(b"a sentence that goes on. " * 2_100_000)
    (folder / "latin1.txt").write_bytes(
        "Le préfet a déclaré que l’état d’alerte était levé à Besançon, où l’eau a baissé.\n".encode(
            "cp1252"
        )
        * 9
    )
    (folder / "short.txt").write_text("Hi.")
    result = run_all(options(folder))
    counts = result.counts
    assert counts.documents == counts.articles + counts.duplicates + counts.refused_count == 7
    assert {"empty", "binary", "too_large", "no_body"} <= set(counts.refused)
    assert "refused (" in result.summary
    with open_published() as con:
        assert con.execute("SELECT count(*) FROM ops.rejects").fetchone() == (counts.refused_count,)
        assert con.execute("SELECT count(*) FROM core.claims").fetchall()[0][0] >= 4


def test_same_text_in_another_file_is_a_duplicate(data_dir, tmp_path):
    folder = write_articles(tmp_path / "in", 1)
    shutil.copy(folder / "000.txt", folder / "copy.txt")
    (folder / "spaces.txt").write_text(ARTICLE.replace("\n\n", "\n\n\n"), "utf-8")
    result = run_all(options(folder))
    assert (result.counts.articles, result.counts.duplicates) == (1, 2)


def test_second_run_changes_nothing_and_new_article_is_added(data_dir, tmp_path):
    folder = write_articles(tmp_path / "in", 2)
    beyond = write_articles(tmp_path / "elsewhere" / "deeper", 1)
    (folder / "link").symlink_to(beyond.parent)
    run_all(options(folder))
    before = paths.PUBLISHED_DB.read_bytes()
    again = run_all(options(folder))
    assert not again.is_changed
    assert paths.PUBLISHED_DB.read_bytes() == before
    keep_answer(options(folder), again, "nothing new")
    (beyond / "new.txt").write_text("more")
    assert find_answer(options(folder)) == "nothing new", "a link that leads out is not followed"
    assert find_answer(options(folder, budget="1")) is None
    for _ in range(2):  # the long way, then the short one
        (paths.DATA / "last_run.json").unlink(missing_ok=True)
        told = CliRunner().invoke(cli, ["run", str(folder), "--report", "none"])
        assert told.output.startswith("nothing new")
        assert last_ending().status == "done"
    (folder / "new.txt").write_text(ARTICLE.replace("12 people", "99 people"), "utf-8")
    assert find_answer(options(folder)) is None
    assert run_all(options(folder)).counts.articles == 1


def test_dry_run_writes_nothing(data_dir, tmp_path):
    counts = dry_run(options(write_articles(tmp_path / "in", 2)))
    assert counts.articles == 2
    assert counts.claims >= 4
    assert not paths.PUBLISHED_DB.exists()
    with open_work() as con:
        assert con.execute("SELECT count(*) FROM raw.documents").fetchone() == (0,)


def test_forced_run_gives_the_same_ledger(data_dir, tmp_path):
    folder = write_articles(tmp_path / "in", 3)
    run_all(options(folder))
    before = content(paths.PUBLISHED_DB)
    assert run_all(options(folder, force=True)).is_changed
    assert content(paths.PUBLISHED_DB) == before


def test_critical_failure_holds_publication_back_until_it_is_cured(data_dir, tmp_path):
    folder = write_articles(tmp_path / "in", 2)
    run_all(options(folder))
    before = paths.PUBLISHED_DB.read_bytes()
    with open_work() as con:
        con.execute("INSERT INTO core.claim_links VALUES ('a', 'b', 'same', 1.0, 'x', 't/1')")
        con.execute("UPDATE raw.documents SET status = 'refused' WHERE source_uri LIKE '%000.txt'")
    (folder / "new.txt").write_text(ARTICLE.replace("12 people", "99 people"), "utf-8")
    with pytest.raises(GateHeld, match="outcomes_add_up"):
        run_all(options(folder))
    assert paths.PUBLISHED_DB.read_bytes() == before
    with pytest.raises(GateHeld):
        run_all(options(folder))
    with open_work() as con:
        con.execute("UPDATE raw.documents SET status = 'article' WHERE source_uri LIKE '%000.txt'")
    assert run_all(options(folder)).is_changed


def test_time_window_leaves_articles_for_later(data_dir, tmp_path):
    from datetime import datetime

    folder = write_articles(tmp_path / "in", 2)
    assert run_all(options(folder, since=datetime(2027, 1, 1))).counts.out_of_window == 2
    assert run_all(options(folder)).counts.articles == 2


@pytest.mark.integration
@pytest.mark.parametrize("delay", [2.0])
def test_killed_run_leaves_no_trace_in_the_result(data_dir, tmp_path, delay):
    folder = write_articles(tmp_path / "in", 12)
    environment = os.environ | {
        "NEWSLEDGER_DATA": str(tmp_path / "killed"),
        "NEWSLEDGER_BATCH_ARTICLES": "2",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "newsledger", "run", str(folder), "--report", "none"]
    victim = subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(delay)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)
    run_all(options(folder))
    assert content(tmp_path / "killed" / "newsledger.duckdb") == content(paths.PUBLISHED_DB)
