"""What a text says twenty times on end and more is read three times: rows of signs, of one word, of
one sentence. Time is spent on what a text says, not on how long it is."""

import re
import zlib

MIN_LENGTH = 4_000  # letters; a shorter text is parsed before it is worth a look
# Times that a repetitive text is longer than when packed; the most of 180 news articles is 2.7.
MIN_PACKED = 15
MAX_UNIT = 200  # letters that repeat
KEPT = 3  # copies
_REPEATS = re.compile(rf"(?P<unit>.{{1,{MAX_UNIT}}}?)(?P=unit){{19,}}", re.DOTALL)


def blank_repeats(text: str) -> str:
    """Blank out the copies behind the third with line breaks, so that offsets stay and no sentence
    runs across; other texts are returned as they are."""
    if len(text) < MIN_LENGTH or not _is_repetitive(text):
        return text
    return _REPEATS.sub(_blank, text)


def _is_repetitive(text: str) -> bool:
    packed = zlib.compress(text.encode("utf-8", "replace"), level=1)
    return len(packed) * MIN_PACKED < len(text)


def _blank(found: re.Match[str]) -> str:
    kept = KEPT * len(found["unit"])
    return found[0][:kept] + "\n" * (len(found[0]) - kept)
