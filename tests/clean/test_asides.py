"""Lines between the paragraphs of a flattened article that are not its text."""

import pytest

from newsledger.clean.asides import find_asides
from newsledger.clean.flat import read_page

FIRST = "The harbour of Port Alder will be dredged before the winter, the harbour master said on Monday."
LAST = "Work begins next week and takes nine weeks, during which only one of the three piers can be used."
CAPTION = "The ferry Oriole on its way out of the harbour on Sunday."


@pytest.mark.parametrize(
    ("between", "role", "rule"),
    [
        ([CAPTION, CAPTION], "caption", "printed twice"),
        ([CAPTION, f"{CAPTION} Ana Silva for The Pier Post"], "caption", "printed twice"),
        ([f"{CAPTION} Ana Silva", CAPTION], "caption", "printed twice"),
        (["FERRY CAPTAIN FINED FOR RACING THE TIDE"], "related", "link in capitals"),
        (["WATCH: McCALL'S FERRY RUNS AGROUND AGAIN"], "related", "link in capitals"),
    ],
)
def test_line_between_paragraphs_is_no_text(between, role, rule):
    texts = [FIRST, *between, LAST]
    found = find_asides(texts, [True] * len(texts))
    assert found == dict.fromkeys(range(1, len(texts) - 1), (role, rule))


@pytest.mark.parametrize(
    "between",
    [
        ["Winners\t12\t40 per cent\tof all ferries", "Winners\t12\t40 per cent\tof all ferries"],  # rows of a table
        ["Ferries are late.", "Ferries are late."],  # too short to tell
        [CAPTION, f"{CAPTION} It was the last ferry that the town has seen on that day."],  # a sentence that goes on
        ["WHAT COMES NEXT"],  # a heading
        ["NOBODY MAY LEAVE THE HARBOUR BEFORE NOON."],  # a sentence that is shouted
    ],
)
def test_line_between_paragraphs_is_text(between):
    texts = [FIRST, *between, LAST]
    assert find_asides(texts, [True] * len(texts)) == {}


def test_text_in_capitals_stays():
    texts = [line.upper().rstrip(".") for line in (FIRST, CAPTION, LAST)]
    assert find_asides(texts, [True] * 3) == {}


def test_biography_counts_below_the_text_only():
    biography = "Ana Silva is a politics reporter for The Pier Post."
    below = [FIRST, LAST, CAPTION, biography]
    assert find_asides(below, [True] * 4) == {3: ("other", "biography")}
    assert find_asides([FIRST, biography, LAST, CAPTION, LAST.replace("nine", "ten")], [True] * 5) == {}


def test_page_keeps_its_captions_apart():
    page = read_page(
        "\n\n".join([FIRST, CAPTION, CAPTION, LAST, "FERRY CAPTAIN FINED FOR RACING THE TIDE", FIRST.replace("Monday", "Tuesday")])
    )
    assert CAPTION not in page.body
    assert "FINED" not in page.body
    assert page.body.count("harbour master said") == 2
    assert {line.role for line in page.lines} == {"body", "caption", "related"}
