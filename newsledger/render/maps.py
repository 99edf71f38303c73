"""Maps drawn offline from Natural Earth: towns and sites are dots, first-level divisions hatched;
countries and other areas are listed."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.errors import NewsledgerError
from newsledger.lexicon.gazetteer import distance_km, load_native_names
from newsledger.lexicon.native_names import SCRIPTS
from newsledger.lexicon.outlines import find_outline
from newsledger.render.style import (
    BLUE,
    GRID,
    INK,
    MUTED,
    ORANGE,
    SAND,
    SKY,
    TITLE_SIZE,
    WATER,
    add_texts,
    header_inches,
    new_figure,
)

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text
    from shapely.geometry.base import BaseGeometry

CAPTION = "Boundaries: Natural Earth, de facto, no position taken on disputed ones."
MAX_LABELS = 25
# of moving labels apart; a number of steps, not seconds, so that the same rows give the same
# picture
LABEL_STEPS = 400
LABEL_ROOM = 0.09  # of the map's width, between a country's name and a place
LABEL_MARGIN = 0.04  # of the map's width, between a country's name and the frame
LABELLED_SHARE = 0.035  # of the map that a country covers, to be named
ROOM = 1.4  # size of the map against that of what it shows
KM_PER_DEGREE = 111.32
LINE_LETTERS = 15.5  # an inch, of the list below the map
MIN_SPAN_KM = 60  # a city with its suburbs
LONE_SPAN_KM = 400  # one spot by itself, with enough around it to know where it is
OUTLIER_KM = 1500  # places farther from the middle of the others are listed, not drawn
SHOWN_SHARE = 0.85  # of the mentions of towns, that a map is to show
REACH = 1.5  # times the distance within which they are, for the farthest place drawn
LEAST_SPREAD = 1.0  # degrees, of points that are next to each other
DIVISION_ROOM = 3.0  # size of a hatched division against that of all the points
MAX_BORDER_DEGREES = 40  # wider maps show countries only
INSET_REACH = (28.0, 80.0)  # degrees to each side of the map's middle, least and most


class NothingToDraw(ValueError):
    """There is neither a point nor a division with an outline among the places."""


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place to draw or to list: what its precision allows. A division is hatched where
    `location_id` has an outline."""

    name: str
    kind: str
    country_code: str | None
    lat: float
    lon: float
    count: int
    location_id: str | None = None


@dataclass(frozen=True, slots=True)
class _Box:
    """What a map shows, in degrees; `west` may be below -180, `east` above 180."""

    west: float
    east: float
    south: float
    north: float

    @property
    def width(self) -> float:
        return self.east - self.west

    @property
    def height(self) -> float:
        return self.north - self.south

    @property
    def middle(self) -> tuple[float, float]:
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    @property
    def km_per_degree(self) -> float:
        """Length of a degree of longitude in the middle of the map."""
        return KM_PER_DEGREE * _squeeze(self.middle[1])


def draw_locator_map(
    places: Sequence[MapPlace],
    *,
    title: str,
    subtitle: str,
    source: str,
    script: str | None = None,
    width: float = 6.9,
    height: float = 4.6,
    size: float = TITLE_SIZE,
) -> "Figure":
    """Draw towns and sites as dots and divisions hatched, on a map of their surroundings; other
    areas are named in a line below.

    `script` (`arabic` or `cyrillic`) adds the names of towns in that script. Raises
    `NothingToDraw`, and `NewsledgerError` for an unknown script.
    """
    if script is not None and script not in SCRIPTS:
        raise NewsledgerError(f"names on maps are in {' or '.join(SCRIPTS)} script, not {script!r}")
    ranked = sorted(places, key=lambda place: (-place.count, place.name))
    outlines = {
        place: shape
        for place in ranked
        if place.kind == "admin1" and (shape := _find_shape(place)) is not None
    }
    shown = [place for place in ranked if place.kind == "point" or place in outlines]
    if not shown:
        raise NothingToDraw("neither a point nor a division to draw")
    near = _keep_near([place for place in shown if place.kind == "point"] or shown)
    points = [place for place in near if place.kind == "point"]
    hatched = _fit(
        points,
        {
            place: outlines[place]
            for place in _keep_near([*near, *(p for p in outlines if p not in near)])
            if place in outlines
        },
    )
    figure = new_figure(width, height)
    top, foot = header_inches(figure, title, size), 0.72
    axes = figure.add_axes((0.02, foot / height, 0.96, 1 - (top + foot + 0.05) / height))
    box = _frame(points, hatched.values(), (height - top - foot - 0.05) / (width * 0.96))
    _draw_base(axes, box)
    _label_countries(axes, box, points, hatched.values())
    _draw_hatched(axes, box, hatched.values())
    _draw_scale_bar(axes, box)
    _draw_inset(figure, box, foot / height)
    _draw_points(figure, axes, box, points, hatched, load_native_names() if script else {}, script)
    left = [place for place in ranked if place not in points and place not in hatched]
    areas, far = (
        [place for place in left if place.kind != "point"],
        [place for place in left if place.kind == "point"],
    )
    figure.text(
        0.02,
        0.46 / height,
        _list_rest(hatched, areas, far, width),
        fontsize=7.5,
        color=INK,
        va="center",
    )
    add_texts(figure, title, subtitle, f"{source} {CAPTION}", size)
    return figure


