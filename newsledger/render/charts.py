"""Charts of the reports: titles state the finding, labels stand at the lines, ends are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from newsledger.render.measure import count_ems, fit, wrap
from newsledger.render.style import (
    BLUE,
    GREEN,
    GRID,
    INK,
    MUTED,
    ORANGE,
    SKY,
    add_texts,
    header_inches,
    new_figure,
)
from newsledger.render.words import readable_number, short_number, start_direction

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LINE_COLOURS = (BLUE, ORANGE, GREEN, "#cc79a7", "#8a6d00", SKY)
LOG_RATIO = 50  # of the highest to the lowest value, beyond which the axis is logarithmic
LABEL_EMS = 19.0  # of a source, two lines of the label at the end of its steps
LINE_EMS = 11.2  # of a line of it
LABEL_WIDTH = 17.0  # ems of a line beside a dot
STEPS_TITLE = 10.0  # points


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure at the time of its publication: from `low` to `high`, open where one is None."""

    at: datetime
    low: float | None
    high: float | None

    @property
    def days(self) -> float:
        """The time as matplotlib counts it."""
        from matplotlib.dates import date2num

        return float(date2num(self.at))  # type: ignore[no-untyped-call]

    @property
    def middle(self) -> float:
        ends = [end for end in (self.low, self.high) if end is not None]
        return sum(ends) / len(ends) if ends else 0.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A share of `n` with its interval, in percent."""

    label: str
    value: float
    low: float
    high: float
    n: int


def draw_sparkline(counts: Sequence[int], days: Sequence[date], since: date | None) -> "Figure":
    """Draw articles a day as bars, the days from `since` on in colour, with their number."""
    figure = new_figure(1.45, 0.5)
    axes = figure.add_axes((0.0, 0.28, 0.84, 0.62))
    is_new = [since is None or day >= since for day in days]
    colours = [ORANGE if new else "#b6bec6" for new in is_new]
    total = sum(count for count, new in zip(counts, is_new, strict=True) if new)
    most = max([*counts, 1])
    axes.bar(
        range(len(counts)), [max(count, most * 0.02) for count in counts], color=colours, width=0.78
    )
    axes.set(xlim=(-0.6, len(counts) - 0.4), ylim=(0, most))
    axes.axis("off")
    figure.text(0.86, 0.3, str(total), fontsize=9, fontweight="bold", color=ORANGE)
    if days:
        first, last = days[0], days[-1]
        figure.text(0.0, 0.03, f"{first.day} {first:%b}", fontsize=5.5, color=MUTED)
        figure.text(0.84, 0.03, f"{last.day} {last:%b}", fontsize=5.5, color=MUTED, ha="right")
    return figure


def draw_steps(
    lines: Sequence[tuple[str, Sequence[Stated]]], *, title: str, subtitle: str, source: str,
    width: float = 3.45, height: float = 2.45,
) -> "Figure":  # fmt: skip
    """Draw what each source states over the time of publication: a step for each new figure, a
    triangle where the figure is open (at least, up to), a bar where it is a range."""
    figure = new_figure(width, height)
    top = header_inches(figure, title, STEPS_TITLE)
    axes = figure.add_axes((0.13, 0.42 / height, 0.49, max(0.1, 1 - (top + 0.52) / height)))
    ordered = sorted((point for _, points in lines for point in points), key=lambda point: point.at)
    first, last = ordered[0], ordered[-1]
    room = (last.days - first.days) * 0.06
    ends = []
    for (label, points), colour in zip(lines, _colours(len(lines)), strict=True):
        steps = sorted(points, key=lambda stated: (stated.at, stated.middle))
        times = [stated.days for stated in steps]
        values = [stated.middle for stated in steps]
        axes.step(
            [*times, last.days + room],
            [*values, values[-1]],
            where="post",
            color=colour,
            lw=1.6,
            zorder=2,
        )
        for stated in steps:
            _draw_stated(axes, stated, colour)
        ends.append((values[-1], f"{fit(label, LABEL_EMS)}: {_say(steps[-1])}", colour))
    _set_values(axes, [s.middle for _, points in lines for s in points])
    _set_times(axes, first, last)
    _label_ends(figure, axes, ends, height)
    add_texts(figure, title, subtitle, source, size=STEPS_TITLE)
    return figure


def _colours(number: int) -> list[str]:
    return [LINE_COLOURS[at % len(LINE_COLOURS)] for at in range(number)]


def _draw_stated(axes: "Axes", stated: Stated, colour: str) -> None:
    low, high = stated.low, stated.high
    marker = "^" if high is None else "v" if low is None else "o"
    if low is not None and high is not None and high > low:
        axes.vlines(stated.days, low, high, color=colour, lw=3.5, alpha=0.45, zorder=1)
    axes.plot(
        [stated.days],
        [stated.middle],
        marker=marker,
        ms=4.5,
        color=colour,
        zorder=3,
        mec="white",
        mew=0.6,
    )


def _say(stated: Stated) -> str:
    if stated.low is None or stated.high is None:
        bound = stated.low if stated.low is not None else stated.high or 0
        return f"{'at least' if stated.high is None else 'up to'} {readable_number(bound)}"
    if stated.low == stated.high:
        return readable_number(stated.low)
    return f"{readable_number(stated.low)}–{readable_number(stated.high)}"


def _set_values(axes: "Axes", values: Sequence[float]) -> None:
    from matplotlib.ticker import MaxNLocator

    low, high = min(values), max(values)
    if low > 0 and high / low > LOG_RATIO:
        axes.set_yscale("log")
    else:
        axes.set_ylim(min(0.0, low), (high or 1) * 1.12)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.yaxis.set_major_formatter(lambda value, _: short_number(value))
    axes.minorticks_off()
    axes.yaxis.set_minor_formatter(lambda value, _: "")
    axes.grid(axis="y", color=GRID, lw=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=7, labelcolor=MUTED)


def _set_times(axes: "Axes", first: Stated, last: Stated) -> None:
    """Name the first and the last moment of the axis, which is enough to read it by."""
    span = last.at - first.at
    axes.spines["bottom"].set_color(INK)
    if span.total_seconds() < 60:
        axes.set_xticks([first.days], [f"{first.at.day} {first.at:%b %Y, %H:%M}"])
        return
    names = [
        f"{at.day} {at:%b, %H:%M}" if span.days < 5 else f"{at.day} {at:%b %Y}"
        for at in (first.at, last.at)
    ]
    if first.at.date() == last.at.date():
        names[1] = f"{last.at:%H:%M}"
    axes.set_xticks([first.days, last.days], names)
    left, right = axes.get_xticklabels()
    left.set_horizontalalignment("left")
    right.set_horizontalalignment("right")


def _label_ends(
    figure: "Figure", axes: "Axes", ends: Sequence[tuple[float, str, str]], height: float
) -> None:
    """Set the labels to the right of their lines, moved apart where they would overlap."""
    figure.canvas.draw()
    box = axes.get_position()
    boxes = []
    for value, text, colour in ends:
        at = figure.transFigure.inverted().transform(axes.transData.transform((0, value)))[1]
        lines = wrap(text, LINE_EMS, 3)
        boxes.append([at, 0.135 * len(lines) / height, "\n".join(lines), colour])
    boxes.sort(key=lambda label: label[0])
    bottom = box.y0 - 0.05
    for label in boxes:
        label[0] = max(label[0], bottom + label[1] / 2)
        bottom = label[0] + label[1] / 2
    over = max(0.0, bottom - (box.y1 + 0.08))
    for at, _, text, colour in boxes:
        figure.text(
            box.x1 + 0.02, at - over, text, fontsize=7.5, color=colour, va="center", linespacing=1.0
        )


def draw_dots(
    dots: Sequence[Dot], *, title: str, subtitle: str, source: str, width: float = 6.9
) -> "Figure":
    """Draw shares as dots with their intervals, and the number that each rests on."""
    figure = new_figure(width, 1.2)
    top = header_inches(figure, title)
    height = top + 0.25 * max(len(dots), 1) + 0.62
    figure.set_size_inches(width, height)
    axes = figure.add_axes((0.27, 0.45 / height, 0.58, max(0.05, 1 - (top + 0.55) / height)))
    for at, dot in enumerate(dots):
        axes.plot([dot.low, dot.high], [at, at], color=SKY, lw=3, solid_capstyle="butt", zorder=2)
        axes.scatter([dot.value], [at], s=30, color=BLUE, zorder=3)
        axes.text(
            1.02,
            at,
            f"{dot.value:.0f} %  n = {dot.n:,}",
            transform=axes.get_yaxis_transform(),
            va="center",
            fontsize=8,
        )
    labels = ["\n".join(map(start_direction, wrap(dot.label, LABEL_WIDTH, 2))) for dot in dots]
    axes.set_yticks(range(len(dots)), labels, fontsize=7.5, linespacing=0.95)
    axes.set(xlim=(-1, 101), ylim=(len(dots) - 0.4, -0.6))
    axes.set_xticks([0, 25, 50, 75, 100], ["0", "25", "50", "75", "100 %"])
    axes.tick_params(length=0)
    axes.tick_params(axis="x", labelsize=7.5)
    axes.grid(axis="x", color=GRID, lw=0.6)
    axes.set_axisbelow(True)
    axes.spines["bottom"].set_visible(False)
    add_texts(figure, title, subtitle, source)
    return figure


def draw_matrix(
    rows: Sequence[str], columns: Sequence[str], filled: Sequence[set[str]], *, title: str,
    subtitle: str, source: str, width: float = 6.9,
) -> "Figure":  # fmt: skip
    """Draw which column (outlet) has which row (claim): a filled cell, or a pale one."""
    labels = ["\n".join(map(start_direction, wrap(row, 31, 2))) for row in rows]
    figure = new_figure(width, 1.2)
    names = [fit(column, 12) for column in columns]
    top = header_inches(figure, title) + 0.08 * max(map(count_ems, names), default=0) + 0.15
    height = top + 0.31 * len(rows) + 0.35
    figure.set_size_inches(width, height)
    left = 0.47
    axes = figure.add_axes((left, 0.3 / height, 0.9 - left, 0.31 * len(rows) / height))
    for at, found in enumerate(filled):
        colours = [BLUE if column in found else "#eef1f3" for column in columns]
        axes.bar(
            range(len(columns)), [0.84] * len(columns), bottom=at - 0.42, width=0.9, color=colours
        )
    axes.set_yticks(range(len(rows)), labels, fontsize=7)
    axes.set_xticks(
        range(len(columns)),
        names,
        fontsize=7 if len(columns) <= 30 else 4.5,
        rotation=55,
        ha="left",
        rotation_mode="anchor",
    )
    axes.xaxis.tick_top()
    axes.tick_params(length=0, pad=2, labelcolor=INK)
    axes.set(xlim=(-0.6, len(columns) - 0.4), ylim=(len(rows) - 0.5, -0.5))
    for spine in axes.spines.values():
        spine.set_visible(False)
    add_texts(figure, title, subtitle, source)
    return figure


def draw_counts(
    bars: Sequence[tuple[str, int]], *, title: str, subtitle: str, source: str, width: float = 6.9
) -> "Figure":
    """Draw horizontal bars with their numbers at the end; no axis, no grid."""
    figure = new_figure(width, 1.2)
    top = header_inches(figure, title)
    height = top + 0.24 * max(len(bars), 1) + 0.4
    figure.set_size_inches(width, height)
    axes = figure.add_axes((0.3, 0.28 / height, 0.6, max(0.05, 1 - (top + 0.38) / height)))
    axes.barh(range(len(bars)), [value for _, value in bars], color=BLUE, height=0.62)
    for at, (_, value) in enumerate(bars):
        axes.annotate(
            f"{value:,}", (value, at), (4, 0), textcoords="offset points", va="center", fontsize=8.5
        )
    axes.set_yticks(range(len(bars)), [fit(label, 17) for label, _ in bars], fontsize=8.5)
    axes.set(ylim=(len(bars) - 0.4, -0.6), xlim=(0, max([value for _, value in bars] or [1]) * 1.1))
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.spines["bottom"].set_visible(False)
    add_texts(figure, title, subtitle, source)
    return figure
