"""Tolls: figures that count the same thing, by source and time of publication."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from newsledger.model.enums import QuantityKind
from newsledger.render.blocks import Block, Chart, Heading, Pictures, ReportContent
from newsledger.render.charts import Stated, draw_steps
from newsledger.render.names import name_of
from newsledger.render.period import Period
from newsledger.render.precision import tell_precision
from newsledger.render.reading import say_who
from newsledger.render.words import clip, count, readable_number, start_upper

if TYPE_CHECKING:
    import duckdb

KINDS = (
    QuantityKind.KILLED,
    QuantityKind.WOUNDED,
    QuantityKind.MISSING,
    QuantityKind.DISPLACED,
    QuantityKind.CAPTURED,
    QuantityKind.ARRESTED,
    QuantityKind.PEOPLE,
    QuantityKind.MONEY,
)
MOST_SUMS = 2  # charts of money, which says less than people do
MOST_SOURCES = 6  # lines of a chart
SOURCE_LINE = "Figures as reported, not verified."

Row = dict[str, Any]


_FIGURES = """
SELECT q.quantity_id, q.kind, q.unit, q.population, q.place, q.low, q.high, q.text, t.*
FROM core.claim_quantities AS q
JOIN told_claims AS t USING (claim_id)
WHERE t.is_current AND (t.is_in_period OR t.is_before) AND t.happened_at IS NOT NULL
    AND (q.low IS NOT NULL OR q.high IS NOT NULL)
    AND list_contains(?, coalesce(t.claim_group_id, t.claim_id))
