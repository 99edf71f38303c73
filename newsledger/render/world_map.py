"""A map of places all over the world: the globe in a true-area projection, and the regions where
most places lie enlarged below it."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from newsledger.model.enums import LocationKind
from newsledger.render.labels import place_labels
from newsledger.render.map_frame import MapPlace, distance, find_land, frame, keep_near
from newsledger.render.maps import (
    CAPTION,
    check_script,
    draw_base,
    draw_locator_map,
    draw_points,
    list_rest,
    name_places,
)
from newsledger.render.style import (
    BLUE,
    GRID,
    INK,
    MUTED,
    ORANGE,
    SAND,
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

NEAR_SHARE = 0.65  # of the mentions of towns, that one region must hold to be the map
REGION_KM = 1300  # from the place named most, for a region to be enlarged
MOST_REGIONS = 3
WORLD_LABELS = 12
REGION_LABELS = 10
_EQUAL_EARTH = (1.340264, -0.081106, 0.000893, 0.003796)  # Savric, Patterson and Jenny, 2018


def draw_places_map(
    places: Sequence[MapPlace], *, title: str, subtitle: str, source: str,
    script: str | None = None,
    width: float = 6.9, height: float = 4.6, size: float = TITLE_SIZE,
    numbers: Mapping[MapPlace, int] | None = None,
) -> "Figure":  # fmt: skip
    """Draw a map of the region that holds most of the places, or of the world where none does.

    Raises `NothingToDraw`, and `NewsledgerError` for an unknown script.
    """
    draw = draw_world_map if is_worldwide(places) else draw_locator_map
    return draw(
        places, title=title, subtitle=subtitle, source=source, script=script, width=width,
        height=height, size=size, numbers=numbers,
    )  # fmt: skip


def is_worldwide(places: Sequence[MapPlace]) -> bool:
    """Whether no region holds enough of the mentions of towns and sites."""
    points = [place for place in places if place.kind == LocationKind.POINT]
    if len(points) < 2:
        return False
    near = sum(place.count for place in keep_near(points))
    return near < NEAR_SHARE * sum(place.count for place in points)


def draw_world_map(
    places: Sequence[MapPlace], *, title: str, subtitle: str, source: str,
    script: str | None = None,
    width: float = 6.9, height: float = 4.6, size: float = TITLE_SIZE,
    numbers: Mapping[MapPlace, int] | None = None,
) -> "Figure":  # fmt: skip
    """Draw towns and sites on the globe, and on a large map the regions with several of them
    enlarged below, each by its letter."""
    check_script(script)
    ranked = sorted(places, key=lambda place: (-place.count, place.name))
    points = [place for place in ranked if place.kind == LocationKind.POINT]
    names = name_places(points, script, numbers)
    regions = find_regions(points) if width > 5 else []
    globe = 0.487 * width * 0.96  # inches: the projection's height to its width
    below = 2.0 if regions else 0.0
    rest = (
        ""
        if numbers
        else list_rest([], [place for place in ranked if place.kind != LocationKind.POINT], width)
    )
    figure = new_figure(width, height)
    top, foot = header_inches(figure, title, size), 0.28 + 0.14 * len(rest.splitlines())
    height = top + globe + below + foot + 0.1
    figure.set_size_inches(width, height)
    axes = figure.add_axes((0.02, (foot + below + 0.05) / height, 0.96, globe / height))
    _draw_globe(axes)
    apart = {place for region in regions for place in region}
    most = len(points) if numbers else WORLD_LABELS if width > 5 else WORLD_LABELS // 2
    labelled = [place for place in points if place not in apart][:most]
    _draw_spots(figure, axes, points, labelled, names)
    for at, region in enumerate(regions):
        share = 0.96 / len(regions)
        corner = (
            0.02 + at * share + (0.01 if at else 0),
            foot / height,
            share - (0.01 if at else 0),
            below * 0.94 / height,
        )
        _draw_region(figure, axes, corner, region, names, "ABC"[at])
    figure.text(0.02, (foot - 0.05) / height, rest, fontsize=7, color=INK, va="top")
    add_texts(figure, title, subtitle, f"{source} {CAPTION}", size)
    return figure


def find_regions(points: Sequence[MapPlace]) -> list[list[MapPlace]]:
    """Groups of several places around the ones named most, at most `MOST_REGIONS`."""
    left, found = list(points), []
    while left:
        region = [place for place in left if distance(left[0], place) <= REGION_KM]
        left = [place for place in left if place not in region]
        found.append(region)
    several = [region for region in found if len(region) > 1]
    return sorted(several, key=lambda region: -len(region))[:MOST_REGIONS]


def project(lon: "np.ndarray", lat: "np.ndarray") -> "tuple[np.ndarray, np.ndarray]":
    """Degrees to the plane of the Equal Earth projection, true in area."""
    import numpy as np

    one, two, three, four = _EQUAL_EARTH
    theta = np.arcsin(math.sqrt(3) / 2 * np.sin(np.radians(lat)))
    slope = 9 * four * theta**8 + 7 * three * theta**6 + 3 * two * theta**2 + one
    x = 2 * math.sqrt(3) * np.radians(lon) * np.cos(theta) / (3 * slope)
    return x, theta * (four * theta**8 + three * theta**6 + two * theta**2 + one)


def _draw_globe(axes: "Axes") -> None:
    import numpy as np
    from matplotlib.collections import PolyCollection
    from matplotlib.patches import Polygon

    edge = np.concatenate([np.linspace(-90, 90, 91), np.linspace(90, -90, 91)])
    sides = np.concatenate([np.full(91, -180.0), np.full(91, 180.0)])
    outline = np.column_stack(project(sides, edge))
    globe = Polygon(outline, facecolor=WATER, edgecolor=GRID, lw=0.7, zorder=0)
    axes.add_patch(globe)
    rings = [  # those across the antimeridian twice, once on each side
        np.column_stack(project(ring[:, 0] + turn, ring[:, 1]))
        for ring in find_land()
        for turn in (-360, 0, 360)
        if ring[:, 0].min() + turn < 180 and ring[:, 0].max() + turn > -180
    ]
    land = PolyCollection(rings, facecolors=SAND, edgecolors="#b8b2a2", linewidths=0.3, zorder=1)
    axes.add_collection(land)
    land.set_clip_path(globe)
    axes.set(xlim=(-2.71, 2.71), ylim=(-1.32, 1.32))
    axes.set_aspect("equal")
    axes.axis("off")


def _draw_spots(
    figure: "Figure",
    axes: "Axes",
    points: Sequence[MapPlace],
    labelled: Sequence[MapPlace],
    names: Mapping[MapPlace, str],
) -> None:
    import numpy as np

    xs, ys = project(np.array([p.lon for p in points]), np.array([p.lat for p in points]))
    most = max((place.count for place in points), default=1)
    sizes = [5 + 45 * place.count / most for place in points]
    axes.scatter(
        xs, ys, s=sizes, color=BLUE, edgecolor="white", linewidth=0.5, alpha=0.85, zorder=5
    )
    spot = dict(zip(points, zip(xs, ys, strict=True), strict=True))
    labels = [
        axes.text(*spot[place], names[place], fontsize=7, color=INK, zorder=6) for place in labelled
    ]
    place_labels(figure, axes, labels, list(zip(xs, ys, strict=True)), MUTED)


def _draw_region(
    figure: "Figure", world: "Axes", corner: tuple[float, float, float, float],
    region: Sequence[MapPlace], names: Mapping[MapPlace, str], letter: str,
) -> None:  # fmt: skip
    """Draw one region enlarged, and its outline with its letter on the globe."""
    import numpy as np
    from matplotlib.patches import Polygon

    axes = figure.add_axes(corner)
    wide, tall = figure.get_size_inches()
    box = frame(region, [], corner[3] * tall / (corner[2] * wide))
    draw_base(axes, box)
    draw_points(figure, axes, box, region, [], names, REGION_LABELS)
    style: dict[str, Any] = {"fontsize": 9, "fontweight": "bold", "color": ORANGE, "zorder": 9}
    axes.text(0.02, 0.97, letter, transform=axes.transAxes, va="top", **style)
    steps = np.linspace(0, 1, 20)
    lons = [
        box.west + box.width * steps,
        np.full(20, box.east),
        box.east - box.width * steps,
        np.full(20, box.west),
    ]
    lats = [
        np.full(20, box.south),
        box.south + box.height * steps,
        np.full(20, box.north),
        box.north - box.height * steps,
    ]
    x, y = project(np.clip(np.concatenate(lons), -180, 180), np.clip(np.concatenate(lats), -90, 90))
    world.add_patch(
        Polygon(np.column_stack([x, y]), fill=False, edgecolor=ORANGE, lw=0.9, zorder=7)
    )
    world.text(float(x.max()), float(y.max()), letter, ha="left", va="bottom", **style)
