"""Backup, restore, and a damaged work database."""

import duckdb
import pytest

from newsledger import paths
from newsledger.errors import StoreError
from newsledger.run.runner import run_all
from newsledger.store import backup
from newsledger.store.backup import is_damaged, recover_work, restore_backup, write_backup
from newsledger.store.database import open_work
from tests.runs import content, options, write_articles


def fill_the_disk(con, target):
    target.write_bytes(b"half")
    raise duckdb.IOException("no space left on the disk")


def test_backup_restored_elsewhere_publishes_the_same(data_dir, tmp_path, monkeypatch):
    run_all(options(write_articles(tmp_path / "in", 2)))
    before = content(paths.PUBLISHED_DB)
    file = tmp_path / "backup.duckdb"
    (tmp_path / "backup.duckdb.new").write_bytes(b"left by one that was killed")
    with monkeypatch.context() as patch:
        patch.setattr(backup, "_copy_database", fill_the_disk)
        with pytest.raises(StoreError, match="cannot write"):
            write_backup(file)
    assert not list(tmp_path.glob("backup.duckdb*"))
    assert write_backup(file) == 2
    with pytest.raises(StoreError, match="is there already"):
        write_backup(file)

    for name in ("WORK_DB", "PUBLISHED_DB", "RUN_LOCK"):
        monkeypatch.setattr(paths, name, tmp_path / "other" / getattr(paths, name).name)
    assert restore_backup(file) == 2
    run_all(options(is_stored=True))
    assert content(paths.PUBLISHED_DB) == before


def test_damaged_work_database_is_told_with_the_cure_and_made_anew(data_dir, tmp_path):
    run_all(options(write_articles(tmp_path / "in", 1)))
    before = content(paths.PUBLISHED_DB)
    paths.WORK_DB.write_bytes(b"\0" * 8192)
    with pytest.raises(StoreError, match="newsledger rebuild"), open_work():
        pass
    assert is_damaged()
    aside = recover_work()
    assert aside is not None
    assert aside.exists()
    assert run_all(options(is_stored=True, force=True)).counts.renewed == 1
    assert content(paths.PUBLISHED_DB) == before


def test_lost_work_database_is_told_and_made_anew_and_nothing_published_is_replaced(
    data_dir, tmp_path
):
    run_all(options(write_articles(tmp_path / "in", 1)))
    before = content(paths.PUBLISHED_DB)
    paths.WORK_DB.unlink()
    with pytest.raises(StoreError, match="is gone, and a run from nothing"):
        run_all(options(write_articles(tmp_path / "other", 2)))
    assert is_damaged()
    assert recover_work() is None
    assert run_all(options(tmp_path / "in")).counts.articles == 0
    assert content(paths.PUBLISHED_DB) == before


def test_file_that_is_no_backup_is_refused(data_dir, tmp_path):
    (tmp_path / "notes.txt").write_text("no database")
    with pytest.raises(StoreError, match="is no database of newsledger, or damaged"):
        restore_backup(tmp_path / "notes.txt")
    assert not paths.WORK_DB.exists()
