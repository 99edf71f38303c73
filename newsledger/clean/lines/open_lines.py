"""Where byline, time and credits of a flattened page are looked for, and lines of an agency
alone."""

import re
from functools import cache

from newsledger.lexicon.outlets import find_outlet, load_outlets
from newsledger.model.enums import LineRole

Roles = list[tuple[str, str]]
# lines above the headline and below the text's first line where byline and time may stand
ABOVE = 4
BELOW = 6
LOOSE = 45  # lines above the text where a time is looked for on a page without headline
FOOT = 12  # lines below the text where a name, a biography or a time may stand
MAX_AGENCY_WORDS = 4
_BETWEEN = re.compile(r"\s*(?:[-–—/,;&|]|\band\b)\s*")
LETTERS = re.compile(r"[^\W\d_][\w’'-]*")
FREE = frozenset({LineRole.BODY, LineRole.OTHER, LineRole.HEADING, ""})


def is_agency_line(text: str) -> bool:
    """Whether a line credits an agency: "(AP)", "Reuters, Lublin", "Source: PTI", "PTI | Posted by
    Ana Silva", "AP - AFP"."""
    return is_of_agencies(text) or is_agency(
        text.split(" | ")[0]
        .split(", ")[0]
        .strip(" ()[]—–-_*.")
        .removeprefix("Source: ")
        .removeprefix("The ")
    )


def is_of_agencies(text: str) -> bool:
    """Tell a line of several agencies and nothing else: "AP - AFP", "AFP/Reuters"."""
    names = _BETWEEN.split(text.strip(" ()[]—–-_*."))
    return len(names) > 1 and all(map(is_agency, names))


def is_agency(text: str) -> bool:
    found = find_outlet(text)
    return bool(found and found.agency_names) or (
        len(text.split()) <= MAX_AGENCY_WORDS and text in _agency_names()
    )


@cache
def _agency_names() -> frozenset[str]:
    return frozenset(name for outlet in load_outlets() for name in outlet.agency_names)
