"""Features of the places that a name may mean: of the name alone, and of the other names."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsledger.lexicon.gazetteer import Candidate, Place, capital_ids, distance_km, fold_name
from newsledger.model.enums import EntityLabel, LocationKind

LARGE = 500_000  # people: places of this size are listed
LIKELY = 5  # candidates of another name that are looked at
MIN_LIKELY = 0.05  # share of such a candidate
MAX_VOTES = 3  # mentions of one name that count as votes
OUTLET_LETTERS = (
    5  # of a place's name in that of an outlet, to say where it is at home: "theparisnews.com"
)
ENGLISH_SPEAKING = frozenset({"US", "GB", "CA", "AU", "NZ", "IE", "ZA", "JM"})

# "Homs, Hama and Idlib provinces": the rest of the list
_NAMES = r"(?:,? (?:and )?(?-i:[A-Z])[\w’'-]+){1,5}"
DIVISION = re.compile(
    r"^\s+(?:county|counties|countryside|(?:parish|province|governorate|state|district"
    r"|oblast|region|prefecture)s?)\b"
    rf"|^{_NAMES} (?:counties|provinces|governorates|states|districts|oblasts|regions"
    rf"|prefectures)\b",
    re.IGNORECASE,
)
_CITY = re.compile(
    r"\b(?:city|town|village|suburb|port|capital|township|hamlet|neighborhood"
    r"|neighbourhood)(?: city)? of (?:the )?$",
    re.IGNORECASE,
)
DIVISION_OF = re.compile(
    r"\b(?:province|region|state|county|governorate|district|oblast)s? of (?:the "
    r")?(?:(?-i:[A-Z])[\w’'-]+,? (?:and )?){0,4}$"
    r"|\b(?:counties|countryside) of (?:(?-i:[A-Z])[\w’'-]+,? (?:and )?){0,4}$",
    re.IGNORECASE,
)
_STATE_OFFICE = re.compile(
    r"^(?:[’']s)?\s+(?:gov\.|governor|lawmakers?|legislature|state|senate|republicans?"
    r"|democrats?|attorney general)",
    re.IGNORECASE,
)
_CITY_OFFICE = re.compile(
    r"^(?:[’']s)?\s+(?:police|mayor|city|council|fire|residents?|suburb|airport|school"
    r"|officers?|hospital)",
    re.IGNORECASE,
)
_LOCATED = re.compile(
    r"(?:\b(?:in|at|near|outside|around|from|to|across|towards?|into|through|via|reached"
    r"|left|leaving|entered|between)|\b(?:north|south|east|west)(?:east|west)? of)"
    r" (?:(?:the )?(?:(?-i:[a-z])+ )?(?:city|town|village) of )?$",
    re.IGNORECASE,
)
_WATER = re.compile(r"\b(?:river|lake|sea|strait|gulf|bay|ocean|canal|creek)\b", re.IGNORECASE)

LOCAL = (
    "population", "below_top", "below_country_top", "unpopulated", "main", "country", "admin1",
    "admin2", "region", "water", "contained", "maybe_contained",
    "not_contained", "division_cue", "city_cue", "state_office", "city_office", "water_name",
    "home_country", "home_division", "home_near", "loc_area", "facility_point",
    "capital", "capital_politics", "unlisted", "unlisted_top", "unlisted_large",
    "unlisted_alternate", "unlisted_many", "unlisted_facility", "unlisted_misread",
    "unlisted_located", "unlisted_qualified", "outlet_local", "outlet_below_top", "outlet_area",
    "unlisted_outlet",
)  # fmt: skip
CONTEXT = (
    "country_share",
    "own_country_named",
    "division_share",
    "own_division_named",
    "near_max",
    "near_mean",
    "contains_likely",
    "unlisted_lonely",
)
FEATURES = (*LOCAL, *CONTEXT)


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of a name: what stands before and after it, its entity label, whether it acts
    like people, and the candidates of the place it is said to lie in."""

    before: str
    after: str
    label: str
    acts: bool = False  # subject of a verb that only people can do
    inside: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a document with its mentions and candidates."""

    key: str
    mentions: tuple[Mention, ...]
    candidates: tuple[Candidate, ...]
    is_demonym: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the whole article: the place of its dateline or outlet, whether it speaks of
    national government, the outlet's country and the letters of its name ("theparisnews")."""

    home: Place | None
    is_political: bool
    home_country: str | None = None
    outlet_letters: str = ""


