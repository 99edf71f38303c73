"""Places of one article: spans that name a place, and which place of the gazetteer each one is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.records import Article, Entity, Location, LocationMention

if TYPE_CHECKING:
    from spacy.tokens import Doc

ORIGIN = "places/0"


@dataclass(frozen=True, slots=True)
class PlaceSet:
    locations: tuple[Location, ...]
    mentions: tuple[LocationMention, ...]


def find_places(doc: "Doc", entities: tuple[Entity, ...], article: Article) -> PlaceSet:
    """Find and resolve the places of one article (dateline, outlet and country votes are read from `article`)."""
    return PlaceSet((), ())
