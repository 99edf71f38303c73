"""What a map shows: the places worth a dot, the frame around them, the shapes of land inside."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.lexicon.gazetteer import distance_km
from newsledger.lexicon.outlines import find_outline

if TYPE_CHECKING:
    import numpy as np
    from shapely.geometry.base import BaseGeometry

ROOM = 1.4  # size of the map against that of what it shows
KM_PER_DEGREE = 111.32
MIN_SPAN_KM = 60  # a city with its suburbs
LONE_SPAN_KM = 400  # one spot by itself, with enough around it to know where it is
OUTLIER_KM = 1500  # places farther from the middle of the others are listed, not drawn
SHOWN_SHARE = 0.85  # of the mentions of towns, that a map is to show
REACH = 1.5  # times the distance within which they are, for the farthest place drawn
LEAST_SPREAD = 1.0  # degrees, of points that are next to each other
DIVISION_ROOM = 3.0  # size of a hatched division against that of all the points


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
class Box:
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
        return KM_PER_DEGREE * squeeze(self.middle[1])


def find_shape(place: MapPlace) -> "BaseGeometry | None":
    """Outline of a division; None where it has none, or one that the geometry engine refuses."""
    import shapely

    try:
        return find_outline(place.location_id) if place.location_id else None
    except shapely.errors.GEOSException:
        return None


def keep_near(places: list[MapPlace]) -> list[MapPlace]:
    """Leave out what is far from most mentions: one map cannot show a valley and the capital, or
    two continents."""

    def sum_distances(middle: MapPlace) -> float:
        return sum(place.count * min(distance(middle, place), 2 * OUTLIER_KM) for place in places)

    middle = min(places, key=lambda place: (sum_distances(place), place.name))
    mentions, total = 0, sum(place.count for place in places)
    reach = 0.0
    for place in sorted(places, key=lambda place: distance(middle, place)):
        if mentions < SHOWN_SHARE * total:
            reach = distance(middle, place)
        mentions += place.count
    reach = min(max(reach * REACH, LONE_SPAN_KM / 4), OUTLIER_KM)
    return [place for place in places if distance(middle, place) <= reach]


def distance(one: MapPlace, two: MapPlace) -> float:
    return distance_km(one.lat, one.lon, two.lat, two.lon)


def fit(
    points: Sequence[MapPlace], outlines: "dict[MapPlace, BaseGeometry]"
) -> "dict[MapPlace, BaseGeometry]":
    """The divisions that may be hatched beside the points: not those that would make the points a
    speck, as England two towns."""
    if not points:
        return outlines
    west, east = find_span([(point.lon, point.lon) for point in points])
    height = max(point.lat for point in points) - min(point.lat for point in points)
    most = max(height, (east - west) * squeeze(points[0].lat), LEAST_SPREAD) * DIVISION_ROOM
    return {place: shape for place, shape in outlines.items() if _size(shape) <= most}


def _size(shape: "BaseGeometry") -> float:
    west, south, east, north = max(
        getattr(shape, "geoms", [shape]), key=lambda part: part.area
    ).bounds
    return float(max(north - south, (east - west) * squeeze((north + south) / 2)))


def squeeze(lat: float) -> float:
    """How much shorter a degree of longitude is than one of latitude."""
    return max(math.cos(math.radians(lat)), 0.2)


def frame(points: Sequence[MapPlace], shapes: "Iterable[BaseGeometry]", ratio: float) -> Box:
    """A box in the picture's shape (height to width) around all that is shown, across the
    antimeridian where that is shorter."""
    boxes = [(point.lon, point.lat, point.lon, point.lat) for point in points]
    boxes += [part.bounds for shape in shapes for part in getattr(shape, "geoms", [shape])]
    west, east = find_span([(box[0], box[2]) for box in boxes])
    south, north = min(box[1] for box in boxes), max(box[3] for box in boxes)
    middle = (south + north) / 2
    least = (MIN_SPAN_KM if len(boxes) > 1 else LONE_SPAN_KM) / KM_PER_DEGREE
    tall = max((north - south) * ROOM, (east - west) * ROOM * squeeze(middle) * ratio, least)
    wide = tall / ratio / squeeze(middle)
    lon = (west + east) / 2
    return Box(lon - wide / 2, lon + wide / 2, middle - tall / 2, middle + tall / 2)


def find_span(spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
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


@cache
def load_shapes() -> dict[str, "np.ndarray"]:
    import numpy as np

    with np.load(paths.SEEDS / "natural_earth" / "shapes.npz") as stored:
        return {name: stored[name] for name in stored.files}


@cache
def _load_parts(name: str) -> "list[tuple[np.ndarray, tuple[float, float, float, float]]]":
    """Rings of countries or lakes, or border lines, each with its west, east, south and north."""
    import numpy as np

    shapes = load_shapes()
    points = np.cumsum(shapes[f"{name}_steps"], axis=0) / 1000
    parts = np.split(points, np.cumsum(shapes[f"{name}_sizes"])[:-1])
    return [
        (part, (part[:, 0].min(), part[:, 0].max(), part[:, 1].min(), part[:, 1].max()))
        for part in parts
    ]


def find_in_view(name: str, box: Box) -> "list[tuple[int, np.ndarray]]":
    """Parts that touch the map with their numbers, moved by a turn of the globe where the map
    crosses the antimeridian."""
    found = []
    for number, (part, (west, east, south, north)) in enumerate(_load_parts(name)):
        if north < box.south or south > box.north:
            continue
        found += [
            (number, move(part, turn))
            for turn in (-360, 0, 360)
            if east + turn >= box.west and west + turn <= box.east
        ]
    return found


def move(points: "np.ndarray", degrees: float) -> "np.ndarray":
    """Points farther east."""
    import numpy as np

    return np.column_stack([points[:, 0] + degrees, points[:, 1]])


def turn_to(box: Box, lon: float) -> float:
    """A longitude as the map counts it."""
    return lon + 360 * round((box.middle[0] - lon) / 360)


def find_land() -> "list[np.ndarray]":
    """Rings of all countries, in degrees."""
    return [ring for ring, _ in _load_parts("rings")]