def local_features(name: Name, setting: Setting) -> list[dict[str, float]]:
    """Features of each candidate of one name by itself, and last those of "no place of the
    gazetteer"."""
    tops = [math.log10(candidate.place.population + 1) for candidate in name.candidates]
    top = max(tops, default=0.0)
    country_tops: dict[str | None, float] = {}
    for candidate, population in zip(name.candidates, tops, strict=True):
        code = candidate.place.country_code
        country_tops[code] = max(country_tops.get(code, 0.0), population)
    cues = _read_cues(name)
    letters = name.key.replace(" ", "")
    is_in_outlet = len(letters) >= OUTLET_LETTERS and letters in setting.outlet_letters
    rows = []
    for candidate, population in zip(name.candidates, tops, strict=True):
        place = candidate.place
        row = {
            "population": population,
            "below_top": top - population,
            "below_country_top": country_tops[place.country_code] - population,
            "main": float(candidate.is_main),
            place.kind: 1.0,
        }
        row |= _weigh_capital(place, setting, cues)
        row |= _weigh_parents(name, place)
        row |= _weigh_cues(place, cues)
        row |= _weigh_home(place, setting)
        if is_in_outlet:
            is_local = place.kind == LocationKind.POINT and place.country_code in ENGLISH_SPEAKING
            row["outlet_local"] = float(is_local)
            row["outlet_below_top"] = top - population
            row["outlet_area"] = float(
                place.kind in {LocationKind.COUNTRY, LocationKind.ADMIN1, LocationKind.REGION}
            )
        rows.append(row)
    unlisted = _weigh_unlisted(name, cues)
    rows.append({"unlisted_top": top, "unlisted_outlet": float(is_in_outlet), **unlisted})
    return rows


def _weigh_capital(place: Place, setting: Setting, cues: dict[str, float]) -> dict[str, float]:
    is_capital = place.location_id in capital_ids()
    return {
        "capital_politics": max(float(setting.is_political), cues["acts"]) * is_capital,
        "capital": float(is_capital),
        "unpopulated": float(not place.population),
    }


def _weigh_parents(name: Name, place: Place) -> dict[str, float]:
    """Whether a place lies in the one that a mention says it lies in: "Homs, Syria"."""
    parents = [
        [contains(inner.place, place) for inner in mention.inside]
        for mention in name.mentions
        if mention.inside
    ]
    if any(any(flags) for flags in parents):
        share = max(1 / sum(flags) if any(flags) else 0.0 for flags in parents)
        return {"contained": share, "maybe_contained": 1.0}
    return {"not_contained": 1.0} if parents else {}


def _weigh_cues(place: Place, cues: dict[str, float]) -> dict[str, float]:
    is_division, is_point = (
        place.kind in {LocationKind.ADMIN1, LocationKind.ADMIN2, LocationKind.REGION},
        place.kind == LocationKind.POINT,
    )
    return {
        "division_cue": cues["division"] * (is_division - is_point),
        "city_cue": cues["city"] * (is_point - is_division),
        "state_office": cues["state"] * (place.kind in {LocationKind.ADMIN1, LocationKind.COUNTRY}),
        "city_office": cues["town"] * (is_point - is_division),
        "water_name": cues["water"] * (place.kind == LocationKind.WATER),
        "loc_area": cues["loc"] * (place.kind in {LocationKind.REGION, LocationKind.WATER}),
        "facility_point": cues["facility"] * is_point,
    }


def _weigh_home(place: Place, setting: Setting) -> dict[str, float]:
    home, code = setting.home, setting.home_country
    row = {"home_country": float(code is not None and code == place.country_code)}
    if home and home.country_code == place.country_code:
        is_division = place.kind != LocationKind.COUNTRY and home.admin1_name == place.admin1_name
        is_spot = place.kind in {LocationKind.POINT, LocationKind.ADMIN2}
        row["home_division"] = float(is_division)
        row["home_near"] = _nearness(home, place, 150.0) if is_spot else 0.0
    return row


def _weigh_unlisted(name: Name, cues: dict[str, float]) -> dict[str, float]:
    mains = [candidate.place for candidate in name.candidates if candidate.is_main]
    is_area = any(place.kind in {LocationKind.REGION, LocationKind.WATER} for place in mains)
    return {
        "unlisted": 1.0,
        "unlisted_large": float(any(place.population >= LARGE for place in mains)),
        "unlisted_alternate": float(not mains),
        "unlisted_many": math.log(len(name.candidates) + 1),
        "unlisted_facility": 0.0 if is_area else cues["facility"],
        "unlisted_misread": cues["misread"],
        "unlisted_located": cues["located"],
        "unlisted_qualified": float(any(mention.inside for mention in name.mentions)),
    }


def _read_cues(name: Name) -> dict[str, float]:
    mentions = name.mentions
    total = len(mentions) or 1

    def share(pattern: re.Pattern[str], *, is_before: bool = False) -> float:
        if is_before:
            return sum([pattern.search(m.before) is not None for m in mentions]) / total
        return sum([pattern.match(m.after) is not None for m in mentions]) / total

    labels = [mention.label for mention in mentions]
    return {
        "division": max(share(DIVISION), share(DIVISION_OF, is_before=True)),
        "city": share(_CITY, is_before=True),
        "state": share(_STATE_OFFICE),
        "town": share(_CITY_OFFICE),
        "water": float(bool(_WATER.search(name.key))),
        "located": share(_LOCATED, is_before=True),
        "loc": labels.count(EntityLabel.LOC) / total,
        "facility": labels.count(EntityLabel.FAC) / total,
        "acts": sum(mention.acts for mention in mentions) / total,
        "misread": (labels.count(EntityLabel.ORG) + labels.count(EntityLabel.PERSON)) / total,
    }