ORDER BY t.happened_at, q.quantity_id
"""


@dataclass(frozen=True, slots=True)
class Toll:
    """Figures of one thing by source, those with most articles first."""

    kind: str
    what: str
    place: str
    story: str
    low: float
    high: float
    is_disputed: bool
    sources: dict[str, list[Row]]


def list_tolls(con: "duckdb.DuckDBPyConnection", links: Sequence[Row]) -> list[Toll]:
    """Tolls in the order that an editor asks for: people killed first, then those of most sources.

    Two figures are of one thing where their claims contradict or update each other in these
    figures, and where claims that say the same hold the same figure.
    """
    told = [link for link in links if link["differs_in"] == "figures" and len(link["words"]) == 2]
    groups = sorted({_group(link[side]) for link in told for side in ("old", "new")})
    values: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in con.sql(_FIGURES, params=[groups]).pl().to_dicts():
        if row["kind"] in KINDS:
            values[_value(row)].append(row)
    edges = [
        (one, other, link)
        for link in told
        for one in _find_values(values, link, "old")
        for other in _find_values(values, link, "new")
        if one != other and one[1:3] == other[1:3]
    ]
    parts = [
        (_leave_past([row for value in found for row in values[value]], edges), disputed)
        for found, disputed in _connect(edges)
    ]
    tolls = [_make_toll(rows, disputed) for rows, disputed in parts if rows]
    return sorted(
        (toll for toll in tolls if _is_story(toll)),
        key=lambda toll: (
            KINDS.index(toll.kind),
            not toll.is_disputed,
            -len(toll.sources),
            -toll.high,
            toll.what,
        ),
    )


def _group(row: Row) -> str:
    return str(row["claim_group_id"] or row["claim_id"])


def _value(row: Row) -> tuple[Any, ...]:
    """What makes two figures of claims that say the same one figure."""
    return (_group(row), row["kind"], row["unit"], row["low"], row["high"])


def _find_values(
    values: Mapping[tuple[Any, ...], list[Row]], link: Row, side: str
) -> list[tuple[Any, ...]]:
    """The figures of a claim that the link compares."""
    words = [word.casefold() for word in link["words"]]
    return [
        value
        for value, rows in values.items()
        if value[0] == _group(link[side])
        and any(row["claim_id"] == link[side]["claim_id"] and row["text"].casefold() in words
                for row in rows)
    ]  # fmt: skip


def _connect(
    edges: Sequence[tuple[tuple[Any, ...], tuple[Any, ...], Row]],
) -> list[tuple[list[tuple[Any, ...]], bool]]:
    """Figures that links connect, and whether one of these contradicts."""
    parts: list[tuple[list[tuple[Any, ...]], bool]] = []
    for one, other, link in edges:
        is_disputed = link["link_type"] == "contradicts"
        joined, rest = [one, other], []
        for part, was_disputed in parts:
            if one in part or other in part:
                joined += part
                is_disputed = is_disputed or was_disputed
            else:
                rest.append((part, was_disputed))
        parts = [*rest, (list(dict.fromkeys(joined)), is_disputed)]
    return parts


def _name(row: Row) -> str:
    """What is counted: people by who they are, others by what happened to them, money as such."""
    if row["kind"] == QuantityKind.MONEY:
        return "a sum of money"
    if row["kind"] == QuantityKind.PEOPLE and row["population"]:
        return str(row["population"])
    return " ".join(filter(None, (row["population"], name_of("quantity", row["kind"]))))


def _leave_past(rows: list[Row], edges: Sequence[tuple[Any, Any, Row]]) -> list[Row]:
    """Figures without those that an article tells as what was before, beside the newer one."""
    older = {(one[3:], other[3:]) for one, other, link in edges if link["link_type"] == "updates"}
    told: dict[str, set[Any]] = defaultdict(set)
    for row in rows:
        told[row["article_id"]].add((row["low"], row["high"]))
    return [
        row
        for row in rows
        if not any(((row["low"], row["high"]), other) in older for other in told[row["article_id"]])
    ]


def _make_toll(rows: list[Row], disputed: bool) -> Toll:
    rows = sorted(rows, key=lambda row: (row["happened_at"], row["quantity_id"]))
    sources: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        sources[say_who(row, 2)].append(row)
    ends = [end for row in rows for end in (row["low"], row["high"]) if end is not None]
    places = {row["place"] for row in rows if row["place"]}
    ordered = sorted(sources.items(), key=lambda item: (-len(item[1]), item[0]))
    return Toll(
        rows[0]["kind"], _name(rows[0]), places.pop() if len(places) == 1 else "",
        rows[-1]["story_headline"], min(ends), max(ends), disputed, dict(ordered),
    )  # fmt: skip


def _is_story(toll: Toll) -> bool:
    """Whether there is something to see: two values, of two sources or moments."""
    rows = [row for rows in toll.sources.values() for row in rows]
    values = {(row["low"], row["high"]) for row in rows}
    moments = {row["happened_at"] for row in rows}
    return len(values) > 1 and (len(toll.sources) > 1 or len(moments) > 1)


def set_tolls(
    con: "duckdb.DuckDBPyConnection",
    content: ReportContent,
    links: Sequence[Row],
    period: Period,
    most: int,
) -> list[Block]:
    """The part of a report that shows how figures of one thing differ; nothing where none do."""
    tolls = list_tolls(con, links)
    if not tolls:
        return []
    people = [toll for toll in tolls if toll.kind != QuantityKind.MONEY]
    sums = [toll for toll in tolls if toll.kind == QuantityKind.MONEY][:MOST_SUMS]
    charts = draw_tolls([*people, *sums][:most], period, prefix="toll")
    content.charts += charts
    disputed = sum(toll.is_disputed for toll in tolls)
    title = count(len(tolls), "figure differs", "figures differ") + " by source or over time"
    if disputed:
        where = "" if disputed == len(tolls) else f"in {disputed} "
        title += f"; {where}the numbers exclude each other"
    note = (
        "By the time of publication. Triangle: an open end (at least, up to). Bar: a range. "
        "Only figures that the ledger holds to count one thing share a chart. "
        + tell_precision("ledger figure")
    )
    if len(charts) < len(tolls):
        note += f" {len(charts)} of {len(tolls)} shown."
    return [Heading(title, note), Pictures([chart.name for chart in charts], 2)]


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
        if toll.kind == QuantityKind.MONEY and toll.sources[shown[0][0]][0]["unit"]
        else ""
    )
    where = f" in {clip(toll.place, 30)}" if toll.place else ""
    span = readable_number(toll.low) + (
        f" to {readable_number(toll.high)}" if toll.high > toll.low else ""
    )
    title = f"{start_upper(clip(toll.what, 40))}{where}: {span}{unit}"
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
