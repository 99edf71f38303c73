"""Polarity, certainty, tense and caveats, against golden cases: all are invented sentences."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from newsledger.model.records import Article
from newsledger.nlp.claims.assess import assess_content, find_root
from newsledger.nlp.claims.caveats import find_caveats
from newsledger.nlp.extract import find_sentences
from newsledger.nlp.parse.model import parse_text
from newsledger.nlp.time.dates import find_times
from tests.nlp.golden import read_golden
from tests.nlp.marked import read_marked


@pytest.mark.parametrize("case", read_golden("assess", 40), ids=lambda case: case["marked"][:60])
def test_golden_assessments(case: dict[str, Any]) -> None:
    text, attribution = read_marked(
        case["marked"], cue_lemma=case["cue_lemma"], cue_stance=case["cue_stance"]
    )
    doc = parse_text(text)
    times = find_times(
        doc, Article("art_1", "doc_1", text, published_at=datetime(2024, 12, 6, 9, 15, tzinfo=UTC))
    )

    found = assess_content(
        text,
        attribution,
        find_root(doc, attribution.content_spans),
        next(iter(times), None),
        date(2024, 12, 6),
    )

    expected = (case["polarity"], case["certainty"], tuple(case["hedges"]), case["tense"])
    assert (found.polarity, found.certainty, found.hedges, found.tense) == expected, case["why"]


@pytest.mark.parametrize(
    ("text", "is_caveat"),
    [
        ("The claim could not be independently verified.", True),
        ("There was no immediate comment from the ministry.", True),
        ("The firm did not immediately respond to a request for comment.", True),
        ("He spoke without providing evidence.", True),
        ("The video has not been independently verified.", True),
        ("The newspaper could not immediately confirm the account.", True),
        ("The report couldn't be independently verified.", True),
        ("Neither account could be confirmed.", True),
        ("There was no independent confirmation of the claim.", True),
        ("The figures remain unverified.", True),
        ("It was impossible to independently verify the toll.", True),
        ("The firm offered no evidence to support the assertion.", True),
        ("She has not been confirmed in the post.", False),
        ("Neither side could win.", False),
        ("The court confirmed the ruling.", False),
        ("They responded within minutes.", False),
    ],
)
def test_caveats(text: str, is_caveat: bool) -> None:
    sentences = find_sentences(parse_text(text), ())

    assert bool(find_caveats(sentences)) is is_caveat
