"""The work database, its lock, and the published copy."""

import multiprocessing
import subprocess
import sys
from unittest.mock import ANY

import duckdb
import polars as pl
import pytest

from newsledger import paths
from newsledger.errors import StoreError
from newsledger.model.tables import late_columns
from newsledger.paths import CODE_ROOT as ROOT
from newsledger.store.backup import count_documents
from newsledger.store.database import (
    Holder,
    find_holder,
    open_published,
    open_work,
    replace_rows,
    run_lock,
    transaction,
    write_frames,
)
from newsledger.store.publish import publish
from newsledger.transform.frames import build_frame

REJECT = {
    "document_id": ["doc_1"], "source_uri": ["a.txt"], "reason": ["empty"], "detail": [""], "byte_count": [0],
    "rejected_at": [None], "run_id": ["run_1"],
}  # fmt: skip


def reject_frame(document_id: str) -> pl.DataFrame:
    columns = REJECT | {"document_id": [document_id]}
    frame = build_frame("ops.rejects", columns=columns)
    return frame.with_columns(rejected_at=pl.lit("2024-12-06 09:15:00").str.to_datetime())


def test_frames_are_written_by_column_name(data_dir):
    with open_work() as con:
        count = write_frames(
            con,
            {"ops.rejects": reject_frame("doc_1").select(reversed(reject_frame("doc_1").columns))},
        )
        assert count == 1
        assert con.execute("SELECT document_id, reason FROM ops.rejects").fetchall() == [
            ("doc_1", "empty")
        ]


def test_unknown_column_is_an_error():
    with pytest.raises(ValueError, match=r"ops\.rejects has no column colour"):
        build_frame("ops.rejects", columns={"colour": ["red"]})


def test_column_that_nobody_gives_is_an_error():
    with pytest.raises(ValueError, match=r"ops\.rejects was not given column .*reason"):
        build_frame("ops.rejects", columns={"document_id": ["doc_1"]})


def test_columns_of_a_later_stage_are_null():
    late = ("first_version_id", "version", "is_current", "copy_group_id", "story_id")
    assert late_columns("core.articles") == dict.fromkeys(late, "resolve")


def test_transaction_writes_all_or_nothing(data_dir):
    with open_work() as con:
        with pytest.raises(duckdb.Error), transaction(con):
            write_frames(
                con,
                {"ops.rejects": reject_frame("doc_1"), "ops.no_such_table": reject_frame("doc_2")},
            )
        assert con.execute("SELECT count(*) FROM ops.rejects").fetchone() == (0,)
        full = 'Failed to commit: Could not write file "work.duckdb.wal": No space left on device'
        with pytest.raises(StoreError, match="make room there"), transaction(con):
            raise con.execute("COMMIT") and duckdb.TransactionException(full)  # it has ended
    with pytest.raises(StoreError, match="No space left on device: make room"), open_work():
        raise duckdb.FatalException(full)


def test_replacing_rows_by_the_same_changes_nothing(data_dir):
    with open_work() as con:
        assert replace_rows(con, "ops.rejects", reject_frame("doc_1")) == 1
        assert replace_rows(con, "ops.rejects", reject_frame("doc_1")) == 0
        assert replace_rows(con, "ops.rejects", reject_frame("doc_2")) == 2


def test_reader_keeps_its_file_while_a_new_one_is_published(data_dir):
    with open_work() as con:
        publish(con)
        with open_published() as reader:
            write_frames(con, {"ops.rejects": reject_frame("doc_1")})
            publish(con)
            assert reader.execute("SELECT count(*) FROM ops.rejects").fetchone() == (0,)
        with open_published() as reader:
            assert reader.execute("SELECT count(*) FROM ops.rejects").fetchone() == (1,)


def test_published_database_keeps_comments_and_views(data_dir):
    with open_work() as con:
        publish(con)
    with open_published() as con:
        comment = con.execute(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'claims' AND column_name = "
            "'certainty'"
        ).fetchone()
        assert comment
        assert "probable" in comment[0]
        assert con.execute("SELECT count(*) FROM mart.claims").fetchone() == (0,)


def test_missing_published_database_says_the_cure(data_dir):
    with pytest.raises(StoreError, match="newsledger run"), open_published():
        pass


def test_broken_database_is_one_line(data_dir):
    data_dir.mkdir()
    (data_dir / "work.duckdb").write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreError, match="cannot open") as caught, open_work():
        pass
    assert "\n" not in str(caught.value)


def test_second_run_is_kept_apart_and_names_the_first(data_dir):
    code = (
        "import sys; from pathlib import Path; from newsledger.store.database import run_lock\n"
        "with run_lock(Path(sys.argv[1])):\n    print('locked', flush=True); sys.stdin.read()"
    )
    path = data_dir / "run.lock"
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout
    assert other.stdout.readline() == "locked\n"
    with pytest.raises(StoreError, match=f"process {other.pid}"), run_lock(path):
        pass
    assert find_holder() == Holder(str(other.pid), ANY, is_alive=True)
    other.kill()
    other.communicate()
    assert find_holder() == Holder(str(other.pid), ANY, is_alive=False)
    with run_lock(path):
        pass
    assert find_holder() is None


def test_database_locked_by_another_process_is_one_line(data_dir):
    ready, done = (
        multiprocessing.get_context("spawn").Event(),
        multiprocessing.get_context("spawn").Event(),
    )
    data_dir.mkdir()
    holder = multiprocessing.get_context("spawn").Process(
        target=hold_database, args=(str(data_dir / "work.duckdb"), ready, done)
    )
    holder.start()
    assert ready.wait(30)
    with pytest.raises(StoreError, match="cannot open"), open_work():
        pass
    done.set()
    holder.join()


def hold_database(path, ready, done):
    con = duckdb.connect(path)
    ready.set()
    done.wait(60)
    con.close()


def test_database_of_another_program_is_refused_in_one_line(data_dir):
    data_dir.mkdir()
    con = duckdb.connect(str(data_dir / "work.duckdb"))
    con.execute("CREATE SCHEMA core; CREATE TABLE core.claim_links (claim_id VARCHAR)")
    con.close()
    with pytest.raises(StoreError, match="is no work database of newsledger"), open_work():
        pass


@pytest.mark.parametrize("name", ["WORK_DB", "PUBLISHED_DB"])
def test_block_that_is_damaged_is_told_with_the_cure(data_dir, name):
    path, cure = getattr(paths, name), {"WORK_DB": "rebuild", "PUBLISHED_DB": "run"}[name]
    with open_work(path) as con:
        con.execute(
            "INSERT INTO raw.documents (document_id, source_uri, fetched_at, status, run_id, text) "
            "SELECT i::VARCHAR, md5(i::VARCHAR), now()::TIMESTAMP, 'article', 'r', "
            "sha256(i::VARCHAR) FROM range(40000) t(i)"
        )
    content = bytearray(path.read_bytes())
    for place in range(len(content) // 4, len(content) * 3 // 4, 1000):
        content[place] ^= 255
    path.write_bytes(content)
    reader = open_work if name == "WORK_DB" else open_published
    with (
        pytest.raises(StoreError, match=rf"Corrupt database file.*`newsledger {cure}`"),
        reader() as con,
    ):
        con.execute("SELECT sum(hash(d)) FROM raw.documents d").fetchall()
    with pytest.raises(StoreError, match="damaged"):
        count_documents(path)
