"""Cities that a dateline names: where outlets are at home, and big ones."""

from functools import cache, lru_cache

from newsledger.lexicon.outlets import load_outlets
from newsledger.model.enums import LocationKind


@lru_cache(maxsize=4096)
def is_city(name: str) -> bool:
    """Whether a name is that of a city where outlets are at home, or of a big one: "KOCHI", "Port
    Harcourt"."""
    from newsledger.lexicon.gazetteer import BIG_CITY, load_gazetteer

    if name.upper() in home_cities():
        return True
    return any(
        found.is_main
        and found.place.kind == LocationKind.POINT
        and found.place.population >= BIG_CITY
        for found in load_gazetteer().find(name)
    )


@cache
def home_cities() -> frozenset[str]:
    return frozenset(outlet.home_place.upper() for outlet in load_outlets() if outlet.home_place)
