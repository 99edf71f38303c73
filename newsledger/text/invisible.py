"""Characters that nobody sees inside words: soft hyphens, joints of no width, marks of direction
that override the order of letters."""

import re

MARKS = re.compile("[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_WRITTEN = re.compile("&(?:shy|#173|#8203|#65279);", re.IGNORECASE)


def strip_marks(text: str) -> str:
    """Take them out."""
    return MARKS.sub("", text)


def strip_written(markup: str) -> str:
    """Take them out of markup, where they may be written as references, too."""
    return strip_marks(_WRITTEN.sub("", markup))
