"""Retention: what is older than the desk keeps goes, and only what newsledger wrote."""

import os
from datetime import UTC, datetime

from newsledger.render.output import building_beside, find_report, put_in_place, remove_old

NOW = datetime(2026, 3, 1, 12, 0)


def write_run(root, name, *, age_days):
    with building_beside(root / name) as building:
        (building / "brief.pdf").write_text(name)
        (building / "brief").mkdir()
        (building / "brief" / "index.html").write_text(name)
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


def test_file_that_would_not_change_is_left_alone(tmp_path):
    page = write_run(tmp_path, "run_1", age_days=1) / "brief.pdf"
    before = page.stat().st_ino
    write_run(tmp_path, "run_1", age_days=1)
    assert page.stat().st_ino == before


def test_report_is_found_where_it_is_whole_pdf_first(tmp_path):
    folder = write_run(tmp_path, "run_1", age_days=1)
    assert find_report(folder, "brief") == [folder / "brief.pdf", folder / "brief" / "index.html"]
    assert find_report(folder, "audit") == find_report(tmp_path / "none", "brief") == []
    (folder / "brief" / "index.html").unlink()
    assert find_report(folder, "brief") == []


def test_folder_of_a_process_that_died_goes_and_that_of_a_live_one_stays(tmp_path):
    (tmp_path / ".newsledger-building-dead" / "brief").mkdir(parents=True)
    (tmp_path / ".newsledger-building-dead" / "brief" / "index.html").write_text("half")
    with (
        building_beside(tmp_path / "run_1") as first,
        building_beside(tmp_path / "run_2") as second,
    ):
        assert sorted(tmp_path.iterdir()) == sorted([first, second])
    assert list(tmp_path.iterdir()) == []
