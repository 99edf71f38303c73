"""Reports: a folder of `reports/` with its page, its queries and its figures, found by name, made
from the published database."""

import importlib.util
import json
import os
import shutil
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from newsledger import __version__, paths
from newsledger.errors import NewsledgerError

if TYPE_CHECKING:
    import duckdb
    import polars as pl
    from matplotlib.figure import Figure

PAGE_PPI = 110.0


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure of a report with the rows that it shows."""

    name: str
    figure: "Figure"
    rows: "pl.DataFrame"


@dataclass(frozen=True, slots=True)
class ReportInput:
    """What a report's `build.py` gets: the published database, the run, and the results of its
    queries by name."""

    con: "duckdb.DuckDBPyConnection"
    run_id: str
    cutoff_at: datetime
    settings: dict[str, Any]
    frames: "dict[str, pl.DataFrame]"


@dataclass(slots=True)
class ReportContent:
    """What a report's `build.py` gives: the values that its page reads, and its charts."""

    values: dict[str, Any]
    charts: list[Chart] = field(default_factory=list)


def list_reports() -> list[str]:
    """Names of the reports: the folders of `reports/` with a page."""
    return sorted(path.parent.name for path in paths.REPORTS.glob("*/page.typ"))


def build_report(
    name: str,
    database: Path,
    out_dir: Path,
    *,
    run_id: str,
    cutoff_at: datetime,
    settings: Mapping[str, Any] | None = None,
) -> list[Path]:
    """Build one report: PDF, its pages as PNG, each chart as PNG with a CSV of its rows. Returns
    the files, the PDF first.

    `settings` go before those of its `report.toml`. The same database gives the same bytes. Raises
    `NewsledgerError` where there is no such report.
    """
    folder = paths.REPORTS / name
    if not (folder / "page.typ").exists():
        raise NewsledgerError(f"no report {name!r}: there are {', '.join(list_reports())}")
    from newsledger.render.style import save_figure
    from newsledger.store.database import open_published

    chosen = tomllib.loads((folder / "report.toml").read_text("utf-8")) | dict(settings or {})
    with open_published(database) as con:
        frames = _run_queries(con, folder)
        content = _load_builder(folder / "build.py")(
            ReportInput(con, run_id, cutoff_at, chosen, frames)
        )
    building = out_dir.with_name(out_dir.name + f".{name}.new")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    for chart in content.charts:
        save_figure(chart.figure, building / f"{name}-{chart.name}.png")
        chart.rows.write_csv(building / f"{name}-{chart.name}.csv")
    values = content.values | {
        "charts": {chart.name: f"{name}-{chart.name}.png" for chart in content.charts}, "run_id": run_id,
        "cutoff": f"{cutoff_at:%Y-%m-%d %H:%M} UTC", "version": __version__,
    }  # fmt: skip
    _set_pages(folder, building, name, values, cutoff_at)
    return _put_in_place(building, out_dir, name)


def _run_queries(con: "duckdb.DuckDBPyConnection", folder: Path) -> "dict[str, pl.DataFrame]":
    import duckdb

    try:
        return {
            path.stem: con.sql(path.read_text("utf-8")).pl()
            for path in sorted(folder.glob("queries/*.sql"))
        }
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        first = str(error).splitlines()[0]
        raise NewsledgerError(
            f"the published database lacks what report {folder.name!r} reads ({first}): run `newsledger run` again"
        ) from None


def _load_builder(path: Path) -> Callable[[ReportInput], ReportContent]:
    spec = importlib.util.spec_from_file_location(f"newsledger_report_{path.parent.name}", path)
    if spec is None or spec.loader is None:
        raise NewsledgerError(f"{path} cannot be loaded")
    module: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.build


def _set_pages(
    folder: Path, building: Path, name: str, values: dict[str, Any], cutoff_at: datetime
) -> None:
    """Set the page with typst: values as JSON beside it, so that no text of an article is ever read
    as markup."""
    import matplotlib
    import typst

    shutil.copy(folder / "page.typ", building / "page.typ")
    (building / "values.json").write_text(
        json.dumps(values, ensure_ascii=False, default=str), "utf-8"
    )
    fonts = os.path.join(matplotlib.get_data_path(), "fonts", "ttf")
    compiler = typst.Compiler(root=str(building), font_paths=[fonts], ignore_system_fonts=True)
    source = str(building / "page.typ")
    stamp = (
        int(cutoff_at.timestamp())
        if cutoff_at.tzinfo
        else int((cutoff_at - datetime(1970, 1, 1)).total_seconds())
    )
    pdf: Any = compiler.compile(input=source, format="pdf", timestamp=stamp)
    (building / f"{name}.pdf").write_bytes(pdf)
    pages: Any = compiler.compile(input=source, format="png", ppi=PAGE_PPI)
    for number, page in enumerate(pages if isinstance(pages, list) else [pages], 1):
        (building / f"{name}-page-{number}.png").write_bytes(page)
    (building / "page.typ").unlink()
    (building / "values.json").unlink()


def _put_in_place(building: Path, out_dir: Path, name: str) -> list[Path]:
    """Move finished files where they belong; a file that would not change is left alone, a stale
    one of this report goes."""
    out_dir.mkdir(parents=True, exist_ok=True)
    written = []
    for path in sorted(building.iterdir()):
        target = out_dir / path.name
        if not target.exists() or target.read_bytes() != path.read_bytes():
            os.replace(path, target)
        written.append(target)
    for stale in set(out_dir.glob(f"{name}*")) - set(written):
        stale.unlink()
    shutil.rmtree(building)
    return sorted(written, key=lambda path: (path.suffix != ".pdf", path.name))
