"""The second reader: word pieces, what a reading says, and its word in the ranker."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.errors import SettingsError
from newsledger.model.records import Span
from newsledger.nlp.attribution import choose
from newsledger.nlp.attribution.choose import load_weights, weigh_candidates
from newsledger.nlp.attribution.constructions.document import Candidate
from newsledger.nlp.names.entities import find_entities
from newsledger.nlp.parse.model import load_model
from newsledger.nlp.parse.parsed import ParsedText
from newsledger.nlp.reader import model, votes
from newsledger.nlp.reader.pieces import FACT_SIZES, cut_windows
from newsledger.nlp.reader.reading import ATTITUDE, FURTHER, INSIDE, OUTSIDE, SPEECH, Reading
from newsledger.nlp.reader.wordpieces import cut_pieces, load_vocabulary

TEXT = "The ferry was late, Ana Lund said, and the pier was shut."


def read(text: str, tags: list[int], sureness: float = 6.0) -> Reading:
    """A reading of one piece a word with these content tags, and Ana Lund for a source."""
    starts = [i for i in range(len(text)) if not i or text[i - 1] == " "]
    spans = [Span(start, (text + " ").index(" ", start)) for start in starts]
    logits = np.zeros((len(spans), 11))
    for row, tag in enumerate(tags):
        logits[row, tag] = sureness
        word = text[slice(*spans[row])]
        logits[row, 5 + (1 if word == "Ana" else 2 if word == "Lund" else 0)] = sureness
        logits[row, 8 + (word.strip(",") == "said")] = sureness
    return Reading(spans, logits)


FERRY = [SPEECH, INSIDE, INSIDE, INSIDE, OUTSIDE, OUTSIDE, OUTSIDE, FURTHER, *[INSIDE] * 4]


def make_candidate(*content: str, source: str = "Ana Lund", text: str = TEXT) -> Candidate:
    def find(part: str) -> Span:
        return Span(text.index(part), text.index(part) + len(part))

    spans = tuple(find(part) for part in content)
    cue = (find("said"),)
    return Candidate(
        (6, "verb"), "quotation", spans, (find(source),), cue, 6, "say", "speech", "neutral"
    )


def test_pieces_are_cut_longest_first_in_lower_case():
    # Arrange
    known = load_vocabulary()

    # Act
    found = [(number, TEXT[slice(*span)]) for number, span in cut_pieces(TEXT)]

    # Assert
    assert found[:5] == [
        (known["the"], "The"),
        (known["ferry"], "ferry"),
        (known["was"], "was"),
        (known["late"], "late"),
        (known[","], ","),
    ]


@given(st.text())
def test_pieces_of_any_text_are_in_order_and_hold_no_space(text):
    # Act
    spans = [span for _, span in cut_pieces(text)]

    # Assert
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.start <= other.start for one, other in itertools.pairwise(spans))
    assert not any(text[slice(*span)].isspace() for span in spans)


def test_a_content_on_both_sides_of_its_tag_is_one_segment():
    # Act
    (segment,) = read(TEXT, FERRY).segments

    # Assert
    assert [TEXT[slice(*span)] for span in segment.spans] == [
        "The ferry was late,",
        "and the pier was shut.",
    ]
    assert segment.sureness > 0.9


def test_nothing_is_inside_that_was_not_begun():
    # Arrange
    tags = [OUTSIDE, INSIDE, ATTITUDE, INSIDE, *[OUTSIDE] * 8]

    # Act
    (segment,) = read(TEXT, tags, sureness=3.0).segments

    # Assert
    assert TEXT[slice(*segment.spans[0])] == "was late,"


def test_a_vote_is_high_where_reader_and_rules_agree():
    # Arrange
    reading = read(TEXT, FERRY)
    right = make_candidate("The ferry was late", "and the pier was shut")
    wrong = make_candidate("Ana Lund", source="The ferry")

    # Act
    agreed, refused = (votes.vote(reading, one, 0.0) for one in (right, wrong))

    # Assert
    for name in ("reader inside", "reader begin", "reader source", "reader share"):
        assert agreed[name] > refused[name], name
    assert votes.describe(agreed).startswith("said 0.9")


@pytest.mark.parametrize(
    ("content", "sureness", "last"),
    [
        ("and the pier", 6.0, "and the pier was shut."),
        ("and the pier", 2.0, "and the pier"),  # not sure enough of its ends
        ("and the pier was shut", 6.0, "and the pier was shut"),  # the same letters
        (
            "and the pier was shut. So",
            6.0,
            "and the pier was shut. So",
        ),  # shorter ones: seldom right
    ],
)
def test_ends_move_only_further_and_only_where_the_reader_is_sure(content, sureness, last):
    # Arrange
    text = f"{TEXT} So it goes."
    reading = read(text, [*FERRY, *[OUTSIDE] * 3], sureness)
    candidate = make_candidate("The ferry was late", content, text=text)

    # Act
    found = votes.find_further(text, reading, candidate)

    # Assert
    assert text[slice(*found[-1])] == last


@pytest.mark.parametrize("sign", [1, -1])
def test_of_a_vote_only_what_is_beyond_doubt_is_heard(sign):
    assert votes.soften(sign * votes.UNSURE) == 0.0
    assert votes.soften(sign * (votes.UNSURE + 1)) == pytest.approx(sign)


def test_what_the_rules_are_sure_of_is_not_read():
    # Arrange
    doc = ParsedText(load_model()("The mayor said that the old bridge would be shut until spring."))
    weighed = weigh_candidates(doc, (), find_entities(doc))

    # Act, Assert
    assert weighed[0][0] > model.DOUBT[1]
    assert model.read_text(doc, (), weighed) is None


def test_auto_is_off_and_on_says_what_to_install(monkeypatch):
    # Arrange
    monkeypatch.setattr(model, "is_installed", lambda: False)

    # Act, Assert
    assert not model.is_on()
    monkeypatch.setenv("NEWSLEDGER_READER", "on")
    with pytest.raises(SettingsError, match=r"newsledger\[reader\]"):
        model.is_on()


def test_the_encoder_that_comes_with_the_package_reads(monkeypatch):
    # Arrange
    monkeypatch.setenv("NEWSLEDGER_READER", "on")
    monkeypatch.setattr(model, "DOUBT", (0.0, 1.0))
    text = "The mayor said that the old bridge would be shut until spring. It opened in 1931."
    doc = ParsedText(load_model()(text))

    # Act
    (found,) = choose.find_attributions(doc, (), find_entities(doc))

    # Assert
    (span,) = found.content_spans
    assert text[slice(*span)].endswith("the old bridge would be shut until spring")
    assert "begins here 0.9" in found.vote


def test_on_without_a_model_says_how_to_make_one(monkeypatch, tmp_path):
    # Arrange
    monkeypatch.setattr(model, "is_installed", lambda: True)
    monkeypatch.setattr(model, "MODEL", tmp_path / "reader.onnx")
    monkeypatch.setenv("NEWSLEDGER_READER", "on")

    # Act, Assert
    with pytest.raises(SettingsError, match=r"benchmarks\.reader\.build"):
        model.is_on()


def test_windows_hold_the_whole_paragraphs_that_are_asked_for():
    # Arrange
    text = "The harbour opened in 1990.\nAna Lund said the ferry was late."
    doc = ParsedText(load_model()(text))
    weighed = weigh_candidates(doc, (), find_entities(doc))

    # Act
    (window,) = cut_windows(doc, (), weighed[0][1].content)

    # Assert
    assert [text[slice(*span)] for span in window.spans][:4] == ["", "Ana", "Lund", "said"]
    assert {len(facts) for facts in window.facts} == {len(FACT_SIZES)}
    assert all(
        value < size
        for facts in window.facts
        for value, size in zip(facts, FACT_SIZES, strict=True)
    )


def test_a_vote_is_heard_in_the_one_ranker(monkeypatch):
    # Arrange
    text = "Ana Lund said the ferry was late."
    doc = ParsedText(load_model()(text))
    weighed = weigh_candidates(doc, (), find_entities(doc))
    reading = read(text, [OUTSIDE, OUTSIDE, OUTSIDE, *[SPEECH], *[INSIDE] * 3])
    weights = {**load_weights(), "reader share": -20.0}
    monkeypatch.setattr(choose, "load_weights", lambda: weights)

    # Act
    heard = choose.find_attributions(doc, (), find_entities(doc), reading)

    # Assert
    assert weighed[0][0] > 0.5
    assert not heard


def test_explain_shows_the_vote():
    # Arrange
    text = "Ana Lund said the ferry was late."
    doc = ParsedText(load_model()(text))
    reading = read(text, [OUTSIDE, OUTSIDE, OUTSIDE, *[SPEECH], *[INSIDE] * 3])

    # Act
    (found,) = choose.find_attributions(doc, (), find_entities(doc), reading)

    # Assert
    assert found.vote.startswith("said 0.9")
    assert "rules alone 0." in found.vote
