"""Lines of a picture in pieces of one typeface: what reads as one line keeps its words."""

import re

import pytest

from newsledger.render.fonts import FAMILIES
from newsledger.render.letters import name_typefaces

LATIN, ARABIC, CHINESE, OTHER = FAMILIES


def set_line(words, anchor="start"):
    style = f"font-size: 10px; font-family: {LATIN!r}; text-anchor: {anchor}; fill: #1f2933"
    line = f'<text style="{style}" x="100" y="20" transform="rotate(-0 100 20)">{words}</text>'
    return name_typefaces(line), line


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        ("حلب", [(ARABIC, "حلب")]),
        ("Aleppo حلب (12)", [(LATIN, "Aleppo "), (ARABIC, "حلب"), (LATIN, " (12)")]),
        ("حلب: 12 killed", [(ARABIC, "حلب"), (LATIN, ": 12 killed")]),
        ("北京 &amp; Beijing", [(CHINESE, "北京"), (LATIN, " &amp; Beijing")]),
        ("שלום 北京", [(OTHER, "שלום "), (CHINESE, "北京")]),
    ],
)
def test_pieces_have_the_typeface_of_their_letters(words, pieces):
    found, _ = set_line(words)
    assert re.findall(r"font-family: '([^']+)'[^>]*>([^<]+)</tspan>", found) == pieces


@pytest.mark.parametrize("words", ["Aleppo, 12 killed", "Привет, мир", "$5 &lt;b&gt;", "12 – 14"])
def test_a_line_of_the_first_typeface_stays_as_it_is(words):
    found, line = set_line(words)
    assert found == line


def test_a_line_that_ends_at_its_place_begins_by_its_width_before_it():
    starts = [float(x) for x in re.findall(r'tspan x="([-\d.]+)"', set_line("12 北京", "end")[0])]
    middle = [
        float(x) for x in re.findall(r'tspan x="([-\d.]+)"', set_line("12 北京", "middle")[0])
    ]
    assert 65 < starts[0] < middle[0] < 100
