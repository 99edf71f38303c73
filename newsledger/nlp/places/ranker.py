"""Which place of the gazetteer a name means: a logistic ranking of its candidates, in two passes.

The first pass looks at each name alone (population, kind, the words around it, the outlet's home).
The second adds what the other names of the document probably are: their countries, divisions and
distances. "No place of the gazetteer" is a candidate of its own. Weights are in
`place_weights.json`, written by `benchmarks/train_places.py`.
"""

import json
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from newsledger import paths
from newsledger.lexicon.gazetteer import Place, distance_km
from newsledger.model.enums import LocationKind
from newsledger.nlp.places.features import (
    DIVISION,
    DIVISION_OF,
    Name,
    Setting,
    contains,
    context_features,
    local_features,
)

WEIGHTS_FILE = paths.LEARNED / "place_weights.json"
# below it a name stays without a place: cross-validated, at least 92 % of what is found are right
# in each file, left out or not
MIN_SCORE = 0.5
FEDERATIONS = frozenset({"US", "CA", "AU"})
SEAT_KM = 160.0  # between the middle of a division and its seat
SAME_PLACE_KM = 60.0  # a city and the division named after it are one answer


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


def softmax(rows: Sequence[dict[str, float]], weights: dict[str, float]) -> list[float]:
    """Probabilities of the candidates of one name."""
    scores = [sum([weights.get(key, 0.0) * value for key, value in row.items()]) for row in rows]
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
    "contained": "containment", "maybe_contained": "containment",
    "division_share": "votes of the document", "own_division_named": "votes of the document",
    "country_share": "votes of the document", "own_country_named": "votes of the document",
    "near_max": "proximity", "near_mean": "proximity",
    "home_country": "home", "home_division": "home", "home_near": "home",
    "division_cue": "cue words", "city_cue": "cue words",
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
    if place.kind in {LocationKind.ADMIN1, LocationKind.ADMIN2}:
        seat = _find_seat(name, place)
        return name.candidates[seat].place if seat is not None else None
    divisions = (
        c.place
        for c in name.candidates
        if c.is_main
        and c.place.kind in {LocationKind.ADMIN1, LocationKind.ADMIN2}
        and contains(c.place, place)
    )
    return next(divisions, None) if place.kind == LocationKind.POINT else None


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
        area.kind not in {LocationKind.ADMIN1, LocationKind.ADMIN2}
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
        if (
            town.kind == LocationKind.POINT
            and candidate.is_main
            and (is_inside or _is_next_to(area, town))
        ):
            return i
    return None


def is_called_division(before: str, after: str) -> bool:
    """Whether the words around a mention call it a division: "Homs province", "the provinces of
    Latakia and Tartus"."""
    return bool(DIVISION.match(after) or DIVISION_OF.search(before))


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
