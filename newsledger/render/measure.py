"""How wide words are, in ems of their typeface, and lines that fit: letters of East Asian scripts
are twice as wide as others."""

import re
import unicodedata
from collections.abc import Iterator

# of Source Sans: mean advances of its regular, a little more than measured on English prose
WIDE_EM, UPPER_EM, OTHER_EM, SPACE_EM = 1.0, 0.6, 0.48, 0.2
FOREIGN_EM = 0.62  # letters of other alphabets, which a fallback typeface may set
LAST_LATIN = "\u024f"
_BREAKS = re.compile(r"[ \t\r\n]+")  # a line may break: not in "3 %"


def count_ems(text: str) -> float:
    """Width of a text on one line."""
    return sum(map(_ems, text))


def _ems(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return WIDE_EM
    if letter in " \u00a0":
        return SPACE_EM
    if letter > LAST_LATIN and letter.isalpha():
        return FOREIGN_EM
    return UPPER_EM if letter.isupper() or letter in "mw%—" else OTHER_EM


def fit(text: str, ems: float) -> str:
    """A text cut to a width, with an ellipsis where it is cut."""
    text = " ".join(text.split())
    if count_ems(text) <= ems:
        return text
    while text and count_ems(text) > ems - 1:
        text = text[: max(len(text) // 2, 1)] if count_ems(text) > 2 * ems + 2 else text[:-1]
    return text.rstrip() + "…"


def wrap(text: str, ems: float, most: int) -> list[str]:
    """Lines of a text that are no wider than `ems`; at most `most` of them, the last cut."""
    lines: list[str] = []
    for word in _pieces(text, ems):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and count_ems(joined) <= ems:
            lines[-1] = joined
        elif len(lines) == most:
            lines[-1] = fit(lines[-1] + " " + word, ems)
            return lines if lines[-1].endswith("…") else [*lines[:-1], lines[-1] + "…"]
        else:
            lines.append(word)
    return lines or [""]


def _pieces(text: str, ems: float) -> Iterator[str]:
    """Words of a text, those wider than a line in pieces."""
    for word in _BREAKS.split(text.strip()):
        while count_ems(word) > ems:
            cut = max(1, int(ems / WIDE_EM))
            yield word[:cut]
            word = word[cut:]
        if word:
            yield word