_SPOTS = frozenset({LocationKind.POINT, LocationKind.ADMIN2})


@dataclass(frozen=True, slots=True)
class _Vote:
    """What another name of the document probably is: its weight, the shares of countries and
    divisions, and its likeliest places with their shares."""

    weight: int
    countries: dict[str, float]
    divisions: dict[tuple[str, str], float]
    likely: tuple[tuple[float, Place], ...]
    spots: tuple[tuple[float, Place], ...]  # of them, those that have a nearness


def context_features(
    names: Sequence[Name], first: Sequence[Sequence[float]]
) -> list[list[dict[str, float]]]:
    """Features of each candidate that come from the other names, given each name's probabilities of
    the first pass."""
    votes = [_vote_of(name, shares) for name, shares in zip(names, first, strict=True)]
    return [
        _context_of(name, [vote for j, vote in enumerate(votes) if j != i])
        for i, name in enumerate(names)
    ]


def _vote_of(name: Name, shares: Sequence[float]) -> _Vote:
    countries: dict[str, float] = defaultdict(float)
    divisions: dict[tuple[str, str], float] = defaultdict(float)
    for candidate, share in zip(name.candidates, shares, strict=False):
        place = candidate.place
        if place.country_code:
            countries[place.country_code] += share
            if place.admin1_name:
                divisions[place.country_code, fold_name(place.admin1_name)] += share
    ranked = sorted(zip(shares, name.candidates, strict=False), key=lambda pair: -pair[0])
    likely = tuple((share, c.place) for share, c in ranked[:LIKELY] if share > MIN_LIKELY)
    spots = tuple((share, place) for share, place in likely if place.kind in _SPOTS)
    return _Vote(min(len(name.mentions), MAX_VOTES), countries, divisions, likely, spots)


def _context_of(name: Name, others: Sequence[_Vote]) -> list[dict[str, float]]:
    rows: list[dict[str, float]] = []
    for candidate in name.candidates:
        place = candidate.place
        rows.append(_weigh_others(place, place.country_code, others) if place.country_code else {})
    best_share = max((row.get("country_share", 0.0) for row in rows), default=0.0)
    rows.append({"unlisted_lonely": 1.0 - best_share})
    return rows


def _weigh_others(place: Place, code: str, others: Sequence[_Vote]) -> dict[str, float]:
    if not others:
        return {}
    total = sum([vote.weight for vote in others]) or 1

    def mean(values: Iterable[float], votes: Sequence[_Vote] = others) -> float:
        weighed = zip(votes, values, strict=True)
        return sum([vote.weight * value for vote, value in weighed]) / total

    country = _best_share(others, LocationKind.COUNTRY, code)
    row = {
        "country_share": mean([vote.countries.get(code, 0.0) for vote in others]),
        "own_country_named": country * (place.kind != LocationKind.COUNTRY),
    }
    if place.admin1_name and place.kind != LocationKind.ADMIN1:
        division = fold_name(place.admin1_name)
        key = (code, division)
        row["division_share"] = mean([vote.divisions.get(key, 0.0) for vote in others])
        row["own_division_named"] = _best_share(others, LocationKind.ADMIN1, code, division)
    elif place.kind == LocationKind.ADMIN1:
        key = (code, fold_name(place.name))
        row["contains_likely"] = max(vote.divisions.get(key, 0.0) for vote in others)
    if place.kind in _SPOTS:
        placed = [vote for vote in others if vote.spots]
        near = [_best_nearness(place, vote) for vote in placed]
        row["near_max"] = max(near, default=0.0)
        row["near_mean"] = mean(near, placed)
    return row


def _best_share(
    others: Sequence[_Vote], kind: str, code: str, division: str | None = None
) -> float:
    """The best share of a likely place of a kind in a country, under a folded name where one is
    given."""
    shares = [
        share
        for vote in others
        for share, other in vote.likely
        if other.country_code == code
        and other.kind == kind
        and (division is None or fold_name(other.name) == division)
    ]
    return max(shares, default=0.0)


def _best_nearness(place: Place, vote: _Vote) -> float:
    return max([share * _nearness(other, place, 100.0) for share, other in vote.spots])


def _nearness(one: Place, two: Place, scale: float) -> float:
    """1 at the same spot, falling with the distance in units of `scale` km."""
    if abs(one.lat - two.lat) > scale / 20:
        return 0.0
    return math.exp(-distance_km(one.lat, one.lon, two.lat, two.lon) / scale)


def contains(outer: Place, inner: Place) -> bool:
    """Whether a country or division holds another place."""
    if (
        outer.location_id == inner.location_id
        or outer.country_code != inner.country_code
        or not outer.country_code
    ):
        return False
    if outer.kind == LocationKind.COUNTRY:
        return True
    return (
        outer.kind == LocationKind.ADMIN1
        and inner.admin1_name is not None
        and fold_name(outer.name) == fold_name(inner.admin1_name)
    )
