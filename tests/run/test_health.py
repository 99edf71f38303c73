"""How the ledger is doing: freshness by source, runs, disk, in three forms."""

import json
from datetime import timedelta

import pytest

from newsledger.errors import StoreError
from newsledger.run import health
from newsledger.run.record import now
from newsledger.run.status import describe_status
from newsledger.run.watch import watched
from newsledger.store.database import open_work, run_lock


@pytest.fixture
def filled(data_dir):
    """Six deliveries of one source, two hours apart, the last three days ago; one of another."""
    with open_work() as con:
        for number in range(6):
            at = now() - timedelta(days=3, hours=2 * (5 - number))
            _add(con, f"d{number}", "wire", at, f"run_{number}")
        _add(con, "e0", "blog", now() - timedelta(days=9), "run_0")
        con.execute(
            "INSERT INTO ops.runs BY NAME SELECT 'run_5' AS run_id, ? AS started_at, ? AS "
            "ended_at, 'done' AS status, '0' AS version, "
            "'1 document read' AS summary",
            [now() - timedelta(days=3, seconds=90), now() - timedelta(days=3)],
        )
    with watched():
        pass
    return data_dir


def _add(con, key, source, at, run_id):
    con.execute(
        "INSERT INTO raw.documents BY NAME SELECT ? AS document_id, ? AS source_uri, ? AS "
        "source_name, ? AS fetched_at, "
        "'article' AS status, ? AS run_id",
        [key, key, source, at, run_id],
    )


def test_a_source_is_late_by_its_own_measure(filled):
    sources = {source.name: source for source in health.read_health().sources}
    assert (sources["wire"].usual_gap_s, sources["wire"].is_late) == (7200.0, True)
    assert (sources["blog"].usual_gap_s, sources["blog"].is_late) == (None, False)
    assert sources["articles"].last_new_at is None, (
        "switched on in sources.csv, brought nothing yet"
    )


def test_people_read_it(filled):
    text = health.describe_health(health.read_health())
    assert text.startswith("ok; no run is at work\n")
    assert "wire: 6 documents, last new 3 days ago, usually every 2 hours  LATE" in text
    assert "articles: nothing yet" in text
    assert "run_5  done        90 s  1 document read" in text
    assert "Disk: work" in text


def test_monitoring_reads_it(filled):
    state = health.read_health()
    row = json.loads(json.dumps(health.to_json(state)))
    assert (row["status"], row["is_at_work"], row["runs"][0]["run_id"]) == ("ok", False, "run_5")
    assert row["runs"][0]["ended_at"].endswith("Z")
    metrics = health.to_metrics(state)
    assert 'newsledger_up{status="ok"} 1\n' in metrics
    assert 'newsledger_source_late{source="wire"} 1\n' in metrics
    assert all(line.startswith(("#", "newsledger_")) for line in metrics.splitlines())


def test_a_run_that_was_held_is_told_with_its_reason(filled):
    from newsledger.errors import GateHeld

    with pytest.raises(GateHeld), watched():
        raise GateHeld("3 claims without a speaker")
    state = health.read_health()
    assert (state.status, state.reason) == ("held", "3 claims without a speaker")
    assert 'newsledger_up{status="held"} 0\n' in health.to_metrics(state)


def test_a_run_that_was_killed_is_told_until_the_next_one_ends(filled):
    with open_work() as con:
        con.execute("UPDATE ops.runs SET status = 'running', started_at = ?", [now()])
    (filled / "last_run.json").unlink()
    state = health.read_health()
    assert (state.status, state.runs[0].status) == ("killed", "killed")
    (filled / "run.lock").write_text("4711 2026-03-01T06:00:00Z")
    assert health.read_health().reason.startswith("process 4711, begun at 2026-03-01T06:00:00Z")
    with run_lock(), watched():
        assert health.read_health().runs[0].status == "running"
    assert health.read_health().status == "ok"


def test_a_database_of_an_earlier_version_has_a_status(filled):
    from newsledger.run.status import count_issues, describe_status

    with open_work() as con:
        con.execute("DROP TABLE ops.issues")
        con.execute("DROP TABLE ops.document_stages")
        con.execute("ALTER TABLE ops.checks DROP COLUMN failed_count")

    text = describe_status()

    assert (health.read_health().open_issues, count_issues()) == (0, 0)
    assert "Failed: nothing" in text
    assert "Checks: not in a database of this age; the next run adds it" in text


@pytest.mark.parametrize(
    ("name", "start"), [("state.json", '{\n "at"'), ("ledger.prom", "# TYPE newsledger_up")]
)
def test_monitoring_finds_a_file_after_each_run(filled, monkeypatch, name, start):
    file = filled / "monitor" / name
    monkeypatch.setenv("NEWSLEDGER_MONITOR_FILE", str(file))

    with watched():
        pass

    assert file.read_text("utf-8").startswith(start)
    assert [path.name for path in file.parent.iterdir()] == [name]


def test_a_first_run_that_failed_is_told(data_dir):
    with pytest.raises(StoreError, match="newsledger run"):
        health.read_health()
    with pytest.raises(RuntimeError), watched():
        raise RuntimeError("the disk is full")
    found = health.read_health()
    assert (found.status, found.reason) == ("failed", "RuntimeError: the disk is full")
    assert describe_status().startswith("failed: RuntimeError: the disk is full; no run is at work")


def test_labels_are_escaped(filled):
    with open_work() as con:
        _add(con, "f0", 'the "wire"', now(), "run_5")
    assert r'newsledger_source_late{source="the \"wire\""} 0' in health.to_metrics(
        health.read_health()
    )
