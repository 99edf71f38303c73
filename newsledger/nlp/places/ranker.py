"""Which place of the gazetteer a name means: a logistic ranking of its candidates, in two passes.

The first pass looks at each name alone (population, kind, the words around it, the outlet's home).
The second adds what the other names of the document probably are: their countries, divisions and
distances. "No place of the gazetteer" is a candidate of its own. Weights are in
`place_weights.json`, written by `benchmarks/train_places.py`.
"""

import json
import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from newsledger import paths
from newsledger.lexicon.gazetteer import Candidate, Place, capital_ids, distance_km, fold_name

WEIGHTS_FILE = paths.LEARNED / "place_weights.json"
LARGE = 500_000  # people: places of this size are listed
LIKELY = 5  # candidates of another name that are looked at
MAX_VOTES = 3  # mentions of one name that count as votes
# below it a name stays without a place: cross-validated, at least 92 % of what is found are right
# in each file, left out or not
MIN_SCORE = 0.5
OUTLET_LETTERS = (
    5  # of a place's name in that of an outlet, to say where it is at home: "theparisnews.com"
)
ENGLISH_SPEAKING = frozenset({"US", "GB", "CA", "AU", "NZ", "IE", "ZA", "JM"})
FEDERATIONS = frozenset({"US", "CA", "AU"})
SEAT_KM = 160.0  # between the middle of a division and its seat
SAME_PLACE_KM = 60.0  # a city and the division named after it are one answer

