"""Maps drawn offline from Natural Earth: countries, coast, first-level borders; only points are drawn as points."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.render.style import BLUE, GRID, INK, MUTED, ORANGE, SAND, WATER, add_texts, header_inches, new_figure

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CAPTION = "Boundaries: Natural Earth, de facto, no position taken on disputed ones."
MAX_LABELS = 25
LABEL_ROOM = 0.09  # of the map's width, between a country's name and a place
MIN_SPAN_KM = 120
OUTLIER_KM = 1500  # places farther from the middle of the others are listed, not drawn


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place to draw or to list: what its precision allows."""

    name: str
    kind: str
    country_code: str | None
    lat: float
    lon: float
    count: int


@cache
def _shapes() -> dict[str, "np.ndarray"]:
    import numpy as np

    with np.load(paths.SEEDS / "natural_earth" / "shapes.npz") as stored:
        return {name: stored[name] for name in stored.files}


def draw_locator_map(
    places: Sequence[MapPlace], *, title: str, subtitle: str, source: str, width: float = 6.9, height: float = 4.6
) -> "Figure":
    """Draw the points among the places on a map of their surroundings; areas are named in a line below, countries listed.

    Raises `ValueError` where there is no point to draw.
    """
    points = sorted((place for place in places if place.kind == "point"), key=lambda place: (-place.count, place.name))
    if not points:
        raise ValueError("no place of point precision to draw")
    drawn, left_out = _split_outliers(points)
    figure = new_figure(width, height)
    top, foot = header_inches(figure, title), 0.62
    axes = figure.add_axes((0.02, foot / height, 0.96, 1 - (top + foot + 0.05) / height))
    box = _frame(drawn, width * 0.96, height - top - foot - 0.05)
    _draw_base(axes, box, drawn)
    _draw_points(figure, axes, drawn)
    _draw_scale_bar(axes, box)
    _draw_inset(figure, box, foot / height)
    areas = [place.name for place in sorted(places, key=lambda p: (-p.count, p.name)) if place.kind != "point"]
    figure.text(0.02, 0.4 / height, _list_rest(areas, left_out, width), fontsize=7.5, color=INK, va="center")
    add_texts(figure, title, subtitle, f"{source} {CAPTION}")
    return figure


def _split_outliers(points: list[MapPlace]) -> tuple[list[MapPlace], list[MapPlace]]:
    from newsledger.gazetteer import distance_km

    total = sum(place.count for place in points)
    half, running, lats, lons = total / 2, 0, sorted(points, key=lambda p: p.lat), sorted(points, key=lambda p: p.lon)
    lat = lon = 0.0
    for place in lats:
        running += place.count
        if running >= half:
            lat = place.lat
            break
    running = 0
    for place in lons:
        running += place.count
        if running >= half:
            lon = place.lon
            break
    near = [place for place in points if distance_km(lat, lon, place.lat, place.lon) <= OUTLIER_KM]
    return (near, [place for place in points if place not in near]) if near else (points, [])


def _frame(points: list[MapPlace], width: float, height: float) -> tuple[float, float, float, float]:
    """West, east, south, north of a map that shows all points with room around them, in the shape of the picture."""
    south, north = min(p.lat for p in points), max(p.lat for p in points)
    west, east = min(p.lon for p in points), max(p.lon for p in points)
    middle = (south + north) / 2
    squeeze = max(math.cos(math.radians(middle)), 0.2)
    tall = max((north - south) * 1.5, MIN_SPAN_KM / 111)
    wide = max((east - west) * 1.5 * squeeze, tall * width / height)
    tall = max(tall, wide * height / width)
    lon = (west + east) / 2
    return lon - wide / squeeze / 2, lon + wide / squeeze / 2, middle - tall / 2, middle + tall / 2


def _parts(name: str) -> "list[np.ndarray]":
    import numpy as np

    shapes = _shapes()
    sizes = shapes["ring_sizes" if name == "rings" else "line_sizes"]
    return np.split(shapes[name], np.cumsum(sizes)[:-1])


def _touches(part: "np.ndarray", box: tuple[float, float, float, float]) -> bool:
    west, east, south, north = box
    return bool(part[:, 0].max() >= west and part[:, 0].min() <= east and part[:, 1].max() >= south and part[:, 1].min() <= north)


def _draw_base(axes: "Axes", box: tuple[float, float, float, float], points: list[MapPlace]) -> None:
    from matplotlib.collections import LineCollection, PolyCollection

    west, east, south, north = box
    rings = [ring for ring in _parts("rings") if _touches(ring, box)]
    axes.add_collection(PolyCollection(rings, facecolors=SAND, edgecolors=MUTED, linewidths=0.7, zorder=1))
    lines = [line for line in _parts("lines") if _touches(line, box)]
    if (east - west) < 40:
        axes.add_collection(LineCollection(lines, colors="#b8b2a2", linewidths=0.4, linestyles="dashed", zorder=2))
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], facecolor=WATER)
    axes.set_aspect(1 / max(math.cos(math.radians((south + north) / 2)), 0.2))
    for spine in axes.spines.values():
        spine.set(visible=True, color=GRID)
    _label_countries(axes, box, points)


