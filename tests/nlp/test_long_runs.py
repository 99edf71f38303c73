"""Text without full stops is cut into sentences of bounded length, at the best place there is."""

from itertools import pairwise

import pytest
import spacy

from newsledger.nlp.parse.long_runs import MAX_RUN, MIN_RUN, cut_long_runs

ROW = "i went to the market with my mother"


def cut(text: str) -> list[str]:
    doc = spacy.blank("en")(text)
    cut_long_runs(doc)
    starts = [0, *(token.i for token in doc[1:] if token.is_sent_start is True), len(doc)]
    return [doc[start:end].text for start, end in pairwise(starts)]


@pytest.mark.parametrize(
    ("joint", "first"),
    [
        (". ", "I"),
        (" and ", "and"),
        (", ", "i"),
        (" ", None),
    ],
)
def test_cut_at_the_best_place(joint, first):
    row = ROW.capitalize() if joint == ". " else ROW
    pieces = cut(joint.join([row] * 200))
    assert all(MIN_RUN <= len(piece.split()) <= MAX_RUN + MIN_RUN for piece in pieces[:-1])
    assert first is None or {piece.split()[0] for piece in pieces[1:]} == {first}


def test_short_text_is_left_alone():
    assert cut("The ferry ran aground. Nobody was hurt.") == [
        "The ferry ran aground. Nobody was hurt."
    ]


@pytest.mark.parametrize("sign", ['"', ",", "[", ":", "$", "."])
def test_rows_of_signs_are_cut_too(sign):
    pieces = cut(" ".join([sign] * 2000))
    assert len(pieces) > 2000 / (MAX_RUN + 1)
