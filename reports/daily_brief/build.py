"""The daily brief: what is claimed, by whom, through whom, where, and with which figures."""

from typing import Any

import polars as pl

from newsledger.render.charts import Bar, Interval, Range, draw_bars, draw_intervals, draw_ranges
from newsledger.render.maps import MapPlace, NothingToDraw, draw_locator_map
from newsledger.render.report import Chart, ReportContent, ReportInput

SOURCE_NAMES = {
    "named_person": "Named persons", "organisation": "Organisations", "government_body": "Government bodies", "armed_group": "Armed groups",
    "state_media": "State media", "partisan_media": "Partisan media", "independent_media": "Independent media", "monitor": "Monitors",
    "unnamed_official": "Unnamed officials", "unnamed_person": "Unnamed persons", "eyewitness": "Eyewitnesses", "expert": "Experts",
    "document": "Documents", "collective": "Groups of people", "own_reporting": "Own reporting", "unattributed": "No source named",
}  # fmt: skip
GRADES = {
    "withdrawn": "withdrawn", "denied": "denied", "contested": "contested", "both_sides": "both sides say so",
    "independent_origins": "two or more independent origins", "one_origin_several_reports": "several reports, one origin",
    "single_origin": "single origin",
}  # fmt: skip
MAX_PLACES = 30
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
        "statements_left": max(
            0, given.frames["statements"].height - given.settings["max_statements"]
        ),
        "new": _groups(given, "new_claims", "max_new"),
        "single": _groups(given, "single_source", "max_single"),
        "both": _groups(given, "both_sides", "max_both_sides"),
        "changed": _changes(given.frames["changed_claims"], given.settings["max_changed"]),
        "quality": given.frames["quality"].row(0, named=True),
        "model": _model(given),
    }
    where = _where(given)
    values["places"] = "" if where else _list_places(given.frames["places"])
    charts = [
        chart for chart in (_who_speaks(given), where, _disputed(given), _figures(given)) if chart
    ]
    return ReportContent(values, charts)


def _header(header: dict[str, Any]) -> dict[str, str]:
    first, last = header["first_at"], header["last_at"]
    period = (
        ""
        if first is None
        else f"{first:%d %b %Y}"
        if first.date() == last.date()
        else f"{first:%d %b %Y} – {last:%d %b %Y}"
    )
    share = "–" if header["unnamed_percent"] is None else f"{header['unnamed_percent']:.0f} %"
    return {
        "period": period, "articles": f"{header['articles']:,}", "outlets": f"{header['outlets']:,}", "claims": f"{header['claims']:,}",
        "speakers": f"{header['speakers']:,}", "unnamed": share,
    }  # fmt: skip


def _model(given: ReportInput) -> str:
    row = given.con.execute(
        "SELECT model FROM ops.runs WHERE run_id = ?", [given.run_id]
    ).fetchone()
    return row[0] if row else ""


def _claims(frame: pl.DataFrame, limit: int) -> list[dict[str, str]]:
    return [
        {
            "who": row["speaker_name"] or "No source named",
            "kind": SOURCE_NAMES.get(row["source_type"], row["source_type"]),
            "chain": row["chain_text"] or "",
            "what": row["content_text"],
            "how": _firmness(row),
            "when": _days(row["about_start_date"], row["about_end_date"])
            or _days(row["said_start_date"], None, "said "),
            "reference": row["reference"],
        }
        for row in frame.head(limit).iter_rows(named=True)
    ]


def _groups(given: ReportInput, query: str, limit: str) -> dict[str, Any]:
    """Claim groups of a query, as many as the settings allow, and how many are left."""
    frame, count = given.frames[query], given.settings[limit]
    rows = [
        {
            "what": row["canonical_text"],
            "grade": GRADES[row["grade"]],
            "counts": _count_support(row),
            "who": _shorten(row["speakers"] or "No source named", 110),
            "where": _shorten(row["outlets"] or "", 90),
            "reference": row["reference"],
        }
        for row in frame.head(count).iter_rows(named=True)
    ]
    return {"rows": rows, "left": max(0, frame.height - count)}


def _count_support(row: dict[str, Any]) -> str:
    named = (
        ("article_count", "article"),
        ("independent_text_count", "text"),
        ("independent_origin_count", "origin"),
    )
    return " · ".join(
        f"{row[column]} {noun}{'' if row[column] == 1 else 's'}" for column, noun in named
    )


def _changes(frame: pl.DataFrame, limit: int) -> dict[str, Any]:
    rows = [
        {
            "how": row["differs_in"],
            "what": row["content_text"],
            "who": f"{row['speaker_name']}, {row['outlet_name'] or 'unknown'}",
            "other": row["other_content_text"] or "",
            "other_who": f"{row['other_speaker_name']}, {row['other_outlet_name'] or 'unknown'}"
            if row["other_content_text"]
            else "",
        }
        for row in frame.head(limit).iter_rows(named=True)
    ]
    return {"rows": rows, "left": max(0, frame.height - limit)}


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
    rest = (
        f"{unnamed} of {total} claims have no named source"
        if tied
        else f"{unnamed} have no named source"
    )
    name = SOURCE_NAMES.get(top["source_type"], top["source_type"])
    title = rest if tied else f"{name} make {top['claims']} of {total} claims; {rest}"
    bars = [
        Bar(SOURCE_NAMES.get(row["source_type"], row["source_type"]), row["claims"], row["unnamed"])
        for row in rows.iter_rows(named=True)
    ]
    subtitle = f"Claims by type of first speaker; {total} claims in {articles} article{'' if articles == 1 else 's'}; orange: no proper name given"
    return Chart(
        "who-speaks", draw_bars(bars, title=title, subtitle=subtitle, source=SOURCE_LINE), rows
    )