def _label_countries(axes: "Axes", box: tuple[float, float, float, float], points: list[MapPlace]) -> None:
    """Name each country once, where it is widest and no place is near."""
    from shapely.geometry import MultiPoint, Polygon
    from shapely.geometry import box as make_box

    shapes, view = _shapes(), make_box(box[0], box[2], box[1], box[3])
    busy = MultiPoint([(place.lon, place.lat) for place in points]).buffer((box[1] - box[0]) * LABEL_ROOM)
    view = view.buffer(-(box[1] - box[0]) * 0.04)
    best: dict[int, tuple[float, object]] = {}
    for owner, ring in zip(shapes["owners"], _parts("rings"), strict=True):
        if not _touches(ring, box):
            continue
        seen = Polygon(ring).buffer(0).intersection(view).difference(busy)
        if seen.area > best.get(int(owner), (0.0, None))[0]:
            best[int(owner)] = (seen.area, seen)
    for owner, (area, seen) in sorted(best.items()):
        if area > 0.035 * view.area:
            at = seen.representative_point()  # type: ignore[attr-defined]
            axes.text(
                at.x,
                at.y,
                str(shapes["names"][owner]).upper(),
                fontsize=7,
                color="#8a8472",
                ha="center",
                va="center",
                zorder=3,
                clip_on=True,
            )


def _draw_points(figure: "Figure", axes: "Axes", points: list[MapPlace]) -> None:
    from adjustText import adjust_text

    most = max(place.count for place in points)
    xs, ys = [place.lon for place in points], [place.lat for place in points]
    axes.scatter(xs, ys, s=[18 + 70 * place.count / most for place in points], color=BLUE, edgecolor="white", linewidth=0.8, zorder=5)
    labels = [axes.text(place.lon, place.lat, place.name, fontsize=8, zorder=6, color=INK) for place in points[:MAX_LABELS]]
    figure.canvas.draw()
    adjust_text(
        labels, x=xs, y=ys, ax=axes, expand=(1.15, 1.3), arrowprops={"arrowstyle": "-", "color": MUTED, "lw": 0.4}, ensure_inside_axes=True
    )


def _draw_scale_bar(axes: "Axes", box: tuple[float, float, float, float]) -> None:
    west, east, south, north = box
    per_degree = 111.32 * math.cos(math.radians((south + north) / 2))
    target = (east - west) * per_degree / 5
    length = max(step * 10**power for power in range(5) for step in (1, 2, 5) if step * 10**power <= max(target, 1))
    x, y = west + (east - west) * 0.03, south + (north - south) * 0.05
    axes.plot([x, x + length / per_degree], [y, y], color=INK, lw=1.6, solid_capstyle="butt", zorder=7)
    axes.text(x, y + (north - south) * 0.012, f"{length:,} km", fontsize=7, va="bottom", zorder=7)


def _draw_inset(figure: "Figure", box: tuple[float, float, float, float], bottom: float) -> None:
    from matplotlib.collections import PolyCollection
    from matplotlib.patches import Rectangle

    west, east, south, north = box
    inset = figure.add_axes((0.84, bottom + 0.01, 0.135, 0.2))
    lon, lat = (west + east) / 2, (south + north) / 2
    reach = min(max(28.0, (east - west) * 2), 80.0)
    wide = (lon - reach, lon + reach, max(lat - reach * 0.62, -88), min(lat + reach * 0.62, 88))
    inset.add_collection(
        PolyCollection([ring for ring in _parts("rings") if _touches(ring, wide)], facecolors=SAND, edgecolors="#c7c1b0", linewidths=0.3)
    )
    inset.set(xlim=wide[:2], ylim=wide[2:], xticks=[], yticks=[], facecolor=WATER)
    inset.add_patch(Rectangle((west, south), east - west, north - south, fill=False, edgecolor=ORANGE, linewidth=1.2))
    for spine in inset.spines.values():
        spine.set(visible=True, color=MUTED)


def _list_rest(areas: list[str], left_out: list[MapPlace], width: float) -> str:
    import textwrap

    parts = [f"Areas, not drawn as points: {', '.join(areas)}"] if areas else []
    parts += [f"Farther away: {', '.join(place.name for place in left_out)}"] if left_out else []
    return textwrap.shorten(". ".join(parts), int(width * 15.5), placeholder=" …")
