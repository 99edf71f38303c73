"""Outlines of first-level divisions: the pieces of land ("cells") that Natural Earth's coast and
borders enclose, joined."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.lexicon.gazetteer import load_division_cells

if TYPE_CHECKING:
    import numpy as np
    from shapely.geometry.base import BaseGeometry


SLIVER = 0.005  # degrees, between two cells of a division that do not quite meet


@cache
def load_cells() -> "np.ndarray":
    """Read `seeds/natural_earth/cells.npz`: polygons in degrees of longitude and latitude."""
    import numpy as np
    import shapely

    with np.load(paths.SEEDS / "natural_earth" / "cells.npz") as stored:
        points, sizes, owners = (
            np.cumsum(stored["steps"], axis=0) / 1000,
            stored["sizes"],
            stored["owners"],
        )
    rings = shapely.linearrings(points, indices=np.repeat(np.arange(len(sizes)), sizes))
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    ends = np.append(starts[1:], len(rings))
    return np.array(
        [
            shapely.Polygon(rings[a], list(rings[a + 1 : b]))
            for a, b in zip(starts, ends, strict=True)
        ],
        dtype=object,
    )


@lru_cache(maxsize=500)
def find_outline(location_id: str) -> "BaseGeometry | None":
    """The outline of a first-level division, `None` where the borders do not show it."""
    import shapely

    cells = load_division_cells().get(location_id)
    return shapely.union_all(load_cells()[cells]).buffer(SLIVER).buffer(-SLIVER) if cells else None
