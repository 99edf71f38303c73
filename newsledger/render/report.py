"""Reports: a folder of `reports/` with its queries and what it makes of them, found by name, made
from the published database as pages and as an HTML edition."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger import __version__, paths
from newsledger.errors import NewsledgerError, place_of
from newsledger.lexicon.function_words import load_function_words
from newsledger.render.blocks import Chart, ReportContent
from newsledger.render.output import building_beside, drop_stale, put_in_place, update_latest
from newsledger.render.period import Period, choose_period, date_articles, read_zone
from newsledger.render.report_folders import load_builder, read_own_settings
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


def build_report(
    name: str, database: Path, out_dir: Path, *, run_id: str, cutoff_at: datetime,
    settings: Mapping[str, Any] | None = None, request: Request | None = None,
) -> list[Path]:  # fmt: skip
    """Build one report: PDF, its pages as PNG, each chart as PNG with a CSV of its rows, and the
    HTML edition in a folder. Returns the files, the PDF first.

    `settings` go before those of its `report.toml`. The same database gives the same bytes. Raises
    `NewsledgerError` where there is no such report, where its code or a query breaks, or where
    `out_dir` holds what is not ours.
    """
    from newsledger.store.database import open_published

    request = request or Request()
    _check_request(request)
    chosen = read_own_settings(name) | dict(settings or {})
    zone = read_zone(read_settings().time_zone)
    with building_beside(out_dir) as building:
        with _told(name), open_published(database) as con:
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
    if out_dir.parent == paths.REPORT_OUT and not content.slug:
        update_latest(paths.REPORT_OUT, written, stem, name)
    return sorted(written, key=lambda path: _rank(path, stem))


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Tell in one line what breaks in a report; the whole error is its cause."""
    try:
        yield
    except (NewsledgerError, OSError):
        raise
    except Exception as error:
        first = (str(error).strip().splitlines() or [""])[0]
        raise NewsledgerError(
            f"report {name} failed ({type(error).__name__}: {first} at "
            f"{place_of(error, paths.REPORTS.folders)}); the ledger stays as it is: mend it and "
            f"run `newsledger report {name}`"
        ) from error


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


def _make_content(given: ReportInput, folder: Path) -> ReportContent:
    """Make the views that reports read, run the report's queries, and let its `build.py` make of
    them what it shows."""
    import duckdb

    date_articles(given.con, given.period)
    given.con.execute(
        "CREATE OR REPLACE TEMP TABLE pronouns AS SELECT unnest(?) AS word",
        [sorted(load_function_words("en"))],
    )
    path = paths.REPORTS / "_frame" / "views.sql"
    try:
        given.con.execute(path.read_text("utf-8"))
        for path in sorted(folder.glob("queries/*.sql")):
            given.frames[path.stem] = given.con.sql(path.read_text("utf-8")).pl()
    except duckdb.Error as error:
        first = str(error).strip().splitlines()[0]
        is_lacking = isinstance(error, duckdb.CatalogException | duckdb.BinderException)
        cure = "; where it is right, `newsledger run` adds what the published file lacks"
        raise NewsledgerError(f"{path}: {first}{cure if is_lacking else ''}") from None
    content: ReportContent = load_builder(folder / "build.py")(given)
    return content


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
