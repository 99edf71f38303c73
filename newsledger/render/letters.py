"""Words of an SVG as letters that readers of PDF find, each in the typeface it was measured in."""

import itertools
import re
from collections.abc import Iterator
from functools import cache
from html import escape, unescape

from newsledger.render.fonts import FAMILIES, find_family, register_fonts
from newsledger.render.words import LEFT_TO_RIGHT

TEXT = re.compile(r'<text style="([^"]*)"(?: x="([-\d.]+)")?([^>]*)>([^<]+)</text>')
ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}  # share of its width that a line stands before
PROBE = "l"  # ends what is measured, so that spaces before it count


def name_typefaces(svg: str) -> str:
    """The SVG with each line that needs another typeface than the first in pieces of one typeface,
    each at its place: who sets the page would take one that has all letters of the line, wider
    than was measured."""
    return TEXT.sub(_set_pieces, svg)


def _set_pieces(found: re.Match[str]) -> str:
    style, x, rest, escaped = found.groups()
    words = unescape(escaped).removeprefix(LEFT_TO_RIGHT)  # each piece has its place
    pieces = list(_cut(words))
    if all(family == FAMILIES[0] for family, _ in pieces):
        return found[0]
    size = float(_read(style, "font-size", "9px").removesuffix("px"))
    weight = _read(style, "font-weight", "400")
    widths = [_measure(piece, FAMILIES, size, weight) for _, piece in pieces]
    share = ANCHORS[_read(style, "text-anchor", "start")]
    at, spans = float(x or 0) - share * sum(widths), ""
    for (family, piece), width in zip(pieces, widths, strict=True):
        over = width - _measure(piece, (family,), size, weight)
        space = over / max(piece.count(" "), 1)  # spaces are drawn in the first typeface
        look = f"font-family: '{family}'; word-spacing: {space:.3f}px"
        spans += f'<tspan x="{at:.2f}" style="{look}">{escape(piece)}</tspan>'
        at += width
    plain = re.sub(r"text-anchor: \w+", "text-anchor: start", style)
    place = f' x="{x}"' if x else ""
    return f'<text style="{plain}"{place}{rest}>{spans}</text>'


def _cut(words: str) -> Iterator[tuple[str, str]]:
    """Pieces of a line with the typeface of their letters; spaces and numbers go with the
    first of `FAMILIES` where it is beside them, or at the end of a line that has it."""
    families = [find_family(letter) or FAMILIES[0] if letter.isalpha() else "" for letter in words]
    stretches = [(family, len(list(group))) for family, group in itertools.groupby(families)]
    named = ["", *(family for family, _ in stretches), ""]
    chosen: list[str] = []
    for at, (family, length) in enumerate(stretches):
        beside = (named[at], named[at + 2])
        is_first = FAMILIES[0] in beside or ("" in beside and FAMILIES[0] in named)
        between = "" if is_first else beside[0] or beside[1]
        chosen += [family or between or FAMILIES[0]] * length
    for family, group in itertools.groupby(zip(chosen, words, strict=True), lambda pair: pair[0]):
        yield family, "".join(letter for _, letter in group)


def _read(style: str, name: str, without: str) -> str:
    found = re.search(rf"{name}: ([^;]+)", style)
    return found[1].strip() if found else without


@cache
def _measure(words: str, families: tuple[str, ...], size: float, weight: str) -> float:
    """Width of words in points, by the first of the typefaces that has each letter."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    register_fonts()
    font = FontProperties(family=list(families), size=size, weight=int(weight))
    with_probe, probe = (
        float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])
        for text in (words + PROBE, PROBE)
    )
    return with_probe - probe