# "Homs, Hama and Idlib provinces": the rest of the list
_NAMES = r"(?:,? (?:and )?(?-i:[A-Z])[\w’'-]+){1,5}"
_DIVISION = re.compile(
    r"^\s+(?:county|counties|countryside|(?:parish|province|governorate|state|district"
    r"|oblast|region|prefecture)s?)\b"
    rf"|^{_NAMES} (?:counties|provinces|governorates|states|districts|oblasts|regions|prefectures)\b",
    re.IGNORECASE,
)
_CITY = re.compile(
    r"\b(?:city|town|village|suburb|port|capital|township|hamlet|neighborhood"
    r"|neighbourhood)(?: city)? of (?:the )?$",
    re.IGNORECASE,
)
_DIVISION_OF = re.compile(
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
    "population", "below_top", "below_country_top", "unpopulated", "main", "country", "admin1", "admin2", "region", "water", "contained", "maybe_contained",
    "not_contained", "division_cue", "city_cue", "state_office", "city_office", "water_name", "home_country", "home_division", "home_near", "loc_area", "facility_point",
    "capital", "capital_politics", "unlisted", "unlisted_top", "unlisted_large", "unlisted_alternate", "unlisted_many", "unlisted_facility", "unlisted_misread",
    "unlisted_located", "unlisted_qualified", "outlet_local", "outlet_below_top", "outlet_area", "unlisted_outlet",
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


@dataclass(frozen=True, slots=True)
class Choice:
    """The place a name means, `None` where none fits, with the rule that decided and its
    probability."""

    place: Place | None
    rule: str
    score: float
    other: Place | None = (
        # where only some mentions call it a division: its seat for the others, or the division for
        # them
        None
    )


@cache
def load_weights() -> dict[str, dict[str, float]]:
    """Read the weights: `local` for the first pass, `full` for the second."""
    loaded: dict[str, dict[str, float]] = json.loads(WEIGHTS_FILE.read_text("utf-8"))["weights"]
    return loaded


def local_features(name: Name, setting: Setting) -> list[dict[str, float]]:
    """Features of each candidate of one name by itself, and last those of "no place of the
    gazetteer"."""
    home = setting.home
    tops = [math.log10(candidate.place.population + 1) for candidate in name.candidates]
    top = max(tops, default=0.0)
    country_tops: dict[str | None, float] = {}
    for candidate, population in zip(name.candidates, tops, strict=True):
        code = candidate.place.country_code
        country_tops[code] = max(country_tops.get(code, 0.0), population)
    cues, capitals = _read_cues(name), capital_ids()
    letters = name.key.replace(" ", "")
    is_in_outlet = len(letters) >= OUTLET_LETTERS and letters in setting.outlet_letters
    rows = []
    for candidate, population in zip(name.candidates, tops, strict=True):
        place = candidate.place
        row = {
            "population": population,
            "below_top": top - population,
            "main": float(candidate.is_main),
            place.kind: 1.0,
        }
        row["below_country_top"] = country_tops[place.country_code] - population
        row["capital_politics"] = max(float(setting.is_political), cues["acts"]) * (
            place.location_id in capitals
        )
        row["capital"] = float(place.location_id in capitals)
        row["unpopulated"] = float(not place.population)
        parents = [
            [contains(inner.place, place) for inner in mention.inside]
            for mention in name.mentions
            if mention.inside
        ]
        if any(any(flags) for flags in parents):
            row["contained"] = max(1 / sum(flags) if any(flags) else 0.0 for flags in parents)
            row["maybe_contained"] = 1.0
        elif parents:
            row["not_contained"] = 1.0
        is_division, is_point = place.kind in {"admin1", "admin2", "region"}, place.kind == "point"
        row["division_cue"] = cues["division"] * (is_division - is_point)
        row["city_cue"] = cues["city"] * (is_point - is_division)
        row["state_office"] = cues["state"] * (place.kind in {"admin1", "country"})
        row["city_office"] = cues["town"] * (is_point - is_division)
        row["water_name"] = cues["water"] * (place.kind == "water")
        row["loc_area"] = cues["loc"] * (place.kind in {"region", "water"})
        row["facility_point"] = cues["facility"] * is_point
        row["home_country"] = float(
            setting.home_country is not None and setting.home_country == place.country_code
        )
        if is_in_outlet:
            row["outlet_local"] = float(
                place.kind == "point" and place.country_code in ENGLISH_SPEAKING
            )
            row["outlet_below_top"] = top - population
            row["outlet_area"] = float(place.kind in {"country", "admin1", "region"})
        if home and home.country_code == place.country_code:
            row["home_division"] = float(
                place.kind != "country" and home.admin1_name == place.admin1_name
            )
            row["home_near"] = (
                _nearness(home, place, 150.0) if place.kind in {"point", "admin2"} else 0.0
            )
        rows.append(row)
    count = len(name.candidates)
    is_area = any(c.is_main and c.place.kind in {"region", "water"} for c in name.candidates)
    rows.append({
        "unlisted": 1.0, "unlisted_top": top, "unlisted_large": float(any(c.is_main and c.place.population >= LARGE for c in name.candidates)), "unlisted_alternate": float(not any(c.is_main for c in name.candidates)),
        "unlisted_many": math.log(count + 1), "unlisted_facility": 0.0 if is_area else cues["facility"], "unlisted_misread": cues["misread"],
        "unlisted_outlet": float(is_in_outlet), "unlisted_located": cues["located"], "unlisted_qualified": float(any(mention.inside for mention in name.mentions)),
    })  # fmt: skip
    return rows


def _read_cues(name: Name) -> dict[str, float]:
    mentions = name.mentions
    total = len(mentions) or 1

    def share(pattern: re.Pattern[str], *, is_before: bool = False) -> float:
        return (
            sum(
                bool(pattern.search(m.before) if is_before else pattern.match(m.after))
                for m in mentions
            )
            / total
        )

    labels = [mention.label for mention in mentions]
    return {
        "division": max(share(_DIVISION), share(_DIVISION_OF, is_before=True)),
        "city": share(_CITY, is_before=True),
        "state": share(_STATE_OFFICE),
        "town": share(_CITY_OFFICE),
        "water": float(bool(_WATER.search(name.key))),
        "located": share(_LOCATED, is_before=True),
        "loc": labels.count("LOC") / total,
        "facility": labels.count("FAC") / total,
        "acts": sum(mention.acts for mention in mentions) / total,
        "misread": (labels.count("ORG") + labels.count("PERSON")) / total,
    }


def context_features(
    names: Sequence[Name], first: Sequence[Sequence[float]]
) -> list[list[dict[str, float]]]:
    """Features of each candidate that come from the other names, given each name's probabilities of
    the first pass."""
    votes = [min(len(name.mentions), MAX_VOTES) for name in names]
    countries: list[dict[str, float]] = []
    divisions: list[dict[tuple[str, str], float]] = []
    likely: list[list[tuple[float, Place]]] = []
    for name, shares in zip(names, first, strict=True):
        country: dict[str, float] = defaultdict(float)
        division: dict[tuple[str, str], float] = defaultdict(float)
        for candidate, share in zip(name.candidates, shares, strict=False):
            place = candidate.place
            if place.country_code:
                country[place.country_code] += share
                if place.admin1_name:
                    division[place.country_code, fold_name(place.admin1_name)] += share
        countries.append(country)
        divisions.append(division)
        ranked = sorted(zip(shares, name.candidates, strict=False), key=lambda pair: -pair[0])[
            :LIKELY
        ]
        likely.append([(share, candidate.place) for share, candidate in ranked if share > 0.05])
    return [_context_of(i, names, votes, countries, divisions, likely) for i in range(len(names))]


def _context_of(
    own: int, names: Sequence[Name], votes: Sequence[int], countries: Sequence[dict[str, float]],
    divisions: Sequence[dict[tuple[str, str], float]], likely: Sequence[Sequence[tuple[float, Place]]],
) -> list[dict[str, float]]:  # fmt: skip
    others = [i for i in range(len(names)) if i != own]
    total = sum(votes[i] for i in others) or 1
    rows = []
    best_share = 0.0
    for candidate in names[own].candidates:
        place, row = candidate.place, {}
        code = place.country_code
        if code and others:
            row["country_share"] = (
                sum(votes[i] * countries[i].get(code, 0.0) for i in others) / total
            )
            row["own_country_named"] = max(
                (
                    share
                    for i in others
                    for share, other in likely[i]
                    if other.kind == "country" and other.country_code == code
                ),
                default=0.0,
            ) * (place.kind != "country")
            best_share = max(best_share, row["country_share"])
            if place.admin1_name and place.kind != "admin1":
                division = (code, fold_name(place.admin1_name))
                row["division_share"] = (
                    sum(votes[i] * divisions[i].get(division, 0.0) for i in others) / total
                )
                row["own_division_named"] = max(
                    (
                        share
                        for i in others
                        for share, other in likely[i]
                        if other.kind == "admin1"
                        and other.country_code == code
                        and fold_name(other.name) == division[1]
                    ),
                    default=0.0,
                )
            elif place.kind == "admin1":
                row["contains_likely"] = max(
                    (divisions[i].get((code, fold_name(place.name)), 0.0) for i in others),
                    default=0.0,
                )
            if place.kind in {"point", "admin2"}:
                near = [
                    max(
                        (
                            share * _nearness(other, place, 100.0)
                            for share, other in likely[i]
                            if other.kind in {"point", "admin2"}
                        ),
                        default=0.0,
                    )
                    for i in others
                ]
                row["near_max"] = max(near, default=0.0)
                row["near_mean"] = (
                    sum(votes[i] * value for i, value in zip(others, near, strict=True)) / total
                )
        rows.append(row)
    rows.append({"unlisted_lonely": 1.0 - best_share})
    return rows


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
    if outer.kind == "country":
        return True
    return (
        outer.kind == "admin1"
        and inner.admin1_name is not None
        and fold_name(outer.name) == fold_name(inner.admin1_name)
    )


def softmax(rows: Sequence[dict[str, float]], weights: dict[str, float]) -> list[float]:
    """Probabilities of the candidates of one name."""
    scores = [sum(weights.get(key, 0.0) * value for key, value in row.items()) for row in rows]
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    total = sum(odds)
    return [value / total for value in odds]


def build_features(
    names: Sequence[Name], setting: Setting, local_weights: dict[str, float]
) -> list[list[dict[str, float]]]:
    """All features of all candidates of all names of one document."""
    local = [local_features(name, setting) for name in names]
    first = [softmax(rows, local_weights) for rows in local]
    context = context_features(names, first)
    return [
        [row | more for row, more in zip(rows, mores, strict=True)]
        for rows, mores in zip(local, context, strict=True)
    ]


RULES = {
    "contained": "containment", "maybe_contained": "containment", "division_share": "votes of the document", "own_division_named": "votes of the document",
    "country_share": "votes of the document", "own_country_named": "votes of the document", "near_max": "proximity", "near_mean": "proximity",
    "home_country": "home", "home_division": "home", "home_near": "home", "division_cue": "cue words", "city_cue": "cue words",
    "state_office": "cue words", "city_office": "cue words", "water_name": "cue words",
    "outlet_local": "home", "outlet_below_top": "home", "outlet_area": "home",
}  # fmt: skip


def choose(
    name: Name, rows: Sequence[dict[str, float]], shares: Sequence[float], weights: dict[str, float]
) -> Choice:
    """Choose the likeliest candidate; those next to it count for it, and "no place" wins where it
    is likelier."""
    if government := next(
        (c.place for c in name.candidates if c.is_main and c.place.stands_for), None
    ):
        return Choice(government, "stands for a government", 1.0)
    likeliest = max(
        range(len(name.candidates)), key=lambda i: (shares[i], name.candidates[i].place.location_id)
    )
    best = _prefer_seat(name, rows, likeliest)
    place = name.candidates[best].place
    called = sum(is_called_division(mention.before, mention.after) for mention in name.mentions)
    other = _find_other(name, place) if 0 < called < len(name.mentions) else None
    same = [name.candidates[likeliest].place, place, *([other] if other else [])]
    score = sum(
        share
        for share, rival in zip(shares, name.candidates, strict=False)
        if any(_is_next_to(one, rival.place) for one in same)
    )
    if score < MIN_SCORE:
        return Choice(None, "no candidate stands out", round(score, 3))
    return Choice(place, _name_rule(rows, best, weights), round(score, 3), other)


def _find_other(name: Name, place: Place) -> Place | None:
    """The seat of a division, or the division of a seat, of the same name."""
    if place.kind in {"admin1", "admin2"}:
        seat = _find_seat(name, place)
        return name.candidates[seat].place if seat is not None else None
    divisions = (
        c.place
        for c in name.candidates
        if c.is_main and c.place.kind in {"admin1", "admin2"} and contains(c.place, place)
    )
    return next(divisions, None) if place.kind == "point" else None


def _is_next_to(one: Place, two: Place) -> bool:
    return distance_km(one.lat, one.lon, two.lat, two.lon) <= SAME_PLACE_KM


def _prefer_seat(name: Name, rows: Sequence[dict[str, float]], best: int) -> int:
    """The town where a division and its seat share a name, unless words like "province" stand
    beside it.

    Not in federations whose states news names without such a word, but for seats in the middle of
    theirs.
    """
    area = name.candidates[best].place
    if (
        area.kind not in {"admin1", "admin2"}
        or rows[best]["division_cue"] > 0
        or rows[best]["state_office"] > 0
    ):
        return best
    seat = _find_seat(name, area)
    return best if seat is None else seat


def _find_seat(name: Name, area: Place) -> int | None:
    """The town of the same name in the middle of a division."""
    for i, candidate in enumerate(name.candidates):
        town = candidate.place
        is_inside = (
            area.country_code not in FEDERATIONS
            and contains(area, town)
            and distance_km(area.lat, area.lon, town.lat, town.lon) <= SEAT_KM
        )
        if town.kind == "point" and candidate.is_main and (is_inside or _is_next_to(area, town)):
            return i
    return None


def is_called_division(before: str, after: str) -> bool:
    """Whether the words around a mention call it a division: "Homs province", "the provinces of
    Latakia and Tartus"."""
    return bool(_DIVISION.match(after) or _DIVISION_OF.search(before))


def _name_rule(rows: Sequence[dict[str, float]], best: int, weights: dict[str, float]) -> str:
    """What spoke most for the chosen candidate against the mean of the others."""
    others = [row for i, row in enumerate(rows[:-1]) if i != best]
    if not others:
        return "only one of this name"
    gains: dict[str, float] = defaultdict(float)
    for key, value in rows[best].items():
        mean = sum(row.get(key, 0.0) for row in others) / len(others)
        gains[RULES.get(key, "population")] += weights.get(key, 0.0) * (value - mean)
    return max(sorted(gains), key=lambda rule: gains[rule])
