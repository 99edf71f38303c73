"""Reports from a published database: with rows, without any, twice, in both formats, and in a
folder that holds other files."""

from datetime import date, datetime

import pytest

from newsledger import paths
from newsledger.errors import NewsledgerError
from newsledger.render.report import Request, build_report
from newsledger.render.report_folders import list_reports
from newsledger.store.database import open_work
from newsledger.store.publish import publish

AT = datetime(2026, 2, 12, 6, 0)


@pytest.fixture
def empty_ledger(data_dir):
    with open_work() as con:
        publish(con)
    return paths.PUBLISHED_DB


def build(name, database, out, **request):
    return build_report(
        name, database, out, run_id="run_1", cutoff_at=AT, request=Request(**request)
    )


GENERAL = [name for name in list_reports() if name not in ("story", "actor")]


@pytest.mark.parametrize("name", GENERAL)
def test_report_of_an_empty_ledger(empty_ledger, tmp_path, name):
    files = build(name, empty_ledger, tmp_path / "out")
    assert files[0].name.startswith(name)
    assert files[0].read_bytes().startswith(b"%PDF")
    assert files[1].name == "index.html"


def test_same_database_gives_the_same_bytes(empty_ledger, tmp_path):
    one = build("daily_brief", empty_ledger, tmp_path / "one")
    two = build("daily_brief", empty_ledger, tmp_path / "two")
    assert [path.name for path in one] == [path.name for path in two]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_unknown_report_lists_the_known_ones(empty_ledger, tmp_path):
    with pytest.raises(NewsledgerError, match=r"no report 'yearly': there are .*daily_brief"):
        build("yearly", empty_ledger, tmp_path)


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("queries/x.sql", "SELEC", r"queries/x.sql: Parser Error: syntax error at or near .SELEC.$"),
        ("queries/x.sql", "SELECT nosuch FROM core.claims", r"x.sql: .*nosuch.* `newsledger run` adds"),
        ("build.py", "def x(", r"report mine failed \(SyntaxError: .* at reports/mine/build.py:1\)"),
        ("build.py", "def build(given):\n    1 / 0", r"ZeroDivisionError: .* reports/mine/build.py:2"),
        ("report.toml", "[[", "report.toml: Invalid initial character"),
        ("../../newsledger.toml", "[reports.mine]\nmax_row = 3", "max_row is no setting: did you mean max_rows"),
        ("../../newsledger.toml", "[reports.mine]\nmax_rows = 'x'", "expected a value like 4 .int.$"),
        ("../../newsledger.toml", "[reports.min]\nmax_rows = 3", "is no report: did you mean mine"),
    ],
)  # fmt: skip
def test_what_breaks_in_a_report_is_one_line(
    empty_ledger, tmp_path, monkeypatch, file, text, message
):
    folder = tmp_path / "reports" / "mine"
    (folder / "queries").mkdir(parents=True)
    (folder / "report.toml").write_text("max_rows = 4")
    (folder / "build.py").write_text("def build(given): ...")
    (folder / file).write_text(text)
    monkeypatch.setattr(paths, "HOME", tmp_path)
    monkeypatch.setattr(paths, "REPORTS", paths.Content("reports"))
    with pytest.raises(NewsledgerError, match=message):
        build("mine", empty_ledger, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_period_stands_in_the_file_name(empty_ledger, tmp_path):
    day = build("daily_brief", empty_ledger, tmp_path, day=date(2026, 2, 10), formats=("pdf",))
    days = build(
        "daily_brief", empty_ledger, tmp_path, since=date(2026, 2, 9), until=date(2026, 2, 12)
    )
    assert day[0].name == "daily_brief-2026-02-10.pdf"
    assert days[0].name == "daily_brief-2026-02-09_2026-02-12.pdf"


def test_a_run_before_noon_reports_the_day_before(empty_ledger, tmp_path):
    files = build("daily_brief", empty_ledger, tmp_path)
    assert files[0].name == "daily_brief-2026-02-11.pdf"


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"day": date(2026, 2, 1), "since": date(2026, 2, 1)}, "--day stands alone"),
        ({"since": date(2026, 2, 2), "until": date(2026, 2, 1)}, "lies after --until"),
        ({"formats": ("docx",)}, "formats are pdf and html, not docx"),
        ({"formats": ()}, "formats are pdf and html"),
        ({"paper": "a7"}, "paper is a4 or us-letter"),
    ],
)
def test_a_wrong_request_is_one_line(empty_ledger, tmp_path, request_, words):
    with pytest.raises(NewsledgerError, match=words):
        build("daily_brief", empty_ledger, tmp_path, **request_)


def test_what_is_not_ours_is_left_alone(empty_ledger, tmp_path):
    mine = tmp_path / "daily_brief-2026-02-11.pdf"
    mine.write_text("my notes")
    (tmp_path / "other.txt").write_text("mine, too")
    with pytest.raises(NewsledgerError, match="is not a file that newsledger wrote"):
        build("daily_brief", empty_ledger, tmp_path)
    assert mine.read_text() == "my notes"
    assert {path.name for path in tmp_path.iterdir()} >= {mine.name, "other.txt"}
    mine.unlink()
    build("daily_brief", empty_ledger, tmp_path)
    assert (tmp_path / "other.txt").read_text() == "mine, too"


def test_a_file_of_ours_that_was_changed_is_not_overwritten(empty_ledger, tmp_path):
    files = build("daily_brief", empty_ledger, tmp_path, formats=("html",))
    files[0].write_text("annotated by hand")
    with pytest.raises(NewsledgerError, match="was changed since"):
        build("daily_brief", empty_ledger, tmp_path, formats=("html",))
    assert files[0].read_text() == "annotated by hand"


def test_latest_is_a_stable_path(empty_ledger, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "REPORT_OUT", tmp_path)
    build("daily_brief", empty_ledger, tmp_path / "run_1")
    assert (tmp_path / "latest" / "daily_brief.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "latest" / "daily_brief" / "index.html").exists()
    assert (tmp_path / "latest" / "daily_brief" / "style.css").exists()
