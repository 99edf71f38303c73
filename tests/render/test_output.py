"""Retention: what is older than the desk keeps goes, and only what newsledger wrote."""

import os
from datetime import UTC, datetime

from newsledger.render.output import find_newest, put_in_place, remove_old, start_building

NOW = datetime(2026, 3, 1, 12, 0)


def write_run(root, name, *, age_days):
    building = start_building(root / name)
    (building / "brief.pdf").write_text(name)
    (building / "edition").mkdir()
    (building / "edition" / "index.html").write_text(name)
    put_in_place(building, root / name)
    for path in (root / name).rglob("*"):
        stamp = NOW.replace(tzinfo=UTC).timestamp() - age_days * 86400
        os.utime(path, (stamp, stamp))
    return root / name


def test_old_reports_go_and_new_ones_stay(tmp_path):
    old, new = write_run(tmp_path, "run_1", age_days=40), write_run(tmp_path, "run_2", age_days=2)
    assert remove_old(tmp_path, 30, NOW) == [old]
    assert not old.exists()
    assert (new / "brief.pdf").exists()


def test_zero_days_keeps_all(tmp_path):
    old = write_run(tmp_path, "run_1", age_days=400)
    assert remove_old(tmp_path, 0, NOW) == []
    assert (old / "brief.pdf").exists()


def test_notes_of_a_person_outlive_the_report(tmp_path):
    old = write_run(tmp_path, "run_1", age_days=40)
    notes = old / "notes.txt"
    notes.write_text("keep me")
    os.utime(notes, (0, 0))
    assert remove_old(tmp_path, 30, NOW) == []
    assert [path.name for path in old.iterdir()] == ["notes.txt"]


def test_newest_report_is_found_pdf_first(tmp_path):
    write_run(tmp_path, "run_1", age_days=2)
    newest = write_run(tmp_path, "run_2", age_days=1)
    assert find_newest(tmp_path) == [newest / "brief.pdf", newest / "edition" / "index.html"]
    assert find_newest(tmp_path / "none") == []
