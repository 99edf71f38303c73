"""Copies on end are blanked out, and nothing else; offsets stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.nlp.parse.repeats import KEPT, blank_repeats

NEWS = "The ferry ran aground off Port Alder on Monday, the harbour master said.\n\n"


@pytest.mark.parametrize(
    "unit", ['"', ", ", "$5 ", "said that ", "Ana Silva and ", "“Go,” he said. "]
)
def test_copies_behind_the_third_go(unit):
    text = NEWS + unit * 4_000 + NEWS
    read = blank_repeats(text)
    assert len(read) == len(text)
    assert read.startswith(NEWS + unit * KEPT + "\n")
    assert read.endswith(NEWS)
    assert read.count(unit.strip()) <= KEPT + NEWS.count(unit.strip()) * 2


@given(st.lists(st.sampled_from(["The mayor spoke.", "Nobody was hurt,", "he said.", "12", "—"])))
def test_text_that_is_no_row_is_left_alone(words):
    text = NEWS * 3 + " ".join(words)
    assert blank_repeats(text) == text