def _where(given: ReportInput) -> Chart | None:
    rows = given.frames["places"]
    if rows.is_empty():
        return None
    points = rows.filter(pl.col("kind") == "point")
    top = (rows if points.is_empty() else points).row(0, named=True)
    tied = (
        rows.filter(
            (pl.col("mentions") == top["mentions"]) & (pl.col("kind") == top["kind"])
        ).height
        > 1
    )
    total = int(rows["mentions"].sum())
    title = (
        "Several places are named equally often"
        if tied
        else f"{top['name']} is named most: {top['mentions']} of {total} mentions"
    )
    places = [
        MapPlace(
            row["name"],
            row["kind"],
            row["country_code"],
            row["lat"],
            row["lon"],
            row["mentions"],
            row["location_id"],
        )
        for row in rows.iter_rows(named=True)
    ]
    areas = rows.height - points.height
    subtitle = (
        f"Mentions of places; size of a dot: mentions; {points.height} town{'' if points.height == 1 else 's'} or site{'' if points.height == 1 else 's'}, "
        f"{areas} area{'' if areas == 1 else 's'}"
    )
    try:
        figure = draw_locator_map(
            places,
            title=title,
            subtitle=subtitle,
            source=SOURCE_LINE,
            script=given.settings["map_script"] or None,
        )
    except NothingToDraw:
        return None
    return Chart("places", figure, rows)


def _list_places(frame: pl.DataFrame) -> str:
    """Name the places of a brief that has no map: only countries, regions and waters are named."""
    return ", ".join(
        f"{row['name']} ({row['mentions']})" for row in frame.head(MAX_PLACES).iter_rows(named=True)
    )


def _disputed(given: ReportInput) -> Chart | None:
    rows = given.frames["disputed_figures"].head(given.settings["max_disputed"])
    if rows.is_empty():
        return None
    ranges = [
        Range(
            _shorten(", ".join(filter(None, (_what_is_counted(row), row["place"]))), 30), row["low"], row["high"],
            tuple(row["stated"]), _shorten(f"{row['conservative_speaker']}: {row['conservative_text']}", 44),
            _shorten(f"{row['high_speaker']}: {row['high_text']}", 44),
        )
        for row in rows.iter_rows(named=True)
    ]  # fmt: skip
    top = max(
        rows.iter_rows(named=True),
        key=lambda row: (row["high"] / max(row["low"], 1), row["figure_group_id"]),
    )
    title = f"{rows.height} figure{' is' if rows.height == 1 else 's are'} disputed; {_what_is_counted(top)}: from {top['low']:,.0f} to {top['high']:,.0f}"
    subtitle = f"Each dot a stated value; only figures that count the same thing; {int(rows['article_count'].sum())} mentions in articles"
    return Chart(
        "disputed-figures",
        draw_ranges(ranges, title=title, subtitle=subtitle, source=SOURCE_LINE),
        rows.with_columns(pl.col("stated").cast(pl.List(pl.String)).list.join("; ")),
    )


def _what_is_counted(row: dict[str, Any]) -> str:
    """Name what a figure counts: its kind and population, or else the words after the number."""
    if row["kind"] == "other":
        return row["conservative_text"].split(None, 1)[-1]
    return (
        f"{row['population']} {row['kind']}"
        if row["population"] and row["population"] != row["kind"]
        else row["kind"]
    )


def _figures(given: ReportInput) -> Chart | None:
    rows = (
        given.frames["figures"]
        .filter(pl.col("low").is_not_null() | pl.col("high").is_not_null())
        .head(given.settings["max_figures"])
    )
    if rows.is_empty():
        return None
    intervals = [
        Interval(_shorten(row["speaker_name"], 28), row["low"], row["high"], _describe_figure(row))
        for row in rows.iter_rows(named=True)
    ]
    speakers = rows["speaker_name"].n_unique()
    title = f"{rows.height} figure{'' if rows.height == 1 else 's'} about people, from {speakers} source{'' if speakers == 1 else 's'}"
    subtitle = "People; dot: lowest value the words allow, band: range, arrow: open upwards; never to be added up"
    return Chart(
        "figures",
        draw_intervals(intervals, title=title, subtitle=subtitle, source=SOURCE_LINE),
        rows,
    )


def _describe_figure(row: dict[str, Any]) -> str:
    kind = "" if row["kind"] == "people" or row["kind"] in row["text"] else f", {row['kind']}"
    articles = f" ({row['articles']} articles)" if row["articles"] > 1 else ""
    return _shorten(f"{row['text']}{kind}", 38 - len(articles)) + articles


def _shorten(text: str, width: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"
