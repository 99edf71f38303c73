"""Bylines, datelines, agency credits and contributors, as they are printed."""

import re

_NAME = r"[A-Z][\w’'.-]*(?: (?:(?:de|del|della|van|von|der|den|bin|ibn|al|el|la|le|da|dos|du|ter)\b|[A-Z][\w’'.-]*)){1,4}"
_BYLINE = re.compile(rf"^(?:By|by|BY|Words by|Written by|Story by)[:\s]+(?P<names>{_NAME}(?:(?:,| and| &|,? and) {_NAME})*)")
_PLAIN_NAMES = re.compile(rf"^(?P<names>{_NAME}(?:(?:,| and| &) {_NAME}){{0,4}})\s*$")
_SPLIT = re.compile(r",? and |, | & ")
_CONTRIBUTOR = re.compile(
    rf"(?:writers?|journalists?|reporters?|correspondents?|staff|[Rr]eporting by|Additional reporting by|reporting (?:by|from))[:,]? "
    rf"(?P<names>{_NAME}(?:(?: in [A-Z][\w ]+)?(?:,| and|, and|;) {_NAME})*)"
)
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][A-Z .'’-]{2,30}(?:, [A-Z][A-Za-z.]{1,20}(?: [A-Z][a-z]+)?)?|[A-Z][\w’' -]{2,25}(?:, [A-Z][\w. ]{1,20})?)"
    r"(?:,? \w{3,9}\.? \d{1,2})? ?(?:\((?P<agency>[A-Z][\w .]{1,25})\))? ?[—–-]{1,2} "
)
_NOT_NAMES = frozenset(
    (
        "image images photograph photographs getty reuters editor correspondent reporter writer features opinion analysis newsletter "
        "live advertisement comments comment share sign skip main content subscribe follow up top published updated breaking "
        "the of for and more news latest video watch live update updates share photo photos press agency staff your our read menu "
        "world home breaking politics business sport sports"
    ).split()
)
_AGE = re.compile(r" ?\d+ (?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?)(?: ago)?\s*$", re.IGNORECASE)
MAX_BYLINE = 140


def cut_age(line: str) -> str:
    """Cut how long ago an article came out off a line: `Ana Silva2 minutes ago`."""
    return _AGE.sub("", line.strip())


def find_authors(line: str, *, needs_by: bool = False) -> list[str]:
    """Read the names of a byline; a line of names alone counts unless `needs_by`."""
    text = line.strip()
    if len(text) > MAX_BYLINE:
        return []
    found = _BYLINE.match(text) or (None if needs_by else _PLAIN_NAMES.match(text))
    return _names_of(found["names"]) if found else []


def find_contributors(line: str) -> list[str]:
    """Read the names of a contributors' line: `Associated Press writer Ana Silva contributed to this report`."""
    found = _CONTRIBUTOR.search(line)
    return _names_of(re.sub(r" in [A-Z]\w+(?: [A-Z]\w+)?", "", found["names"])) if found else []


def find_dateline(paragraph: str) -> re.Match[str] | None:
    """Find the dateline a body begins with: `BEIRUT (AP) — `. Groups: place, agency."""
    found = _DATELINE.match(paragraph)
    if not found or not (found["place"].split(",")[0].isupper() or found["agency"]):
        return None
    return found


def _names_of(text: str) -> list[str]:
    names = [name.strip(" .,") for name in _SPLIT.split(text)]
    kept = [name for name in names if name and not {word.lower() for word in name.split()} & _NOT_NAMES]
    return list(dict.fromkeys(kept)) if len(kept) == len([name for name in names if name]) else []
