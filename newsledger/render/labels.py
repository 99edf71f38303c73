"""Labels on maps: each beside its dot where there is room, farther off with a line where not, left
out where it would cover another."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

GAP = 5.0  # points between a dot and its label
RINGS = (1.0, 2.6, 4.4, 6.5)  # gaps at which a place is tried; beyond the first with a line
DIRECTIONS = (
    (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1),
    (1, 0.5), (-1, 0.5), (1, -0.5), (-1, -0.5),
)  # fmt: skip
MARGIN = 1.5  # points around a label that stay free
DOT = 3.0  # points, half a dot's width


def place_labels(
    figure: "Figure",
    axes: "Axes",
    labels: "Sequence[Text]",
    dots: Sequence[tuple[float, float]],
    colour: str,
) -> "list[Text]":
    """Put labels, the most important first, where they cover neither each other nor a dot; `dots`
    in the map's units. The spot of a label is its place before. Removes those without room and
    returns the rest."""
    import numpy as np
    from matplotlib.patheffects import withStroke

    figure.canvas.draw()
    unit = figure.dpi / 72
    frame = np.array(axes.get_window_extent().extents)
    spots = axes.transData.transform(np.array(dots, dtype=float).reshape(-1, 2))
    own = set(map(id, labels))
    standing = [text.get_window_extent().extents for text in axes.texts if id(text) not in own]
    insets = [other.get_window_extent().extents for other in figure.axes if other is not axes]
    taken = np.vstack(
        [np.column_stack([spots - DOT * unit, spots + DOT * unit]), *standing, *insets]
    )
    kept = []
    for label in labels:
        label.set_path_effects([withStroke(linewidth=2, foreground="white", alpha=0.85)])
        extent = label.get_window_extent()
        at = axes.transData.transform(label.get_position())
        found = _find_room(at, extent.width, extent.height, taken, frame, unit)
        if found is None:
            label.remove()
            continue
        box, ring = found
        label.set(ha="left", va="bottom")
        label.set_position(tuple(axes.transData.inverted().transform(box[:2])))
        taken = np.vstack([taken, box + unit * MARGIN * np.array([-1, -1, 1, 1])])
        kept.append(label)
        if ring:
            _draw_line(axes, at, box, colour)
    return kept


def _find_room(
    at: "np.ndarray",
    wide: float,
    tall: float,
    taken: "np.ndarray",
    frame: "np.ndarray",
    unit: float,
) -> "tuple[np.ndarray, int] | None":
    """The first free box (left, bottom, right, top in pixels) around a dot, and its ring."""
    import numpy as np

    for ring, gaps in enumerate(RINGS):
        for across, up in DIRECTIONS:
            gap = GAP * gaps * unit
            left = at[0] + across * gap - (wide if across < 0 else 0 if across else wide / 2)
            bottom = at[1] + up * gap - (tall if up < 0 else 0 if up > 0 else tall / 2)
            box = np.array([left, bottom, left + wide, bottom + tall])
            if (box[:2] < frame[:2]).any() or (box[2:] > frame[2:]).any():
                continue
            is_hit = (
                (taken[:, 0] < box[2])
                & (taken[:, 2] > box[0])
                & (taken[:, 1] < box[3])
                & (taken[:, 3] > box[1])
            )
            if not is_hit.any():
                return box, ring
    return None


def _draw_line(axes: "Axes", at: "np.ndarray", box: "np.ndarray", colour: str) -> None:
    """Tie a label that stands off to its dot."""
    import numpy as np

    near = (min(max(at[0], box[0]), box[2]), min(max(at[1], box[1]), box[3]))
    ends = axes.transData.inverted().transform(np.array([at, near]))
    axes.plot(ends[:, 0], ends[:, 1], color=colour, lw=0.5, zorder=4.5)
