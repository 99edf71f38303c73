"""The weekly audit: how each outlet sources its claims, and each story."""

import polars as pl

from newsledger.render.charts import Bar, draw_bars
from newsledger.render.report import Chart, ReportContent, ReportInput

SOURCE_LINE = "Source: newsledger. Claims as reported, not verified."


def build(given: ReportInput) -> ReportContent:
    """Build the audit's tables and its chart of unnamed sources."""
    outlets = given.frames["outlets"].head(given.settings["max_outlets"])
    stories = given.frames["stories"].head(given.settings["max_stories"])
    charts = [_draw_unnamed(outlets)] if outlets.height else []
    tables = [{"name": name, "rows": frame.rename({column: "name"}).to_dicts()} for name, column, frame in (
        ("Outlet", "outlet_name", outlets), ("Story", "headline", stories),
    )]  # fmt: skip
    return ReportContent({"title": given.settings["title"], "tables": tables}, charts)


def _draw_unnamed(outlets: pl.DataFrame) -> Chart:
    rows = outlets.sort("unnamed_percent", "outlet_name", descending=[True, False])
    top, low = rows.row(0, named=True), rows.row(-1, named=True)
    if rows.height == 1 or top["unnamed_percent"] == low["unnamed_percent"]:
        title = f"{top['unnamed_percent']:.0f} % of the claims have a source without a name"
    else:
        title = f"From {low['unnamed_percent']:.0f} % ({low['outlet_name']}) to {top['unnamed_percent']:.0f} % ({top['outlet_name']}) unnamed"
    bars = [Bar(row["outlet_name"], row["unnamed_percent"]) for row in rows.iter_rows(named=True)]
    subtitle = f"Claims whose first speaker has no proper name, percent; {int(rows['claims'].sum())} claims, {rows.height} outlet{'' if rows.height == 1 else 's'}"
    return Chart(
        "unnamed", draw_bars(bars, title=title, subtitle=subtitle, source=SOURCE_LINE), rows
    )
