"""Tolls: figures that count the same thing, by source and time of publication."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from newsledger.render.blocks import Chart
from newsledger.render.charts import Stated, draw_steps
from newsledger.render.names import name_of
from newsledger.render.period import Period
from newsledger.render.reading import say_who
from newsledger.render.words import clip, count, readable_number

KINDS = ("killed", "wounded", "missing", "displaced", "captured", "arrested", "people", "money")
MOST_APART = 5.0  # times the lowest sum of money: farther apart, two sums are hardly the same thing
MOST_SOURCES = 6  # lines of a chart
SOURCE_LINE = "Figures as reported, not verified."

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Toll:
    """Figures of one group by source, those with most articles first."""

    kind: str
    what: str
    place: str
    story: str
    low: float
    high: float
    is_disputed: bool
    sources: dict[str, list[Row]]


def list_tolls(rows: Sequence[Row]) -> list[Toll]:
    """Tolls in the order that an editor asks for: people killed first, then those of most sources."""
    groups: dict[str, list[Row]] = {}
    for row in (row for row in rows if row["kind"] in KINDS):
        groups.setdefault(row["figure_group_id"], []).append(row)
    tolls = [toll for found in groups.values() if (toll := _make_toll(found)) is not None]
    tolls = [
        toll for toll in tolls if toll.kind != "money" or 0 < toll.high <= MOST_APART * toll.low
    ]
    return sorted(
        tolls,
        key=lambda toll: (
            _rank(toll.kind),
            not toll.is_disputed,
            -len(toll.sources),
            -toll.high,
            toll.what,
        ),
    )


def _rank(kind: str) -> int:
    return KINDS.index(kind)


def _name(row: Row) -> str:
    """What is counted: people by who they are, others by what happened to them, money as such."""
    if row["kind"] == "people" and row["population"]:
        return str(row["population"])
    return " ".join(filter(None, (row["population"], name_of("quantity", row["kind"]))))


def _make_toll(rows: list[Row]) -> Toll | None:
    sources: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["happened_at"] is not None:
            sources[say_who(row, 2)].append(row)
    if not sources:
        return None
    ends = [end for row in rows for end in (row["low"], row["high"]) if end is not None]
    first = rows[0]
    ordered = sorted(sources.items(), key=lambda item: (-len(item[1]), item[0]))
    return Toll(
        first["kind"], _name(first), first["place"] or "",
        first["story_headline"], min(ends), max(ends), bool(first["is_disputed"]), dict(ordered),
    )  # fmt: skip


def draw_tolls(tolls: Sequence[Toll], period: Period, prefix: str) -> list[Chart]:
    """A step chart for each toll."""
    return [_draw(toll, period, f"{prefix}-{number}") for number, toll in enumerate(tolls, 1)]


def _draw(toll: Toll, period: Period, name: str) -> Chart:
    shown = list(toll.sources.items())[:MOST_SOURCES]
    lines = [
        (
            source,
            [Stated(period.local(row["happened_at"]), row["low"], row["high"]) for row in rows],
        )
        for source, rows in shown
    ]
    unit = (
        f" {toll.sources[shown[0][0]][0]['unit']}"
        if toll.kind == "money" and toll.sources[shown[0][0]][0]["unit"]
        else ""
    )
    where = f" in {clip(toll.place, 30)}" if toll.place else ""
    span = readable_number(toll.low) + (
        f" to {readable_number(toll.high)}" if toll.high > toll.low else ""
    )
    title = f"{clip(toll.what, 40).capitalize()}{where}: {span}{unit}"
    cut = f"; {len(shown)} shown" if len(shown) < len(toll.sources) else ""
    subtitle = f"{count(len(toll.sources), 'source')}{cut} · {clip(toll.story, 52)}"
    figure = draw_steps(lines, title=title, subtitle=subtitle, source=SOURCE_LINE)
    table = pl.DataFrame(
        [
            {"source": source, "published": period.local(row["happened_at"]), "low": row["low"],
            "high": row["high"], "as_printed": row["text"],
             "outlet": row["outlet_name"], "headline": row["headline"]}
            for source, rows in toll.sources.items() for row in rows
        ],
        schema_overrides={"low": pl.Float64, "high": pl.Float64},
    )  # fmt: skip
    return Chart(
        name, figure, table, f"{title}. {count(len(toll.sources), 'source')}, story: {toll.story}"
    )
