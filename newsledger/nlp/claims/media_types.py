"""Whose voice a medium is, by the words before it."""

import re

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


def find_media_type(words: list[str], party: str | None) -> str:
    """Tell whose voice a medium is by its words and side: a state's, a side's, nobody's."""
    if any(_PARTISAN.fullmatch(word) for word in words):
        return "partisan_media"
    if STATE_WORDS & set(words) or party in ("government", "state"):
        return "state_media"
    return "partisan_media" if party in _SIDES else "independent_media"
