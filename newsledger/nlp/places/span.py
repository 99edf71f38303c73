"""A span of a text that names a place, and what is said of it before its name."""

import re
from dataclasses import dataclass

from newsledger.lexicon.gazetteer import Candidate, fold_name
from newsledger.model.enums import EntityLabel, LocationKind

_COMPASS = r"(?:north|south|east|west)(?:[ -]?(?:north|south|east|west))*"
# before a name: "5 kilometers (3 miles) north of ", "near ", "120 nautical miles from ", "just
# outside "
_DIRECTION = re.compile(
    r"(?<![\w-])(?:(?P<number>\d[\d,.]*)[ -]?(?P<unit>nautical miles?|kilomet(?:er|re)s?"
    r"|kms?|miles?|mi)\b\s*(?:\([^)]*\)\s*)?)?(?:away\s+)?"
    rf"(?:(?:just|due|about|to|the|further|farther|directly|immediately|or so)\s+)*"
    rf"(?:(?P<compass>{_COMPASS})(?:ern)?\s+(?:of|from)|(?P<near>near|nearby|outside|from"
    rf"|off)(?:\s+of)?(?:\s+the\s+coast\s+of)?)\s+"
    r"(?:the\s+)?(?:(?:[a-z]+\s+){0,2}(?:city|town|village|capital|port|suburb"
    r"|hamlet)\s+(?:of\s+)?)?$"
)
_KM = {"k": 1.0, "m": 1.609344, "n": 1.852}


@dataclass(slots=True)
class Span:
    start: int
    end: int
    text: str
    label: EntityLabel
    candidates: tuple[Candidate, ...]
    inside: tuple[Candidate, ...] = ()  # candidates of the place it is said to lie in
    acts: bool = False  # subject of a verb that only people can do
    is_inner: bool = False  # stands inside the name of an organisation or event
    is_power: bool = False  # acts, or backs and leads others: "Moscow-backed"
    is_demonym: bool = False
    is_event: bool = False  # only says which event is meant: "the Christchurch attack"
    is_other: bool = (
        False  # the town where other mentions of the name are its division, or the other way round
    )

    @property
    def key(self) -> str:
        """What a document's mentions of one name have in common; "the Wye" is not the town of
        Wye."""
        is_water = bool(self.candidates) and all(
            candidate.place.kind == LocationKind.WATER for candidate in self.candidates
        )
        return (
            f"{fold_name(self.text)}{' water' if is_water else ' other' if self.is_other else ''}"
        )


def is_measured_from(text: str, start: int) -> bool:
    """Whether a direction or a distance stands before a name: "20 miles from", "north of"."""
    found = _DIRECTION.search(text[max(0, start - 110) : start])
    return bool(found and (found["number"] or found["compass"]))


def read_direction(text: str, span: Span) -> tuple[str | None, float | None]:
    """How a spot lies to the place named, and how far from it in kilometres: "5 km north of X" ->
    north, 5."""
    found = (
        None if span.is_demonym else _DIRECTION.search(text[max(0, span.start - 110) : span.start])
    )
    if not found or (found["near"] == "from" and not found["number"]):
        return None, None
    word = (
        _write_compass(found["compass"]) if found["compass"] else found["near"].removesuffix("by")
    )
    return word, _read_km(found["number"], found["unit"]) if found["number"] else None


def _write_compass(words: str) -> str:
    """One spelling of a compass point: "south-east" -> southeast, "south south west" ->
    south-southwest."""
    points = re.findall(r"north|south|east|west", words)
    return "".join(points) if len(points) < 3 else f"{points[0]}-{''.join(points[1:])}"


def _read_km(number: str, unit: str) -> float | None:
    try:
        return round(float(number.strip(".,").replace(",", "")) * _KM[unit[0].lower()], 2)
    except ValueError:
        return None
