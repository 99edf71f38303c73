"""Reports from a published database: with rows, without any, and twice."""

from datetime import datetime

import pytest

from newsledger import paths
from newsledger.errors import NewsledgerError
from newsledger.render.charts import Bar, Interval, draw_bars, draw_intervals
from newsledger.render.report import build_report, list_reports
from newsledger.render.style import save_figure
from newsledger.store.database import open_work, publish

AT = datetime(2026, 2, 12, 6, 0)


@pytest.mark.parametrize("name", list_reports())
def test_report_of_an_empty_ledger(data_dir, tmp_path, name):
    with open_work() as con:
        publish(con)
    files = build_report(name, paths.PUBLISHED_DB, tmp_path / "out", run_id="run_1", cutoff_at=AT)
    assert files[0].name == f"{name}.pdf"
    assert files[0].read_bytes().startswith(b"%PDF")


def test_same_database_gives_the_same_bytes(data_dir, tmp_path):
    with open_work() as con:
        publish(con)
    one = build_report(
        "daily_brief", paths.PUBLISHED_DB, tmp_path / "one", run_id="run_1", cutoff_at=AT
    )
    two = build_report(
        "daily_brief", paths.PUBLISHED_DB, tmp_path / "two", run_id="run_1", cutoff_at=AT
    )
    assert [path.name for path in one] == [path.name for path in two]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_unknown_report_lists_the_known_ones(data_dir, tmp_path):
    with pytest.raises(NewsledgerError, match="daily_brief, weekly_audit"):
        build_report("yearly", paths.PUBLISHED_DB, tmp_path, run_id="run_1", cutoff_at=AT)


def test_chart_carries_title_unit_and_source(tmp_path):
    figure = draw_bars(
        [Bar("Named persons", 12), Bar("Unnamed officials", 5, 5)],
        title="Named persons make 12 of 17 claims",
        subtitle="Claims; 17",
        source="Source: x",
    )
    texts = {text.get_text() for text in figure.texts}
    assert {"Named persons make 12 of 17 claims", "Claims; 17", "Source: x"} <= texts
    save_figure(figure, tmp_path / "a.png")
    save_figure(figure, tmp_path / "b.png")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_intervals_may_be_open(tmp_path):
    rows = [
        Interval("Police", 12, 12, "12"),
        Interval("Agency", 40, None, "at least 40"),
        Interval("Ministry", None, 30, "up to 30"),
        Interval("Aid group", 2000, 9999, "thousands"),
    ]
    assert (
        save_figure(draw_intervals(rows, title="t", subtitle="s", source="x"), tmp_path / "c.png")
        .stat()
        .st_size
        > 1000
    )
