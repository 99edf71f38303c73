"""Whose voice a medium is, by the words before it."""

import re

from newsledger.model.enums import SourceType

STATE_WORDS = frozenset(
    {
        "state",
        "state-run",
        "state-owned",
        "state-controlled",
        "state-affiliated",
        "government",
        "government-run",
        "official",
        "semi-official",
        "federal",
    }
)
_SIDES = frozenset({"opposition", "ally", "pro-government"})
_PARTISAN = re.compile(
    r"(?:pro|anti)-\w+|opposition(?:-\w+)?|rebel(?:-\w+)?|\w+-(?:backed|linked|affiliated"
    r"|aligned|allied)|party|partisan|insurgent"
)


def find_media_type(words: list[str], party: str | None) -> SourceType:
    """Tell whose voice a medium is by its words and side: a state's, a side's, nobody's."""
    if any(_PARTISAN.fullmatch(word) for word in words):
        return SourceType.PARTISAN_MEDIA
    if STATE_WORDS & set(words) or party in ("government", "state"):
        return SourceType.STATE_MEDIA
    return SourceType.PARTISAN_MEDIA if party in _SIDES else SourceType.INDEPENDENT_MEDIA
