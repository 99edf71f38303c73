"""Figures: which numbers may be compared, and what a group of comparable ones says. Never a sum
over articles."""

import datetime
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from newsledger.graph.group_ids import name_groups
from newsledger.graph.joined import JoinedGroups

ORIGIN = "figures/1"
# of the smaller claim's words: figures of the sample feed that count the same thing share at least
# a third
SUBJECT_OVERLAP = 0.25
NEIGHBOURS = 40  # figures of one kind and unit are compared with so many that follow
_TENSES = {"future": "future", "hypothetical": "future"}


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure with what decides whether it may be compared."""

    quantity_id: str
    claim_id: str
    article_id: str
    text_id: str
    story_id: str
    kind: str
    unit: str | None
    population: str | None
    scope: str | None
    place: str | None
    places: frozenset[str]
    days: tuple[datetime.date, datetime.date] | None
    tense: str
    terms: frozenset[str]
    speaker: str
    low: float
    high: float
    published_at: Any
    ordinal: int  # place among the figures of its claim that have the same kind and unit


def compare_figures(left: StatedFigure, right: StatedFigure) -> str:
    """Say whether two figures of one story may be compared: `comparable`, or the first thing that
    differs."""
    if left.population and right.population and left.population != right.population:
        return "population"
    if left.scope and right.scope and left.scope != right.scope:
        return "scope"
    if left.places and right.places and not left.places & right.places:
        return "place"
    if (
        left.place
        and right.place
        and not left.places
        and not right.places
        and left.place != right.place
    ):
        return "place"
    if _TENSES.get(left.tense, "past") != _TENSES.get(right.tense, "past"):
        return "tense"
    if left.days and right.days and (left.days[0] > right.days[1] or right.days[0] > left.days[1]):
        return "period"
    if left.claim_id == right.claim_id or (left.ordinal != right.ordinal and left.low != right.low):
        # "60 people …, another 14 people": the first of one claim is not the second of another
        return "subject"
    shared = len(left.terms & right.terms)
    return (
        "comparable"
        if shared >= SUBJECT_OVERLAP * min(len(left.terms), len(right.terms)) and shared
        else "subject"
    )


def link_figures(figures: Sequence[StatedFigure]) -> list[tuple[str, str, str]]:
    """Compare the figures of one kind and unit in each story: pairs of ids in order, and
    `comparable` or the reason."""
    blocks: dict[tuple[str, str, str | None], list[StatedFigure]] = defaultdict(list)
    for figure in sorted(figures, key=lambda figure: figure.quantity_id):
        blocks[figure.story_id, figure.kind, figure.unit].append(figure)
    return [
        pair
        for _, block in sorted(blocks.items(), key=lambda item: str(item[0]))
        for pair in _link_block(block)
    ]


def _link_block(block: Sequence[StatedFigure]) -> Iterator[tuple[str, str, str]]:
    for place, left in enumerate(block):
        for right in block[place + 1 : place + 1 + NEIGHBOURS]:
            yield left.quantity_id, right.quantity_id, compare_figures(left, right)


def group_figures(
    figures: Sequence[StatedFigure],
    links: Sequence[tuple[str, str, str]],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Sum up comparable figures: rows of `core.figure_groups` and `core.figure_group_members`.

    Two figures that may not be compared never meet in a group, also not over a third one.
    """
    by_id = {figure.quantity_id: figure for figure in figures}
    apart = [(a, b) for a, b, reason in links if reason not in {"comparable", "subject"}]
    groups = JoinedGroups(by_id, apart)
    for left, right, reason in links:
        if reason == "comparable":
            groups.join(left, right)
    times = {figure.quantity_id: figure.published_at or datetime.datetime.max for figure in figures}
    ordered = (
        sorted(group, key=lambda member: (times[member], member)) for group in groups.list_groups()
    )
    named = dict(sorted(name_groups(ordered, "fgr").items()))
    rows = [
        _sum_up(group_id, [by_id[member] for member in group]) for group_id, group in named.items()
    ]
    return rows, [
        {"figure_group_id": group_id, "quantity_id": member}
        for group_id, group in named.items()
        for member in group
    ]


def _sum_up(group_id: str, figures: Sequence[StatedFigure]) -> dict[str, Any]:
    newest = sorted(
        figures,
        key=lambda figure: (str(figure.published_at or ""), figure.quantity_id),
        reverse=True,
    )
    speakers, texts = defaultdict(set), defaultdict(set)
    for figure in figures:
        speakers[figure.low, figure.high].add(figure.speaker)
        texts[figure.low, figure.high].add(figure.text_id)
    informative = min(newest, key=lambda figure: (_width(figure), -_count_details(figure)))
    representative = max(
        newest,
        key=lambda figure: (
            len(speakers[figure.low, figure.high]),
            len(texts[figure.low, figure.high]),
        ),
    )
    lows = [figure.low for figure in figures if figure.low > -math.inf]
    highs = [figure.high for figure in figures if figure.high < math.inf]
    populations = sorted({figure.population for figure in figures if figure.population})
    return {
        "figure_group_id": group_id,
        "story_id": figures[0].story_id,
        "kind": figures[0].kind,
        "unit": figures[0].unit,
        "population": populations[0] if populations else None,
        "place": informative.place,
        "figure_count": len(figures),
        "article_count": len({figure.article_id for figure in figures}),
        "independent_text_count": len({figure.text_id for figure in figures}),
        "speaker_count": len({figure.speaker for figure in figures}),
        "low": min(lows + highs, default=None),
        "high": max(lows + highs, default=None),
        "is_disputed": max(figure.low for figure in figures)
        > min(figure.high for figure in figures),
        "conservative_quantity_id": min(
            newest, key=lambda figure: figure.low if figure.low > -math.inf else figure.high
        ).quantity_id,
        "informative_quantity_id": informative.quantity_id,
        "representative_quantity_id": representative.quantity_id,
    }


def _width(figure: StatedFigure) -> float:
    return figure.high - figure.low


def _count_details(figure: StatedFigure) -> int:
    return sum(value is not None for value in (figure.population, figure.place, figure.scope))


def read_figures(
    rows: pl.DataFrame, terms: Mapping[str, frozenset[str]], places: Mapping[str, frozenset[str]]
) -> list[StatedFigure]:
    """Prepare figures for comparison, one per row of quantity, claim and article; those without a
    value are left out."""
    figures = []
    seen: Counter[tuple[str, str, str | None]] = Counter()
    for row in rows.sort("claim_id", "start").iter_rows(named=True):
        if row["low"] is None and row["high"] is None:
            continue
        seen[row["claim_id"], row["kind"], row["unit"]] += 1
        start, end = row["about_start_date"], row["about_end_date"]
        figures.append(
            StatedFigure(
                row["quantity_id"], row["claim_id"], row["article_id"], row["text_id"],
                row["story_id"], row["kind"], row["unit"],
                row["population"], row["scope"], row["place"],
                places.get(row["claim_id"], frozenset()),
                (start, end) if start and end else None, row["tense"],
                terms.get(row["claim_id"], frozenset()), row["speaker"],
                -math.inf if row["low"] is None else row["low"],
                math.inf if row["high"] is None else row["high"], row["published_at"],
                seen[row["claim_id"], row["kind"], row["unit"]],
            )
        )  # fmt: skip
    return figures
