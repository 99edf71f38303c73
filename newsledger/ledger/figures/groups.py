"""Figures: which numbers count one thing, and what a group of them says. Never a sum over
articles."""

import datetime
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from newsledger.graph.group_ids import name_groups
from newsledger.graph.joined import JoinedGroups
from newsledger.ledger.claims.reasons import differs_by_figures

ORIGIN = "figures/2"
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure with what decides whether another one counts the same thing."""

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
    speaker: str
    text: str
    low: float
    high: float
    published_at: Any


ClaimLink = tuple[str, str, str, str]
"""Two claims, the type of their link and its reason, as in `core.claim_links`."""
FigureLink = tuple[str, str, str]
"""Ids of two figures in order, and the type of the link of their claims."""


def link_figures(
    figures: Sequence[StatedFigure], claim_links: Iterable[ClaimLink]
) -> list[FigureLink]:
    """Find the pairs of figures of a story that count one thing: their claims say the same, with
    one value; or contradict or update each other in these two figures. Of 162 groups of 343 real
    articles that likeness of words had called disputed, 8 or so were; by links two were found, both
    of them right."""
    stated: dict[str, list[StatedFigure]] = defaultdict(list)
    for figure in figures:
        stated[figure.claim_id].append(figure)
    found: dict[tuple[str, str], str] = {}
    for claim_id, other_id, link_type, reason in claim_links:
        for one, other in _pair(stated.get(claim_id, ()), stated.get(other_id, ())):
            is_one = (
                _say_the_same(one, other)
                if link_type == "same"
                else differs_by_figures(reason, one.text, other.text)
            )
            if is_one:
                first, second = sorted((one.quantity_id, other.quantity_id))
                found[first, second] = link_type
    return [(*pair, link_type) for pair, link_type in sorted(found.items())]


def _pair(
    some: Sequence[StatedFigure], others: Sequence[StatedFigure]
) -> Iterator[tuple[StatedFigure, StatedFigure]]:
    """Pair figures of two claims of one story that have one kind and unit."""
    for one in some:
        for other in others:
            if (one.story_id, one.kind, one.unit) == (other.story_id, other.kind, other.unit):
                yield one, other


def _say_the_same(one: StatedFigure, other: StatedFigure) -> bool:
    """Whether two figures of claims that say the same are one: the value, and of people who is
    counted ("10 passengers and two pilots" has two)."""
    if (one.low, one.high) != (other.low, other.high):
        return False
    if one.unit != "person":
        return True
    words = [set(_WORD.findall((figure.population or "").casefold())) for figure in (one, other)]
    return not (words[0] or words[1]) or bool(words[0] & words[1])


def group_figures(
    figures: Sequence[StatedFigure], links: Sequence[FigureLink]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Sum up what links connect: rows of `core.figure_groups` and `core.figure_group_members`. A
    figure alone is a group, too."""
    by_id = {figure.quantity_id: figure for figure in figures}
    groups = JoinedGroups(by_id)
    for left, right, _ in links:
        groups.join(left, right)
    opposed = {
        member for *pair, link_type in links for member in pair if link_type == "contradicts"
    }
    times = {figure.quantity_id: figure.published_at or datetime.datetime.max for figure in figures}
    ordered = (
        sorted(group, key=lambda member: (times[member], member)) for group in groups.list_groups()
    )
    named = dict(sorted(name_groups(ordered, "fgr").items()))
    rows = [
        _sum_up(group_id, [by_id[member] for member in group])
        | {"is_disputed": not opposed.isdisjoint(group)}
        for group_id, group in named.items()
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


def read_figures(rows: pl.DataFrame) -> list[StatedFigure]:
    """Prepare figures, one per row of quantity, claim and article; those without a value are left
    out."""
    return [
        StatedFigure(
            row["quantity_id"], row["claim_id"], row["article_id"], row["text_id"],
            row["story_id"], row["kind"], row["unit"], row["population"], row["scope"],
            row["place"], row["speaker"], row["text"],
            -math.inf if row["low"] is None else row["low"],
            math.inf if row["high"] is None else row["high"], row["published_at"],
        )
        for row in rows.iter_rows(named=True)
        if row["low"] is not None or row["high"] is not None
    ]  # fmt: skip
