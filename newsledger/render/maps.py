"""Maps drawn offline from Natural Earth: towns and sites are dots, first-level divisions hatched;
countries and other areas are listed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from newsledger.errors import NewsledgerError
from newsledger.lexicon.gazetteer import load_native_names
from newsledger.lexicon.native_names import SCRIPTS
from newsledger.model.enums import LocationKind
from newsledger.render.labels import place_labels
from newsledger.render.map_frame import (
    Box,
    MapPlace,
    NothingToDraw,
    find_in_view,
    find_shape,
    fit,
    frame,
    keep_near,
    load_shapes,
    move,
    squeeze,
    turn_to,
)
from newsledger.render.measure import fit as fit_width
from newsledger.render.measure import wrap
from newsledger.render.style import (
    BLUE,
    DPI,
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
    from shapely import Point
    from shapely.geometry.base import BaseGeometry

CAPTION = "Boundaries: Natural Earth, de facto, no position taken on disputed ones."
MAX_LABELS = 25
LABEL_ROOM = 0.09  # of the map's width, between a country's name and a place
LABEL_MARGIN = 0.04  # of the map's width, between a country's name and the frame
LABELLED_SHARE = 0.035  # of the map that a country covers, to be named
MAX_BORDER_DEGREES = 40  # wider maps show countries only
INSET_REACH = (28.0, 80.0)  # degrees to each side of the map's middle, least and most
LETTER_INCHES = 0.068  # of a country's name
LONGEST_LABEL = 20.0  # ems
SPOT = 0.12  # of the inset's width, below which a map's frame is shown as a spot


def draw_locator_map(
    places: Sequence[MapPlace], *, title: str, subtitle: str, source: str,
    script: str | None = None,
    width: float = 6.9, height: float = 4.6, size: float = TITLE_SIZE,
    numbers: Mapping[MapPlace, int] | None = None,
) -> "Figure":  # fmt: skip
    """Draw towns and sites as dots and divisions hatched, on a map of their surroundings; other
    areas are named in a line below.

    `script` (`arabic` or `cyrillic`) adds the names of towns in that script; with `numbers` a place
    has its number in place of its name. Raises `NothingToDraw`, and `NewsledgerError` for an
    unknown script.
    """
    check_script(script)
    ranked = sorted(places, key=lambda place: (-place.count, place.name))
    points, hatched = _choose(ranked)
    figure = new_figure(width, height)
    left = [place for place in ranked if place not in points and place not in hatched]
    rest = "" if numbers else list_rest(hatched, left, width)
    top, foot = header_inches(figure, title, size), 0.28 + 0.14 * len(rest.splitlines())
    axes = figure.add_axes((0.02, foot / height, 0.96, 1 - (top + foot + 0.05) / height))
    box = frame(points, hatched.values(), (height - top - foot - 0.05) / (width * 0.96))
    draw_base(axes, box)
    _label_countries(axes, box, points, hatched.values())
    _draw_hatched(axes, box, hatched.values())
    _draw_scale_bar(axes, box)
    _draw_inset(figure, box, foot / height)
    draw_points(figure, axes, box, points, hatched, name_places(ranked, script, numbers))
    figure.text(0.02, (foot - 0.05) / height, rest, fontsize=7, color=INK, va="top")
    add_texts(figure, title, subtitle, f"{source} {CAPTION}", size)
    return figure


def check_script(script: str | None) -> None:
    """Raise `NewsledgerError` for a script without names."""
    if script is not None and script not in SCRIPTS:
        raise NewsledgerError(f"names on maps are in {' or '.join(SCRIPTS)} script, not {script!r}")


def _choose(
    ranked: Sequence[MapPlace],
) -> "tuple[list[MapPlace], dict[MapPlace, BaseGeometry]]":
    """Points and divisions to draw. Raises `NothingToDraw`."""
    outlines = {
        place: shape
        for place in ranked
        if place.kind == LocationKind.ADMIN1 and (shape := find_shape(place)) is not None
    }
    shown = [place for place in ranked if place.kind == LocationKind.POINT or place in outlines]
    if not shown:
        raise NothingToDraw("neither a point nor a division to draw")
    near = keep_near([place for place in shown if place.kind == LocationKind.POINT] or shown)
    points = [place for place in near if place.kind == LocationKind.POINT]
    around = keep_near([*near, *(place for place in outlines if place not in near)])
    return points, fit(points, {place: outlines[place] for place in around if place in outlines})


def name_places(
    places: Sequence[MapPlace], script: str | None, numbers: Mapping[MapPlace, int] | None = None
) -> dict[MapPlace, str]:
    """What stands at each place: its number, or its name, with its name in the script."""
    native = load_native_names() if script else {}
    names = {}
    for place in places:
        other = native.get(place.location_id or "", {}).get(script or "")
        name = fit_width(place.name, LONGEST_LABEL)
        names[place] = f"{name} {other}" if other else name
        if numbers and place in numbers:
            names[place] = str(numbers[place])
    return names


def draw_base(axes: "Axes", box: Box) -> None:
    from matplotlib.collections import LineCollection, PolyCollection

    rings = [ring for _, ring in find_in_view("rings", box)]
    lakes = [ring for _, ring in find_in_view("lakes", box)]
    axes.add_collection(
        PolyCollection(rings, facecolors=SAND, edgecolors=MUTED, linewidths=0.7, zorder=1)
    )
    axes.add_collection(
        PolyCollection(lakes, facecolors=WATER, edgecolors=MUTED, linewidths=0.4, zorder=1.5)
    )
    if box.width < MAX_BORDER_DEGREES:
        lines = [line for _, line in find_in_view("lines", box)]
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
    axes.set_aspect(1 / squeeze(box.middle[1]))
    for spine in axes.spines.values():
        spine.set(visible=True, color=GRID)


def _label_countries(
    axes: "Axes", box: Box, points: Sequence[MapPlace], outlines: "Iterable[BaseGeometry]"
) -> None:
    """Name each country once, where it is widest and no place is near."""
    from shapely import make_valid, union_all
    from shapely.geometry import MultiPoint
    from shapely.geometry import box as make_box

    shapes = load_shapes()
    view = make_box(box.west, box.south, box.east, box.north).buffer(-box.width * LABEL_MARGIN)
    busy = MultiPoint([(turn_to(box, place.lon), place.lat) for place in points]).buffer(
        box.width * LABEL_ROOM
    )
    busy = union_all([busy, _inset_room(box), *(make_valid(shape) for shape in outlines)])
    best: dict[int, tuple[float, BaseGeometry]] = {}
    for number, ring in find_in_view("rings", box):
        owner = int(shapes["owners"][number])
        seen = _largest_part(ring, view, busy)
        if seen is not None and seen.area > max(
            best.get(owner, (0.0, seen))[0], LABELLED_SHARE * view.area
        ):
            best[owner] = (seen.area, seen)
    inches = axes.get_window_extent().width / DPI
    letter = box.width * LETTER_INCHES / inches
    for owner, (_, seen) in sorted(best.items()):
        at, name = seen.representative_point(), str(shapes["names"][owner]).upper()
        half = len(name) * letter / 2
        if not box.west + half < at.x < box.east - half or _is_near(at, half, box, points):
            continue
        axes.text(
            at.x,
            at.y,
            name,
            fontsize=7,
            color="#6f6957",
            ha="center",
            va="center",
            zorder=3,
            clip_on=True,
        )


def _largest_part(
    ring: "np.ndarray", view: "BaseGeometry", busy: "BaseGeometry"
) -> "BaseGeometry | None":
    """The largest part of a ring in view where nothing else is; None where the geometry engine
    refuses the ring."""
    import shapely

    try:
        land = shapely.make_valid(shapely.Polygon(ring)).buffer(0)
        seen = land.intersection(view).difference(busy)
    except (shapely.errors.GEOSException, ValueError):
        return None
    parts = [
        part
        for part in getattr(seen, "geoms", [seen])
        if part.geom_type == "Polygon" and not part.is_empty
    ]
    return max(parts, key=lambda part: part.area, default=None)


def _is_near(at: "Point", half: float, box: Box, points: Sequence[MapPlace]) -> bool:
    """Whether a name of half that width would run into a dot."""
    return any(
        abs(turn_to(box, place.lon) - at.x) < half + box.width * 0.02
        and abs(place.lat - at.y) < box.height * 0.05
        for place in points
    )


def _inset_room(box: Box) -> "BaseGeometry":
    from shapely.geometry import box as make_box

    return make_box(box.east - box.width * 0.18, box.south, box.east, box.south + box.height * 0.32)


def _draw_hatched(axes: "Axes", box: Box, shapes: "Iterable[BaseGeometry]") -> None:
    import numpy as np
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    for shape in shapes:
        for part in getattr(shape, "geoms", [shape]):
            turn = turn_to(box, part.centroid.x) - part.centroid.x
            rings = [
                Path(move(np.asarray(ring.coords), turn), closed=True)
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


def draw_points(
    figure: "Figure", axes: "Axes", box: Box, points: Sequence[MapPlace],
    hatched: "Iterable[MapPlace]", names: Mapping[MapPlace, str],
    most_labels: int = MAX_LABELS,
) -> None:  # fmt: skip
    """Draw the dots, and label them and the hatched divisions so that no label covers another or a
    dot."""
    most = max((place.count for place in points), default=1)
    xs, ys = [turn_to(box, place.lon) for place in points], [place.lat for place in points]
    sizes = [16 + 60 * place.count / most for place in points]
    axes.scatter(xs, ys, s=sizes, color=BLUE, edgecolor="white", linewidth=0.8, zorder=5)
    labels = [
        axes.text(x, y, names[place], fontsize=8, zorder=6, color=INK)
        for place, x, y in list(zip(points, xs, ys, strict=True))[:most_labels]
    ]
    seats = {place.name for place in points}
    areas = [place for place in hatched if place.name not in seats]
    left = max(0, most_labels - len(labels))
    labels += [_label_area(axes, box, place, names[place]) for place in areas[:left]]
    place_labels(figure, axes, labels, list(zip(xs, ys, strict=True)), MUTED)


def _label_area(axes: "Axes", box: Box, place: MapPlace, name: str) -> "Text":
    shape = find_shape(place)
    largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
    at = largest.representative_point()
    return axes.text(
        turn_to(box, at.x),
        at.y,
        name,
        fontsize=8,
        zorder=6,
        color=INK,
        style="italic",
        ha="center",
    )


def _draw_scale_bar(axes: "Axes", box: Box) -> None:
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


def _draw_inset(figure: "Figure", box: Box, bottom: float) -> None:
    """Show in a corner where on the continent the map is."""
    from matplotlib.collections import PolyCollection
    from matplotlib.patches import Rectangle

    inset = figure.add_axes((0.84, bottom + 0.01, 0.135, 0.2), zorder=8)
    lon, lat = box.middle
    reach = min(max(INSET_REACH[0], box.width * 2), INSET_REACH[1])
    wide = Box(lon - reach, lon + reach, max(lat - reach * 0.62, -88), min(lat + reach * 0.62, 88))
    rings = [ring for _, ring in find_in_view("rings", wide)]
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
    if box.width > SPOT * wide.width:
        corner = (box.west, box.south)
        inset.add_patch(
            Rectangle(corner, box.width, box.height, fill=False, edgecolor=ORANGE, lw=1.2)
        )
    else:
        inset.plot([lon], [lat], marker="s", markersize=3, color=ORANGE)
    for spine in inset.spines.values():
        spine.set(visible=True, color=MUTED)


def list_rest(hatched: Iterable[MapPlace], rest: Sequence[MapPlace], width: float) -> str:
    """Name what is hatched and what is not drawn, in two lines at most."""
    groups = {
        "Hatched": hatched,
        "Farther away": [place for place in rest if place.kind == LocationKind.POINT],
        "Areas, not drawn": [place for place in rest if place.kind != LocationKind.POINT],
    }  # fmt: skip
    parts = [
        f"{title}: {', '.join(names)}"
        for title, found in groups.items()
        if (names := [fit_width(place.name, LONGEST_LABEL) for place in found])
    ]
    return "\n".join(wrap(". ".join(parts), width * 0.96 * 72 / 7, 2)) if parts else ""
