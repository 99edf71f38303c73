"""Charts of the reports: titles state the finding, subtitles unit and counts, labels stand at the
bars."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.render.style import (
    BLUE,
    GRID,
    INK,
    MUTED,
    ORANGE,
    SKY,
    add_texts,
    header_inches,
    new_figure,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: float
    marked: float = 0.0  # part of the value drawn in the second colour


@dataclass(frozen=True, slots=True)
class Interval:
    """A stated figure: from `low` to `high`, open where one is None."""

    label: str
    low: float | None
    high: float | None
    note: str


@dataclass(frozen=True, slots=True)
class Range:
    """Values that several sources state for one thing, with who states the lowest and the
    highest."""

    label: str
    low: float
    high: float
    stated: tuple[float, ...]
    low_note: str
    high_note: str


def draw_bars(
    bars: Sequence[Bar], *, title: str, subtitle: str, source: str, width: float = 6.9
) -> "Figure":
    """Draw horizontal bars with their values at the end; no axis, no grid."""
    figure = new_figure(width, 1.2)
    top = header_inches(figure, title)
    height = top + 0.28 * max(len(bars), 1) + 0.4
    figure.set_size_inches(width, height)
    axes = figure.add_axes((0.3, 0.3 / height, 0.6, max(0.05, 1 - (top + 0.4) / height)))
    places = range(len(bars))
    axes.barh(places, [bar.value for bar in bars], color=BLUE, height=0.62)
    axes.barh(
        places,
        [bar.marked for bar in bars],
        left=[bar.value - bar.marked for bar in bars],
        color=ORANGE,
        height=0.62,
    )
    for i, bar in enumerate(bars):
        axes.text(bar.value, i, f" {bar.value:,.0f}", va="center", fontsize=8.5)
    axes.set_yticks(list(places), [bar.label for bar in bars], fontsize=8.5)
    axes.set_ylim(len(bars) - 0.4, -0.6)
    axes.set_xlim(0, max([bar.value for bar in bars] or [1]) * 1.1)
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.spines["bottom"].set_visible(False)
    add_texts(figure, title, subtitle, source)
    return figure


def draw_intervals(
    rows: Sequence[Interval], *, title: str, subtitle: str, source: str, width: float = 6.9
) -> "Figure":
    """Draw stated figures as dots and ranges on one axis, the words as printed beside them."""
    figure = new_figure(width, 1.2)
    top = header_inches(figure, title)
    height = top + 0.3 * max(len(rows), 1) + 0.65
    figure.set_size_inches(width, height)
    axes = figure.add_axes((0.27, 0.5 / height, 0.36, max(0.05, 1 - (top + 0.6) / height)))
    values = [value for row in rows for value in (row.low, row.high) if value is not None]
    is_log = bool(values) and min(values) > 0 and max(values) / min(values) > 50
    if is_log:
        axes.set_xscale("log")
    for i, row in enumerate(rows):
        low, high = row.low, row.high
        if low is not None and high is not None and not math.isclose(low, high):
            axes.plot([low, high], [i, i], color=SKY, lw=5, solid_capstyle="round", zorder=2)
        dot = low if low is not None else high if high is not None else 0.0
        axes.scatter([dot], [i], s=34, color=BLUE, zorder=3)
        if low is not None and high is None:
            axes.annotate(
                "",
                xy=(low * 1.6 if is_log else low + max(values) * 0.1, i),
                xytext=(low, i),
                arrowprops={"arrowstyle": "->", "color": BLUE},
            )
        axes.text(1.03, i, row.note, transform=axes.get_yaxis_transform(), va="center", fontsize=8)
    axes.set_yticks(range(len(rows)), [row.label for row in rows], fontsize=8.5)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    if not is_log:
        axes.set_xlim(0, max(values or [1]) * 1.15)
    axes.tick_params(length=0)
    axes.grid(axis="x", color=GRID, lw=0.6)
    axes.set_axisbelow(True)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.xaxis.set_minor_formatter(lambda value, _: "")
    axes.tick_params(axis="x", labelsize=7.5, labelcolor=MUTED)
    axes.spines["bottom"].set_color(INK)
    add_texts(figure, title, subtitle, source)
    return figure


def draw_ranges(
    rows: Sequence[Range], *, title: str, subtitle: str, source: str, width: float = 6.9
) -> "Figure":
    """Draw what sources state for the same thing: a bar from the lowest to the highest, a dot for
    each value, each row on its own scale.

    The scale of a row runs from zero to its highest value, so that the share of the range that is
    in dispute can be read off.
    """
    figure = new_figure(width, 1.2)
    top = header_inches(figure, title)
    height = top + 0.46 * max(len(rows), 1) + 0.35
    figure.set_size_inches(width, height)
    axes = figure.add_axes((0.27, 0.25 / height, 0.34, max(0.05, 1 - (top + 0.35) / height)))
    for i, row in enumerate(rows):
        scale = max(row.high, 1e-9)
        axes.plot([0, 1], [i, i], color=GRID, lw=0.8, zorder=1)
        axes.plot([row.low / scale, 1], [i, i], color=SKY, lw=5, solid_capstyle="round", zorder=2)
        axes.scatter(
            [value / scale for value in row.stated],
            [i] * len(row.stated),
            s=30,
            color=BLUE,
            zorder=3,
        )
        axes.text(
            row.low / scale, i - 0.22, f"{row.low:,.0f}", ha="center", va="bottom", fontsize=8
        )
        axes.text(1.0, i - 0.22, f"{row.high:,.0f}", ha="center", va="bottom", fontsize=8)
        axes.text(
            1.08,
            i - 0.17,
            row.low_note,
            transform=axes.get_yaxis_transform(),
            va="center",
            fontsize=7.5,
        )
        axes.text(
            1.08,
            i + 0.19,
            row.high_note,
            transform=axes.get_yaxis_transform(),
            va="center",
            fontsize=7.5,
        )
    axes.set_yticks(range(len(rows)), [row.label for row in rows], fontsize=8.5)
    axes.set_ylim(len(rows) - 0.4, -0.75)
    axes.set_xlim(-0.04, 1.04)
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.spines["bottom"].set_visible(False)
    add_texts(figure, title, subtitle, source)
    return figure
