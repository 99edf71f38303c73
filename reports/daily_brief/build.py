"""The daily brief: what is claimed, by whom, through whom, where, and with which figures."""

from typing import Any

import polars as pl

from newsledger.render.charts import Bar, Interval, draw_bars, draw_intervals
from newsledger.render.maps import MapPlace, draw_locator_map
from newsledger.render.report import Chart, ReportContent, ReportInput

SOURCE_NAMES = {
    "named_person": "Named persons", "organisation": "Organisations", "government_body": "Government bodies", "armed_group": "Armed groups",
    "state_media": "State media", "partisan_media": "Partisan media", "independent_media": "Independent media", "monitor": "Monitors",
    "unnamed_official": "Unnamed officials", "unnamed_person": "Unnamed persons", "eyewitness": "Eyewitnesses", "expert": "Experts",
    "document": "Documents", "collective": "Groups of people", "own_reporting": "Own reporting", "unattributed": "No source named",
}  # fmt: skip
SOURCE_LINE = "Source: newsledger. Claims as reported, not verified."


def build(given: ReportInput) -> ReportContent:
    """Build the brief's values and charts."""
    header = given.frames["header"].row(0, named=True)
    values = {
        "title": given.settings["title"],
        "header": _header(header),
        "claims": _claims(given.frames["claims"], given.settings["max_claims"]),
        "claims_left": max(0, given.frames["claims"].height - given.settings["max_claims"]),
        "statements": given.frames["statements"].head(given.settings["max_statements"]).to_dicts(),
        "statements_left": max(0, given.frames["statements"].height - given.settings["max_statements"]),
        "quality": given.frames["quality"].row(0, named=True),
        "model": _model(given),
    }
    charts = [chart for chart in (_who_speaks(given), _where(given), _figures(given)) if chart]
    return ReportContent(values, charts)


def _header(header: dict[str, Any]) -> dict[str, str]:
    first, last = header["first_at"], header["last_at"]
    period = "" if first is None else f"{first:%d %b %Y}" if first.date() == last.date() else f"{first:%d %b %Y} – {last:%d %b %Y}"
    share = "–" if header["unnamed_percent"] is None else f"{header['unnamed_percent']:.0f} %"
    return {
        "period": period, "articles": f"{header['articles']:,}", "outlets": f"{header['outlets']:,}", "claims": f"{header['claims']:,}",
        "speakers": f"{header['speakers']:,}", "unnamed": share,
    }  # fmt: skip


def _model(given: ReportInput) -> str:
    row = given.con.execute("SELECT model FROM ops.runs WHERE run_id = ?", [given.run_id]).fetchone()
    return row[0] if row else ""


def _claims(frame: pl.DataFrame, limit: int) -> list[dict[str, str]]:
    return [
        {
            "who": row["speaker_name"] or "No source named",
            "kind": SOURCE_NAMES.get(row["source_type"], row["source_type"]),
            "chain": row["chain_text"] or "",
            "what": row["content_text"],
            "how": _firmness(row),
            "when": _days(row["about_start_date"], row["about_end_date"]) or _days(row["said_start_date"], None, "said "),
            "reference": row["reference"],
        }
        for row in frame.head(limit).iter_rows(named=True)
    ]


def _firmness(row: dict[str, Any]) -> str:
    parts = [row["certainty"]]
    if row["cue_stance"] == "denial":
        parts.append("denial")
    if row["cue_class"] != "speech":
        parts.append(row["cue_class"])
    if row["tense"] not in {"happened", None}:
        parts.append(row["tense"])
    if row["caveat"]:
        parts.append("not verified")
    return ", ".join(parts)


def _days(start: Any, end: Any, prefix: str = "") -> str:
    if start is None:
        return ""
    if end is None or end == start:
        return f"{prefix}{start:%d %b %Y}"
    return f"{prefix}{start:%d %b %Y} – {end:%d %b %Y}"


def _who_speaks(given: ReportInput) -> Chart | None:
    rows = given.frames["source_types"]
    if rows.is_empty():
        return None
    total, articles = int(rows["claims"].sum()), int(given.frames["header"]["articles"][0])
    top = rows.row(0, named=True)
    tied = rows.filter(pl.col("claims") == top["claims"]).height > 1
    unnamed = int(rows["unnamed"].sum())
    rest = f"{unnamed} of {total} claims have no named source" if tied else f"{unnamed} have no named source"
    name = SOURCE_NAMES.get(top["source_type"], top["source_type"])
    title = rest if tied else f"{name} make {top['claims']} of {total} claims; {rest}"
    bars = [
        Bar(SOURCE_NAMES.get(row["source_type"], row["source_type"]), row["claims"], row["unnamed"]) for row in rows.iter_rows(named=True)
    ]
    subtitle = (
        f"Claims by type of first speaker; {total} claims in {articles} article{'' if articles == 1 else 's'}; orange: no proper name given"
    )
    return Chart("who-speaks", draw_bars(bars, title=title, subtitle=subtitle, source=SOURCE_LINE), rows)


def _where(given: ReportInput) -> Chart | None:
    rows = given.frames["places"]
    points = rows.filter(pl.col("kind") == "point")
    if points.is_empty():
        return None
    top = points.row(0, named=True)
    tied = points.filter(pl.col("mentions") == top["mentions"]).height > 1
    title = (
        "Several places are named equally often"
        if tied
        else f"{top['name']} is named most: {top['mentions']} of {int(rows['mentions'].sum())} mentions"
    )
    places = [MapPlace(r["name"], r["kind"], r["country_code"], r["lat"], r["lon"], r["mentions"]) for r in rows.iter_rows(named=True)]
    subtitle = f"Mentions of places; size of a dot: mentions; {points.height} towns or sites, {rows.height - points.height} areas"
    return Chart("places", draw_locator_map(places, title=title, subtitle=subtitle, source=SOURCE_LINE), rows)


def _figures(given: ReportInput) -> Chart | None:
    rows = given.frames["figures"].filter(pl.col("low").is_not_null() | pl.col("high").is_not_null()).head(given.settings["max_figures"])
    if rows.is_empty():
        return None
    intervals = [
        Interval(_shorten(row["speaker_name"], 28), row["low"], row["high"], _describe_figure(row)) for row in rows.iter_rows(named=True)
    ]
    speakers = rows["speaker_name"].n_unique()
    title = f"{rows.height} figure{'' if rows.height == 1 else 's'} about people, from {speakers} source{'' if speakers == 1 else 's'}"
    subtitle = "People; dot: lowest value the words allow, band: range, arrow: open upwards; never to be added up"
    return Chart("figures", draw_intervals(intervals, title=title, subtitle=subtitle, source=SOURCE_LINE), rows)


def _describe_figure(row: dict[str, Any]) -> str:
    kind = "" if row["kind"] == "people" or row["kind"] in row["text"] else f", {row['kind']}"
    articles = f" ({row['articles']} articles)" if row["articles"] > 1 else ""
    return _shorten(f"{row['text']}{kind}", 38 - len(articles)) + articles


def _shorten(text: str, width: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"
