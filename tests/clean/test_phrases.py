"""The words that a phrase needs: a line without them is not asked for it, so none may be missed."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsledger.lexicon.phrases import find_role, load_phrases
from newsledger.text.line_words import fold_runs, split_words
from newsledger.text.stems import list_stems


@pytest.mark.parametrize(
    ("pattern", "stems"),
    [
        (r"\bterms and conditions apply\b", {"conditions\\b"}),  # the longest of what it needs
        (r"\b(?:log ?in|register)\b", {"log", "register"}),  # "login" too
        (
            r"\b(?:please )?donat\w+",
            {"donat"},
        ),  # a word begins with or without what may stand before it
        (r"\b(?:re)?donat\w+", None),
        (r"^(?:free )?articles? left", {"article"}),
        (r"\((?:left|l-r)\)", {"left", "l\\b"}),
        (r"(?:©|\bcopyright\b)", None),
        (r"\w+ing\b", None),  # the end of a word
        (r"\bin this (?:\w+ ){0,3}(?:photo|image)", {"photo", "image"}),
    ],
)
def test_stems_of_a_pattern(pattern: str, stems: set[str] | None):
    assert list_stems(pattern) == stems


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(st.data())
def test_whatever_a_phrase_finds_has_one_of_its_stems(data: st.DataObject):
    phrase = data.draw(st.sampled_from([phrase for phrase in load_phrases() if phrase.stems]))
    pattern = phrase.find.__self__  # type: ignore[attr-defined]
    text = data.draw(st.from_regex(pattern))
    assert re.search(rf"\b(?:{'|'.join(phrase.stems or ())})", text)


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Log in to read on", "login"),
        ("© The Pier Post", "copyright"),
        ("A ferry (L-R: the mayor, the captain)", None),
        ("The mayor (left) and the captain", "caption"),
        ("The captains log the tides", None),
        ("Do you know more about the ferry? Write to our reporter.", "prompt"),
        ("4 min", "prompt"),
        ("60 Minutes", None),  # a programme
        ("» Ferry fares to rise", "related"),
        ("Tags: ferry, harbour", "nav"),
        ("Your gift keeps local reporting alive.", "donation"),
        ("Your gift arrived, he told her", None),
        ("A post shared by Port Alder (@portalder)", "social"),
        ("Photograph: Ana Silva/AP", "photo_credit"),
        ("A map/apple tree", None),
        ("Sign up for our newsletter. " + "It rained on the town and its bridge. " * 50, None),
    ],
)
def test_role_by_phrase(line: str, role: str | None):
    assert find_role(line) == role


def test_words_of_a_line():
    words = split_words("Don't miss the U.S.-led talks, half-dead 3rd STRASSE_ß")
    assert words.low == [
        "don't",
        "miss",
        "the",
        "u.s",
        "led",
        "talks",
        "half-dead",
        "3rd",
        "strasse",
        "ß",
    ]
    assert words.runs == [
        "don",
        "t",
        "miss",
        "the",
        "u",
        "s",
        "led",
        "talks",
        "half",
        "dead",
        "rd",
        "strasse",
        "ß",
    ]
    assert list(fold_runs("Straße Nord")) == ["strasse", "nord"]
