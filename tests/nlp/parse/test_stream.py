"""Texts of any length are parsed, their offsets kept."""

import pytest

from newsledger.nlp.parse import stream
from newsledger.nlp.parse.model import load_model, parse_text
from newsledger.nlp.parse.stream import MAX_PIECE, MAX_RUN, parse_texts, split_text

PARAGRAPH = "The mayor of Lund, Eva Berg, said the bridge would close. It was built in 1931.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One sentence.",
        PARAGRAPH * 3000,
        "and so on, " * 30_000,
        "x" * 2500 + " ends",
        "a" * (3 * MAX_PIECE),
        ("word " * 30 + "\n") * 2000 + "(" * 1700,
    ],
)
def test_pieces_join_to_the_text_and_are_short(text: str) -> None:
    pieces = split_text(text)

    assert "".join(pieces) == text
    assert max(map(len, pieces)) <= MAX_PIECE
    assert all(len(run) <= MAX_RUN for piece in pieces for run in piece.split())


def test_texts_of_usual_length_stay_whole() -> None:
    assert split_text(PARAGRAPH * 100) == [PARAGRAPH * 100]


def test_pieces_end_with_paragraphs() -> None:
    assert all(piece.endswith("\n\n") for piece in split_text(PARAGRAPH * 3000))


def test_pieces_parse_as_the_whole_does(monkeypatch: pytest.MonkeyPatch) -> None:
    text = PARAGRAPH * 12
    (whole,) = parse_texts([text])
    monkeypatch.setattr(stream, "MAX_PIECE", 200)

    (joined,) = parse_texts([text])

    assert joined.text == text
    assert [(t.idx, t.tag_, t.lemma_, t.head.i, t.ent_type_) for t in joined] == [
        (t.idx, t.tag_, t.lemma_, t.head.i, t.ent_type_) for t in whole
    ]
    assert [s.start for s in joined.sents] == [s.start for s in whole.sents]


def test_batches_keep_order_and_offsets() -> None:
    texts = ["", "Ana left.", "\ud800Half a letter.", " ", PARAGRAPH * 40, "He " * 40, ""]

    docs = list(parse_texts(texts))

    assert [len(doc.text) for doc in docs] == [len(text) for text in texts]
    assert docs[2].text == "\ufffdHalf a letter."


def test_pieces_are_shorter_than_the_model_takes() -> None:
    body = PARAGRAPH * 13_000

    assert len(body) > load_model().max_length > MAX_PIECE


def test_words_a_thousand_deep_are_listed() -> None:
    doc = parse_text("she said " * 1500)
    deepest = max(doc.words, key=lambda word: len(list(word.subtree)))

    assert [word.i for word in deepest.subtree] == list(
        range(deepest.left_edge.i, deepest.right_edge.i + 1)
    )
