"""The weekly audit: how each outlet sources its claims."""

import polars as pl

from newsledger.render.charts import Bar, draw_bars
from newsledger.render.report import Chart, ReportContent, ReportInput

SOURCE_LINE = "Source: newsledger. Claims as reported, not verified."


def build(given: ReportInput) -> ReportContent:
    """Build the audit's table of outlets and its chart of unnamed sources."""
    outlets = given.frames["outlets"].join(given.frames["statements"], on="outlet_name", how="left", maintain_order="left")
    outlets = outlets.with_columns(pl.col("statements").fill_null(0)).head(given.settings["max_outlets"])
    charts = [_draw_unnamed(outlets)] if outlets.height else []
    return ReportContent({"title": given.settings["title"], "outlets": outlets.to_dicts()}, charts)


def _draw_unnamed(outlets: pl.DataFrame) -> Chart:
    rows = outlets.sort("unnamed_percent", "outlet_name", descending=[True, False])
    top, low = rows.row(0, named=True), rows.row(-1, named=True)
    if rows.height == 1 or top["unnamed_percent"] == low["unnamed_percent"]:
        title = f"{top['unnamed_percent']:.0f} % of the claims have no named source"
    else:
        title = (
            f"From {low['unnamed_percent']:.0f} % ({low['outlet_name']}) to {top['unnamed_percent']:.0f} % ({top['outlet_name']}) unnamed"
        )
    bars = [Bar(row["outlet_name"], row["unnamed_percent"]) for row in rows.iter_rows(named=True)]
    subtitle = (
        f"Claims without a named source, percent; {int(rows['claims'].sum())} claims, {rows.height} outlet{'' if rows.height == 1 else 's'}"
    )
    return Chart("unnamed", draw_bars(bars, title=title, subtitle=subtitle, source=SOURCE_LINE), rows)
