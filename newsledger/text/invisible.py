"""Characters that nobody sees inside words: soft hyphens, joints of no width, marks of direction
that override the order of letters."""

import re

_MARKS = "[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]"
_BESIDE_WORDS = re.compile(rf"(?<=\w){_MARKS}+|{_MARKS}+(?=\w)")
_WRITTEN = re.compile(rf"{_MARKS}|&(?:shy|#173|#8203|#65279);", re.IGNORECASE)


def strip_marks(text: str) -> str:
    """Take them out of words and off their edges; a line of nothing else stays a line."""
    return _BESIDE_WORDS.sub("", text)


def strip_written(markup: str) -> str:
    """Take all of them out of markup, where they may be written as references, too."""
    return _WRITTEN.sub("", markup)
