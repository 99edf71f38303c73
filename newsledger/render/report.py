"""Reports: a folder of `reports/` with its queries and what it makes of them, found by name, made
from the published database as pages and as an HTML edition."""

import importlib.util
import shutil
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from newsledger import __version__, paths
from newsledger.errors import NewsledgerError, name_known
from newsledger.lexicon.function_words import load_function_words
from newsledger.render.blocks import Chart, ReportContent
from newsledger.render.output import drop_stale, put_in_place, start_building, update_latest
from newsledger.render.period import Period, choose_period, date_articles, read_zone
from newsledger.render.words import slug
from newsledger.settings import read_settings

if TYPE_CHECKING:
    import duckdb
    import polars as pl

FORMATS = ("pdf", "html")
PAPERS = ("a4", "us-letter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for: days (none: the report's own), a story, an actor or an outlet where the
    report is about one, and formats."""

    day: date | None = None
    since: date | None = None
    until: date | None = None
    about: str = ""
    formats: tuple[str, ...] = FORMATS
    paper: str = "a4"


@dataclass(frozen=True, slots=True)
class ReportInput:
    """What a report's `build.py` gets: the published database with the views of `_frame/views.sql`,
    the period, what it is about, and the results of its queries by name."""

    con: "duckdb.DuckDBPyConnection"
    run_id: str
    cutoff_at: datetime
    period: Period
    about: str
    settings: dict[str, Any]
    frames: "dict[str, pl.DataFrame]" = field(default_factory=dict)

    def rows(self, query: str) -> list[dict[str, Any]]:
        """Rows of a query of the report's folder."""
        return self.frames[query].to_dicts()


def list_reports() -> list[str]:
    """Names of the reports: the folders of `reports/` with a `report.toml`."""
    return sorted(path.parent.name for path in paths.REPORTS.glob("*/report.toml"))


def describe_reports() -> list[tuple[str, str]]:
    """Each report with what it is for."""
    return [(name, str(_read_settings(name).get("description", ""))) for name in list_reports()]


def build_report(
    name: str, database: Path, out_dir: Path, *, run_id: str, cutoff_at: datetime,
    settings: Mapping[str, Any] | None = None, request: Request | None = None,
) -> list[Path]:  # fmt: skip
    """Build one report: PDF, its pages as PNG, each chart as PNG with a CSV of its rows, and the
    HTML edition in a folder. Returns the files, the PDF first.

    `settings` go before those of its `report.toml`. The same database gives the same bytes. Raises
    `NewsledgerError` where there is no such report, or `out_dir` holds what is not ours.
    """
    from newsledger.store.database import open_published

    request = request or Request()
    _check_request(request)
    chosen = _read_settings(name) | dict(settings or {})
    zone = read_zone(read_settings().time_zone)
    building = start_building(out_dir)
    try:
        with open_published(database) as con:
            period = choose_period(
                con, chosen.get("period", "all"), cutoff_at, zone,
                day=request.day, since=request.since, until=request.until,
            )  # fmt: skip
            given = ReportInput(con, run_id, cutoff_at, period, request.about, chosen)
            content = _make_content(given, paths.REPORTS / name)
            parts = (name, slug(content.slug) if content.slug else "", period.slug)
            stem = "-".join(part for part in parts if part)
            _write(given, content, request, building, stem)
        written = put_in_place(building, out_dir)
        drop_stale(out_dir, stem, written)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    if out_dir.parent == paths.REPORT_OUT and not content.slug:
        update_latest(paths.REPORT_OUT, written, stem, name)
    return sorted(written, key=lambda path: _rank(path, stem))


def _rank(path: Path, stem: str) -> tuple[bool, bool, str]:
    is_edition = path.name == "index.html" and path.parent.name == stem
    return path.name != f"{stem}.pdf", not is_edition, path.as_posix()


def _check_request(request: Request) -> None:
    if wrong := [form for form in request.formats if form not in FORMATS] or not request.formats:
        raise NewsledgerError(
            f"formats are {' and '.join(FORMATS)}, "
            f"not {wrong[0] if isinstance(wrong, list) else 'none'}"
        )
    if request.paper not in PAPERS:
        raise NewsledgerError(f"paper is {' or '.join(PAPERS)}, not {request.paper!r}")


def _read_settings(name: str) -> dict[str, Any]:
    path = paths.REPORTS / name / "report.toml"
    if not name or Path(name).name != name or not path.exists():
        raise NewsledgerError(f"no report {name!r}: {name_known(name, list_reports())}")
    return tomllib.loads(path.read_text("utf-8")) | read_settings().reports.get(name, {})


def _make_content(given: ReportInput, folder: Path) -> ReportContent:
    """Make the views that reports read, run the report's queries, and let its `build.py` make of
    them what it shows."""
    import duckdb

    date_articles(given.con, given.period)
    given.con.execute(
        "CREATE OR REPLACE TEMP TABLE pronouns AS SELECT unnest(?) AS word",
        [sorted(load_function_words("en"))],
    )
    try:
        given.con.execute((paths.REPORTS / "_frame" / "views.sql").read_text("utf-8"))
        for path in sorted(folder.glob("queries/*.sql")):
            given.frames[path.stem] = given.con.sql(path.read_text("utf-8")).pl()
        return _load_builder(folder / "build.py")(given)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        first = str(error).splitlines()[0]
        raise NewsledgerError(
            f"the published database lacks what report {folder.name!r} reads ({first}): run "
            f"`newsledger run` again"
        ) from None


def _load_builder(path: Path) -> Callable[[ReportInput], ReportContent]:
    spec = importlib.util.spec_from_file_location(f"newsledger_report_{path.parent.name}", path)
    if spec is None or spec.loader is None:
        raise NewsledgerError(f"{path} cannot be loaded")
    module: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    build: Callable[[ReportInput], ReportContent] = module.build
    return build


def _write(
    given: ReportInput, content: ReportContent, request: Request, building: Path, stem: str
) -> None:
    from newsledger.render.copies import write_copies
    from newsledger.render.html import claims_cited, write_edition
    from newsledger.render.page import Setting, set_pages

    cutoff = f"{given.period.local(given.cutoff_at):%d %b %Y, %H:%M} {given.period.zone.key}"
    made = f"{given.run_id} · newsledger {__version__}"
    footer = f"Claims as reported, not verified. Read until {cutoff} · {made}"
    findings = "".join(f"- {line}\n" for line in content.summary)
    summary = f"# {content.title}, {content.subtitle}\n\n{findings}\n{footer}\n"
    (building / f"{stem}.md").write_bytes(summary.encode("utf-8", "replace"))
    if "pdf" in request.formats:
        files = _save_charts(content.charts, building, stem)
        setting = Setting(
            request.paper,
            int(given.settings.get("max_pages", 0)),
            footer,
            given.cutoff_at.replace(tzinfo=None),
        )
        set_pages(content, files, building, stem, setting)
        for shown in files.values():
            (building / shown["file"]).unlink()
    if "html" in request.formats:
        folder = building / stem
        pages = write_copies(given.con, folder, claims_cited(content))
        write_edition(content, folder, footer, pages)
        _save_vectors(content.charts, folder / "charts")


def _save_charts(charts: list[Chart], building: Path, stem: str) -> dict[str, dict[str, str]]:
    """Save the pictures that stand beside the pages, and those with letters that the pages hold."""
    from newsledger.render.style import save_figure

    files = {}
    for chart in charts:
        if chart.is_listed:
            save_figure(chart.figure, building / f"{stem}-chart-{chart.name}.png")
            chart.rows.write_csv(building / f"{stem}-chart-{chart.name}.csv")
        name = f"letters-{chart.name}.svg"
        save_figure(chart.figure, building / name, has_letters=True)
        files[chart.name] = {"file": name, "words": chart.words}
    return files


def _save_vectors(charts: list[Chart], folder: Path) -> None:
    from newsledger.render.style import save_figure

    for chart in charts:
        save_figure(chart.figure, folder / f"{chart.name}.svg")