def _find_shape(place: MapPlace) -> "BaseGeometry | None":
    return find_outline(place.location_id) if place.location_id else None


# --- what to show
# ---------------------------------------------------------------------------------------------------------


def _keep_near(places: list[MapPlace]) -> list[MapPlace]:
    """Leave out what is far from most mentions: one map cannot show a valley and the capital, or
    two continents."""

    def sum_distances(middle: MapPlace) -> float:
        return sum(place.count * min(_distance(middle, place), 2 * OUTLIER_KM) for place in places)

    middle = min(places, key=lambda place: (sum_distances(place), place.name))
    mentions, total = 0, sum(place.count for place in places)
    reach = 0.0
    for place in sorted(places, key=lambda place: _distance(middle, place)):
        if mentions < SHOWN_SHARE * total:
            reach = _distance(middle, place)
        mentions += place.count
    reach = min(max(reach * REACH, LONE_SPAN_KM / 4), OUTLIER_KM)
    return [place for place in places if _distance(middle, place) <= reach]


def _distance(one: MapPlace, two: MapPlace) -> float:
    return distance_km(one.lat, one.lon, two.lat, two.lon)


def _fit(
    points: Sequence[MapPlace], outlines: "dict[MapPlace, BaseGeometry]"
) -> "dict[MapPlace, BaseGeometry]":
    """The divisions that may be hatched beside the points: not those that would make the points a
    speck, as England two towns."""
    if not points:
        return outlines
    west, east = _find_span([(point.lon, point.lon) for point in points])
    height = max(point.lat for point in points) - min(point.lat for point in points)
    most = max(height, (east - west) * _squeeze(points[0].lat), LEAST_SPREAD) * DIVISION_ROOM
    return {place: shape for place, shape in outlines.items() if _size(shape) <= most}


def _size(shape: "BaseGeometry") -> float:
    west, south, east, north = max(
        getattr(shape, "geoms", [shape]), key=lambda part: part.area
    ).bounds
    return max(north - south, (east - west) * _squeeze((north + south) / 2))


def _squeeze(lat: float) -> float:
    """How much shorter a degree of longitude is than one of latitude."""
    return max(math.cos(math.radians(lat)), 0.2)


def _frame(points: Sequence[MapPlace], shapes: "Iterable[BaseGeometry]", ratio: float) -> _Box:
    """A box in the picture's shape (height to width) around all that is shown, across the
    antimeridian where that is shorter."""
    boxes = [(point.lon, point.lat, point.lon, point.lat) for point in points]
    boxes += [part.bounds for shape in shapes for part in getattr(shape, "geoms", [shape])]
    west, east = _find_span([(box[0], box[2]) for box in boxes])
    south, north = min(box[1] for box in boxes), max(box[3] for box in boxes)
    middle = (south + north) / 2
    least = (MIN_SPAN_KM if len(boxes) > 1 else LONE_SPAN_KM) / KM_PER_DEGREE
    tall = max((north - south) * ROOM, (east - west) * ROOM * _squeeze(middle) * ratio, least)
    wide = tall / ratio / _squeeze(middle)
    lon = (west + east) / 2
    return _Box(lon - wide / 2, lon + wide / 2, middle - tall / 2, middle + tall / 2)


