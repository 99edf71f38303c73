"""Datelines: place, day and agency that open an article's text."""

import re

from newsledger.lexicon.bylines import load_byline_words
from newsledger.lexicon.cities import home_cities, is_city
from newsledger.lexicon.outlets import find_agency

MAX_DATELINE = 120  # place, day and agency
_DATELINE = re.compile(
    r"^(?P<place>[^\W\d_a-zß-ÿ](?:[^\W\d_a-zß-ÿ]|[ .'’/-]){2,30}(?:, (?!(?:Mon|Tues"
    r"|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][A-Za-z.]{1,20}(?: [A-Z][a-z]+)?)?|[A-Z][\w’' "
    r"/-]{2,25}(?:, [A-Z][\w. ]{1,20})?)"
    r"(?P<day>,? (?:(?:[A-Z][a-z]{2,8},? )?[A-Z]\w{2,8}\.? \d{1,2}(?:, \d{4})?"
    r"|(?:[A-Z][a-z]{2,8},? )?\d{1,2} [A-Z]\w{2,8}\.?(?:,? \d{4})?))?(?: "
    r"?\((?P<agency>[A-Z][\w ./-]{1,25})\))?(?: ?(?:[—–-]{1,2}|:|\.[—–-]) |—(?=[A-Z“\"])"
    r"|(?<=\)) )"
)
_OPENING_AGENCY = re.compile(
    r"^\((?P<agency>[A-Z][\w ./-]{1,25})\) ?(?:[—–-]{1,2} |(?<=[A-Z]\) )(?=[A-Z]))"
)


_CLOSING_AGENCY = re.compile(r"[.!?][”\"’']? ?[—–-]{1,2} ?(?P<agency>[A-Z][\w ./-]{1,25}?)\.?$")


def find_dateline(paragraph: str, *, is_opening: bool = False) -> re.Match[str] | None:
    """Find the dateline a body begins with: `BEIRUT (AP) — `, `LONDON, Dec 6 (Reuters) - `, `NEW
    DELHI: `. Groups: place, day, agency.

    Without a day or an agency the sentence behind it begins with a capital letter. Before a colon
    only a city counts, in the opening of a text any big one, else one where outlets are at home:
    "NATO: what it is" has no dateline, and "JACKSON: Well" is somebody speaking.
    """
    found = _DATELINE.match(paragraph)
    if not found:
        return None
    place = found["place"].split(",")[0].strip()
    if place.lower() in load_byline_words()["not_name"] or any(
        letter.isdigit() for letter in place
    ):
        return None
    if (
        not found["agency"]
        and not found["day"]
        and paragraph[found.end() : found.end() + 1].islower()
    ):
        return None  # "NATO — which marks its birthday — has …"
    if found[0].rstrip().endswith(":") and not found["agency"] and not found["day"]:
        names = place.split("/")
        return (
            found
            if place.isupper()
            and (
                any(name in home_cities() for name in names)
                or (is_opening and any(map(is_city, names)))
            )
            else None
        )
    is_agency = bool(found["agency"]) and (
        find_agency(found["agency"]) is not None or bool(found["day"] and found["agency"].isupper())
    )
    if found[0].endswith(") ") and not is_agency:
        return None
    return found if place.isupper() or is_agency else None


def find_dateline_end(text: str, start: int) -> int:
    """Find where a paragraph of a text begins behind its dateline, if it has one; both are
    offsets."""
    opening = text[start : start + MAX_DATELINE]
    found = find_dateline(opening, is_opening=start == 0)
    if found is None and start == 0:
        found = _OPENING_AGENCY.match(opening)  # "(CNN) A bridge …"
    return start + found.end() if found else start


def find_opening_agency(paragraph: str) -> str | None:
    """Find the agency that a body without a place in its dateline begins with: `(Reuters) - `."""
    found = _OPENING_AGENCY.match(paragraph)
    return find_agency(found["agency"]) if found else None


def find_closing_agency(paragraph: str) -> str | None:
    """Find the agency behind the last sentence of a text: `The search goes on. — AFP`."""
    found = _CLOSING_AGENCY.search(paragraph)
    return find_agency(found["agency"]) if found else None
