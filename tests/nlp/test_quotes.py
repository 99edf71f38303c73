"""Quotations: invented texts for marks, pieces, paragraphs and kinds, and any text at all."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.model.records import Quotation
from newsledger.nlp.quotes.forms import speech_forms
from newsledger.nlp.quotes.marks import find_quotations
from tests.nlp.golden import read_golden

CASES = read_golden("quotes", 60)
PARTS = st.sampled_from(
    [
        *"“”\"‘’'«»„",
        "``",
        "''",
        "\n",
        "\n\n",
        ", ",
        ". ",
        "? ",
        " ",
        "—",
        "said",
        " Ana Lund said",
        "said Mr. Holm",
        "’s",
        "boats’",
        '6"',
        "It",
        "’til ",
    ]
)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_case(case):
    found = [
        {
            "kind": quotation.kind,
            "pieces": [case["text"][start:end] for start, end in quotation.pieces],
            "is_closed": quotation.is_closed,
        }
        | ({"depth": quotation.depth} if quotation.depth else {})
        for quotation in find_quotations(case["text"])
    ]
    assert found == [{"is_closed": True} | wanted for wanted in case["quotations"]]


def overlap(one: Quotation, other: Quotation) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.pieces for b in other.pieces)


def check(text: str) -> None:
    found = find_quotations(text)
    for quotation in found:
        assert quotation.kind in {"speech", "scare", "title", "nickname"}
        assert list(quotation.pieces) == sorted(quotation.pieces)
        for start, end in quotation.pieces:
            assert 0 <= start < end <= len(text)
            assert "\n" not in text[start:end]
    for depth in (0, 1):
        level = [quotation for quotation in found if quotation.depth == depth]
        pieces = sorted(piece for quotation in level for piece in quotation.pieces)
        assert all(one.end <= other.start for one, other in itertools.pairwise(pieces))
    for inner in (quotation for quotation in found if quotation.depth):
        outer = [
            quotation for quotation in found if not quotation.depth and overlap(inner, quotation)
        ]
        assert len(outer) == 1
        assert any(
            piece.start <= inner.pieces[0].start and inner.pieces[-1].end <= piece.end
            for piece in outer[0].pieces
        )


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.lists(PARTS, max_size=40).map("".join), st.text(max_size=200)))
def test_any_text_gives_spans_inside_it_that_overlap_only_where_nested(text):
    check(text)


@pytest.mark.parametrize("sign", ["“", '"', "‘", "'", "”", "« ", "“‘", '"x', " 'x' \"y"])
def test_a_long_run_of_marks_stays_quick(sign):
    check(sign * 20_000)


def test_a_broken_pair_spoils_its_paragraph_only():
    whole = "“We are open,” a grocer said."
    broken = 'The “green zone was " quiet ” on ‘Monday.\n\n'
    (quotation,) = [
        found
        for found in find_quotations(broken + whole + "\n\n" + broken)
        if found.pieces[0].start >= len(broken)
    ][:1]
    assert [(broken + whole)[start:end] for start, end in quotation.pieces] == ["“We are open,”"]


def test_forms_of_cue_verbs():
    assert {
        "said",
        "told",
        "wrote",
        "says",
        "adding",
        "replied",
        "admitted",
        "recalled",
    } <= speech_forms()


def test_golden_file_has_every_kind():
    kinds = {quotation["kind"] for case in CASES for quotation in case["quotations"]}
    assert kinds == {"speech", "scare", "title", "nickname"}
    assert (
        sum(len(quotation["pieces"]) > 1 for case in CASES for quotation in case["quotations"])
        >= 15
    )
    assert len({json.dumps(case["text"]) for case in CASES}) == len(CASES)
    assert (Path(__file__).parents[1] / "golden" / "quotes.jsonl").stat().st_size < 100_000
