"""Publishing copies what changed into the spare of two files; the result is that of a whole copy."""

import random
from pathlib import Path

import duckdb
import polars as pl
import pytest

from newsledger import paths
from newsledger.model.tables import list_tables
from newsledger.store import publish as module
from newsledger.store.changes import open_noted
from newsledger.store.database import open_published, open_work, wal_of, write_frames
from newsledger.store.publish import SPARE, publish

REJECT = {
    "source_uri": "a.txt", "reason": "empty", "detail": "", "byte_count": 0, "run_id": "run_1",
}  # fmt: skip


def make_rejects(ids: list[int], detail: str = "") -> pl.DataFrame:
    rows = [{"document_id": f"doc_{n}", **REJECT, "detail": detail} for n in ids]
    return pl.DataFrame(rows).with_columns(rejected_at=pl.datetime(2024, 5, 3))


def read_all(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    """Rows of all tables; of those that are not published, none."""
    local = {table.full_name for table in list_tables() if table.is_local}
    names = con.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
        "WHERE database_name = current_database() AND NOT temporary ORDER BY ALL"
    ).fetchall()
    return {
        name: con.execute(f"FROM {name} ORDER BY ALL").fetchall()
        for (name,) in names
        if name not in local
    }


def test_what_is_for_comparing_alone_is_not_published(data_dir: Path) -> None:
    with open_work() as con:
        con.execute("INSERT INTO blocks.copy_pairs VALUES ('a', 'b', 0.5)")
        con.execute("INSERT INTO ops.checked_rows VALUES ('core.articles', 'f', 1)")
        publish(con)

        with open_published() as published:
            for table in ("blocks.copy_pairs", "ops.checked_rows"):
                assert published.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def count_whole_copies(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    written: list[Path] = []
    write_whole = module._write_whole

    def note(con: duckdb.DuckDBPyConnection, target: Path) -> Path:
        written.append(target)
        return write_whole(con, target)

    monkeypatch.setattr(module, "_write_whole", note)
    return written


@pytest.mark.parametrize("seed", range(3))
def test_any_sequence_of_changes_is_published_as_it_is(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    written = count_whole_copies(monkeypatch)
    monkeypatch.setattr(module, "FEW_ROWS", 5)
    rng = random.Random(seed)
    with open_work() as con:
        for step in range(7):
            con.execute(f"DELETE FROM ops.rejects WHERE hash(document_id, {step}) % 4 = 0")
            con.execute(f"UPDATE ops.rejects SET detail = 'new' WHERE byte_count % 3 = {step % 3}")
            added = [step * 100 + n for n in range(rng.randrange(40))]
            if added:
                write_frames(con, {"ops.rejects": make_rejects(added, f"step {step}")})
            publish(con)

            with open_published() as published:
                assert read_all(published) == read_all(con)

    assert len(written) == 2  # the first two; then the files take turns


def test_a_spare_that_is_read_is_left_alone(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = count_whole_copies(monkeypatch)
    with open_work() as con:
        publish(con)
        with open_published() as reader:
            for n in range(3):
                write_frames(con, {"ops.rejects": make_rejects([n])})
                publish(con)
            assert reader.execute("SELECT count(*) FROM ops.rejects").fetchall() == [(0,)]

    assert len(written) >= 3


@pytest.mark.parametrize(
    "change", ["CREATE TABLE ops.extra (a INT)", "COMMENT ON TABLE ops.rejects IS 'x'"]
)
def test_another_shape_is_written_whole(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    with open_work() as con:
        publish(con)
        publish(con)
        publish(con)
        written = count_whole_copies(monkeypatch)
        con.execute(change)
        publish(con)

        with open_published() as published:
            assert read_all(published) == read_all(con)

    assert len(written) == 1


def test_rows_that_nobody_noted_are_published(data_dir: Path) -> None:
    with open_noted() as con:
        for actor in ("first", "second", "third"):  # from the third on, what was noted is copied
            con.execute("INSERT INTO core.actor_ids VALUES (?, ?, 'founded', 'test')", [actor] * 2)
            publish(con)

            with open_published() as published:
                own = {"ops.state": []}
                assert read_all(published) | own == read_all(con) | own


def test_a_broken_spare_is_written_anew(data_dir: Path) -> None:
    spare = paths.PUBLISHED_DB.with_name(paths.PUBLISHED_DB.name + SPARE)
    with open_work() as con:
        publish(con)
        spare.write_bytes(b"no database" * 999)
        leftovers = [wal_of(spare), paths.PUBLISHED_DB.with_name(paths.PUBLISHED_DB.name + ".new")]
        for path in leftovers:
            path.write_bytes(b"left by one that was killed")
        write_frames(con, {"ops.rejects": make_rejects([1])})
        publish(con)

        with open_published() as published:
            assert read_all(published) == read_all(con)
        assert not any(path.exists() for path in leftovers)
