"""Names that are written like a town's and are none where they stand: degrees behind a person's
name, planets, films, companies; and names that only say which event is meant."""

import re
from collections.abc import Iterable

from newsledger.lexicon.gazetteer import fold_name
from newsledger.lexicon.not_places import load_not_places
from newsledger.model.enums import EntityLabel
from newsledger.model.records import Entity

REACH = 24  # letters before a name where an area or a kind of place is read
# "M.S.", "MD"; a state's "D.C." or "Pa." is written otherwise
_DEGREE = re.compile(
    r"(?:[BMD]\.?(?:A|S|D|B\.?A|Sc|Ed|P\.?H)|R\.?[DN]|P\.?A|J\.?D|D\.?O|Ph\.?D)\.?"
)
_DEGREE_AHEAD = re.compile(rf",? {_DEGREE.pattern}(?=[,.;) ]|$)")
_PLACED = re.compile(
    r"\b(?:(?:town|city|village|borough|province|district|municipality|suburb) of"
    r"|(?:police|residents|mayor|schools?|hospital) (?:in|of))\s+$",
    re.IGNORECASE,
)
_PLACE_BEHIND = re.compile(r" (?:province|district|county|borough|township|city)\b", re.IGNORECASE)
_EVENT = re.compile(
    r"(?:'s|’s)?\s+(?:(?:\w+ )?(?:mosque|school|church|concert|nightclub|airport|terror"
    r"|terrorist|train|tube|mass) )?"
    r"(?:attack|attacks|attacker|bombing|bombings|shooting|shootings|massacre|killings"
    r"|siege|tragedy|disaster|genocide|atrocity|stabbings?"
    r"|accords?|agreement|protocol|treaty|convention|declaration|summit|olympics|games)\b"
)


def list_degrees(text: str, entities: Iterable[Entity]) -> set[tuple[int, int]]:
    """List the spans of degrees behind persons' names: "Ana Silva, M.S., R.D."."""
    found: set[tuple[int, int]] = set()
    for entity in entities:
        if entity.label != EntityLabel.PERSON:
            continue
        end = entity.end
        while ahead := _DEGREE_AHEAD.match(text, end):
            start = ahead.start() + len(ahead[0]) - len(ahead[0].lstrip(", "))
            found.add((start, ahead.end()))
            end = ahead.end()
    return found


def is_something_else(text: str, start: int, end: int) -> bool:
    """Whether a name is rather a planet's, a film's, a company's: without a word beside it that
    makes it a town."""
    if fold_name(text[start:end]) not in load_not_places():
        return False
    before = text[max(0, start - REACH) : start]
    return not (_PLACED.search(before) or _PLACE_BEHIND.match(text, end))


def names_event(text: str, end: int) -> bool:
    """Whether a name only says which event is meant: "the Christchurch attack", "the Paris
    agreement"."""
    return _EVENT.match(text, end) is not None
