"""Retention drops what the desk says, and nothing that is not old."""

from datetime import timedelta

from newsledger import paths
from newsledger.run.plan import Counts, count_dropped, find_stale
from newsledger.run.record import describe_counts, now
from newsledger.run.retention import drop_old
from newsledger.settings import Settings
from newsledger.store.database import open_work, transaction


def fill(con) -> None:
    for run, days in (("run_old", 40), ("run_last", 30), ("run_held", 20)):
        status = "held" if run == "run_held" else "done"
        con.execute(
            "INSERT INTO ops.runs BY NAME SELECT ? AS run_id, ? AS started_at, ? AS status, "
            "'0' AS version",
            [run, now() - timedelta(days=days), status],
        )
    for key, status, run in (
        ("d1", "article", "run_old"), ("d2", "failed", "run_old"), ("d3", "article", "run_held"),
    ):  # fmt: skip
        con.execute(
            "INSERT INTO raw.documents BY NAME SELECT ? AS document_id, ? AS source_uri, "
            "'page' AS text, ? AS fetched_at, ? AS status, ? AS run_id",
            [key, key, now() - timedelta(days=900), status, run],
        )


def read(con, query: str) -> list:
    return [row[0] for row in con.execute(query).fetchall()]


def test_nothing_is_dropped_unless_it_is_asked_for(data_dir):
    with open_work() as con:
        fill(con)
        drop_old(con, Settings(), now())
        assert read(con, "SELECT count(*) FROM ops.runs") == [3]
        assert read(con, "SELECT count(text) FROM raw.documents") == [3]


def test_old_pages_and_runs_go(data_dir):
    log = paths.DATA / "logs" / "run_old.log"
    with open_work() as con:
        fill(con)
        log.parent.mkdir(parents=True)
        log.write_text("{}")
        with transaction(con):
            drop_old(con, Settings(raw_keep_days=35, run_keep_days=10), now())
        pages = "SELECT document_id FROM raw.documents WHERE text IS NOT NULL ORDER BY 1"
        assert read(con, pages) == ["d2", "d3"], "what failed is tried again; d3 came in later"
        assert read(con, "SELECT count(*) FROM raw.documents") == [3]
        assert read(con, "SELECT run_id FROM ops.runs") == ["run_last"], "the newest that was done"
    assert not log.exists()


def test_what_was_dropped_is_told_and_is_not_stale(data_dir):
    with open_work() as con:
        fill(con)
        with transaction(con):
            drop_old(con, Settings(raw_keep_days=35), now())
        assert count_dropped(con) == 1
        stale = {item.document_id for item in find_stale(con, {"clean": "new"}, frozenset())}
        assert stale == {"d2", "d3"}
    assert "1 kept as they are (their pages were dropped)" in describe_counts(Counts(kept=1))