def _find_span(spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The shortest range of longitudes that holds all ranges: opposite the widest gap between
    them."""
    joined: list[list[float]] = []
    for west, east in sorted(spans):
        if joined and west <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], east)
        else:
            joined.append([west, east])
    after = [*(span[0] for span in joined[1:]), joined[0][0] + 360]
    gaps = [
        (following - span[1], number)
        for number, (span, following) in enumerate(zip(joined, after, strict=True))
    ]
    widest = max(gaps)[1]
    west = after[widest]
    east = joined[widest][1] + 360
    return (west - 360, east - 360) if (west + east) / 2 > 180 else (west, east)


# --- geometry
# -------------------------------------------------------------------------------------------------------------


@cache
def _load_shapes() -> dict[str, "np.ndarray"]:
    import numpy as np

    with np.load(paths.SEEDS / "natural_earth" / "shapes.npz") as stored:
        return {name: stored[name] for name in stored.files}


@cache
def _load_parts(name: str) -> "list[tuple[np.ndarray, tuple[float, float, float, float]]]":
    """Rings of countries or lakes, or border lines, each with its west, east, south and north."""
    import numpy as np

    shapes = _load_shapes()
    points = np.cumsum(shapes[f"{name}_steps"], axis=0) / 1000
    parts = np.split(points, np.cumsum(shapes[f"{name}_sizes"])[:-1])
    return [
        (part, (part[:, 0].min(), part[:, 0].max(), part[:, 1].min(), part[:, 1].max()))
        for part in parts
    ]


def _find_in_view(name: str, box: _Box) -> "list[tuple[int, np.ndarray]]":
    """Parts that touch the map with their numbers, moved by a turn of the globe where the map
    crosses the antimeridian."""
    found = []
    for number, (part, (west, east, south, north)) in enumerate(_load_parts(name)):
        if north < box.south or south > box.north:
            continue
        found += [
            (number, _move(part, turn))
            for turn in (-360, 0, 360)
            if east + turn >= box.west and west + turn <= box.east
        ]
    return found


def _move(points: "np.ndarray", degrees: float) -> "np.ndarray":
    """Points farther east."""
    import numpy as np

    return np.column_stack([points[:, 0] + degrees, points[:, 1]])


def _turn_to(box: _Box, lon: float) -> float:
    """A longitude as the map counts it."""
    return lon + 360 * round((box.middle[0] - lon) / 360)


# --- drawing
# --------------------------------------------------------------------------------------------------------------


def _draw_base(axes: "Axes", box: _Box) -> None:
    from matplotlib.collections import LineCollection, PolyCollection

    rings = [ring for _, ring in _find_in_view("rings", box)]
    lakes = [ring for _, ring in _find_in_view("lakes", box)]
    axes.add_collection(
        PolyCollection(rings, facecolors=SAND, edgecolors=MUTED, linewidths=0.7, zorder=1)
    )
    axes.add_collection(
        PolyCollection(lakes, facecolors=WATER, edgecolors=MUTED, linewidths=0.4, zorder=1.5)
    )
    if box.width < MAX_BORDER_DEGREES:
        lines = [line for _, line in _find_in_view("lines", box)]
        axes.add_collection(
            LineCollection(lines, colors="#b8b2a2", linewidths=0.4, linestyles="dashed", zorder=2)
        )
    axes.set(
        xlim=(box.west, box.east),
        ylim=(box.south, box.north),
        xticks=[],
        yticks=[],
        facecolor=WATER,
    )
    axes.set_aspect(1 / _squeeze(box.middle[1]))
    for spine in axes.spines.values():
        spine.set(visible=True, color=GRID)


def _label_countries(
    axes: "Axes", box: _Box, points: Sequence[MapPlace], outlines: "Iterable[BaseGeometry]"
) -> None:
    """Name each country once, where it is widest and no place is near."""
    from shapely import union_all
    from shapely.geometry import MultiPoint, Polygon
    from shapely.geometry import box as make_box

    shapes = _load_shapes()
    view = make_box(box.west, box.south, box.east, box.north).buffer(-box.width * LABEL_MARGIN)
    busy = MultiPoint([(_turn_to(box, place.lon), place.lat) for place in points]).buffer(
        box.width * LABEL_ROOM
    )
    busy = union_all([busy, _inset_room(box), *outlines])
    best: dict[int, tuple[float, BaseGeometry]] = {}
    for number, ring in _find_in_view("rings", box):
        owner = int(shapes["owners"][number])
        seen = Polygon(ring).buffer(0).intersection(view).difference(busy)
        seen = max(getattr(seen, "geoms", [seen]), key=lambda part: part.area, default=seen)
        if seen.area > max(best.get(owner, (0.0, seen))[0], LABELLED_SHARE * view.area):
            best[owner] = (seen.area, seen)
    for owner, (_, seen) in sorted(best.items()):
        at = seen.representative_point()
        name = str(shapes["names"][owner]).upper()
        axes.text(
            at.x,
            at.y,
            name,
            fontsize=7,
            color="#8a8472",
            ha="center",
            va="center",
            zorder=3,
            clip_on=True,
        )


def _inset_room(box: _Box) -> "BaseGeometry":
    from shapely.geometry import box as make_box

    return make_box(box.east - box.width * 0.18, box.south, box.east, box.south + box.height * 0.32)


def _draw_hatched(axes: "Axes", box: _Box, shapes: "Iterable[BaseGeometry]") -> None:
    import numpy as np
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    for shape in shapes:
        for part in getattr(shape, "geoms", [shape]):
            turn = _turn_to(box, part.centroid.x) - part.centroid.x
            rings = [
                Path(_move(np.asarray(ring.coords), turn), closed=True)
                for ring in (part.exterior, *part.interiors)
            ]
            axes.add_patch(
                PathPatch(
                    Path.make_compound_path(*rings),
                    fill=False,
                    edgecolor=SKY,
                    hatch="////",
                    linewidth=0.7,
                    zorder=4,
                )
            )


def _draw_points(
    figure: "Figure", axes: "Axes", box: _Box, points: list[MapPlace], hatched: "Iterable[MapPlace]", native: dict[str, dict[str, str]], script: str | None,
) -> None:  # fmt: skip
    """Draw the dots, and label them and the hatched divisions so that no label covers another or a
    dot."""
    from adjustText import adjust_text
    from matplotlib.patheffects import withStroke

    most = max((place.count for place in points), default=1)
    xs, ys = [_turn_to(box, place.lon) for place in points], [place.lat for place in points]
    dots = axes.scatter(
        xs,
        ys,
        s=[18 + 70 * place.count / most for place in points],
        color=BLUE,
        edgecolor="white",
        linewidth=0.8,
        zorder=5,
    )
    labels = []
    for place, x, y in list(zip(points, xs, ys, strict=True))[:MAX_LABELS]:
        other = native.get(place.location_id or "", {}).get(script or "")
        labels.append(
            axes.text(
                x,
                y,
                f"{place.name} {other}" if other else place.name,
                fontsize=8,
                zorder=6,
                color=INK,
            )
        )
    seats = {place.name for place in points}
    areas = [place for place in hatched if place.name not in seats]
    labels += [_label_area(axes, box, place) for place in areas[: max(0, MAX_LABELS - len(labels))]]
    for label in labels:
        label.set_path_effects([withStroke(linewidth=2, foreground="white", alpha=0.8)])
    figure.canvas.draw()
    adjust_text(
        labels, x=xs, y=ys, ax=axes, objects=dots if points else None, expand=(1.1, 1.3), force_static=(0.2, 0.4), iter_lim=LABEL_STEPS,
        arrowprops={"arrowstyle": "-", "color": MUTED, "lw": 0.4}, ensure_inside_axes=True,
    )  # fmt: skip


def _label_area(axes: "Axes", box: _Box, place: MapPlace) -> "Text":
    shape = _find_shape(place)
    largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
    at = largest.representative_point()
    return axes.text(
        _turn_to(box, at.x),
        at.y,
        place.name,
        fontsize=8,
        zorder=6,
        color=INK,
        style="italic",
        ha="center",
    )


def _draw_scale_bar(axes: "Axes", box: _Box) -> None:
    target = box.width * box.km_per_degree / 5
    length = max(
        (
            step * 10**power
            for power in range(5)
            for step in (1, 2, 5)
            if step * 10**power <= target
        ),
        default=1,
    )
    x, y = box.west + box.width * 0.03, box.south + box.height * 0.05
    axes.plot(
        [x, x + length / box.km_per_degree],
        [y, y],
        color=INK,
        lw=1.6,
        solid_capstyle="butt",
        zorder=7,
    )
    axes.text(x, y + box.height * 0.012, f"{length:,} km", fontsize=7, va="bottom", zorder=7)


def _draw_inset(figure: "Figure", box: _Box, bottom: float) -> None:
    """Show in a corner where on the continent the map is."""
    from matplotlib.collections import PolyCollection
    from matplotlib.patches import Rectangle

    inset = figure.add_axes((0.84, bottom + 0.01, 0.135, 0.2), zorder=8)
    lon, lat = box.middle
    reach = min(max(INSET_REACH[0], box.width * 2), INSET_REACH[1])
    wide = _Box(lon - reach, lon + reach, max(lat - reach * 0.62, -88), min(lat + reach * 0.62, 88))
    rings = [ring for _, ring in _find_in_view("rings", wide)]
    inset.add_collection(
        PolyCollection(rings, facecolors=SAND, edgecolors="#c7c1b0", linewidths=0.3)
    )
    inset.set(
        xlim=(wide.west, wide.east),
        ylim=(wide.south, wide.north),
        xticks=[],
        yticks=[],
        facecolor=WATER,
    )
    inset.add_patch(
        Rectangle(
            (box.west, box.south),
            box.width,
            box.height,
            fill=False,
            edgecolor=ORANGE,
            linewidth=1.2,
        )
    )
    inset.plot([lon], [lat], marker="s", markersize=2.5, color=ORANGE)
    for spine in inset.spines.values():
        spine.set(visible=True, color=MUTED)


def _list_rest(
    hatched: Iterable[MapPlace], rest: list[MapPlace], far: list[MapPlace], width: float
) -> str:
    import textwrap

    groups = {"Hatched": hatched, "Farther away": far, "Areas, not drawn": rest}
    parts = [
        f"{title}: {', '.join(names)}"
        for title, found in groups.items()
        if (names := [place.name for place in found])
    ]
    return "\n".join(
        textwrap.wrap(". ".join(parts), int(width * LINE_LETTERS), max_lines=2, placeholder=" …")
    )
