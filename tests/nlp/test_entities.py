"""Names and their types, against golden cases: all are invented sentences."""

import itertools
import re
from typing import Any

import numpy as np
import pytest

from newsledger.errors import SettingsError
from newsledger.nlp.names import forms as name_forms
from newsledger.nlp.names.candidates import find_candidates
from newsledger.nlp.names.entities import LABELS, find_entities
from newsledger.nlp.names.forms import find_acronyms, name_key
from newsledger.nlp.names.model import CLASSES, choose, load_weights
from newsledger.nlp.names.text_view import Candidate, TextView
from newsledger.nlp.parse.model import parse_text
from tests.nlp.golden import find_span, mark_known_misses, read_golden

CASES = read_golden("entities", 45)


@pytest.mark.parametrize("case", [mark_known_misses(case) for case in CASES])
def test_golden_entities(case: dict[str, Any]) -> None:
    text = case["text"]

    found = {(entity.start, entity.end): entity.label for entity in find_entities(parse_text(text))}

    for wanted, label in case["names"].items():
        start, end = find_span(text, wanted)
        if label is None:
            covering = [
                name
                for (a, b), name in found.items()
                if a < end and start < b and name in {"PERSON", "ORG"}
            ]
            assert not covering, (wanted, covering, case["why"])
        else:
            assert found.get((start, end)) in label.split(), (
                wanted,
                found.get((start, end)),
                case["why"],
            )


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "😀😀 — … ", "Mr.", "The", "“ ”", "A " * 300, "Aa-Bb-" * 200, "\x00 Tal"]
)
def test_no_text_is_too_odd(text: str) -> None:
    entities = find_entities(parse_text(text))

    assert all(
        text[entity.start : entity.end] == entity.text and entity.label in LABELS
        for entity in entities
    )
    assert all(one.end <= two.start for one, two in itertools.pairwise(entities))


def test_candidates_are_spans_of_the_text() -> None:
    text = "The Ministry of Ports told Mr. Yusuf bin Khalid to wait."
    view = TextView(parse_text(text))

    candidates = find_candidates(view)

    assert all(name_key(text[c.start : c.end]) == c.key for c in candidates)
    assert {"Ministry of Ports", "Yusuf bin Khalid"} <= {c.key for c in candidates}


def test_the_best_set_wins_over_the_best_candidate() -> None:
    spans = [(0, 3), (0, 9), (6, 9)]
    candidates = [Candidate(start, end, 0, 1, "x", "") for start, end in spans]
    shares = np.full((3, len(CLASSES)), 0.01)
    shares[:, 0] = [0.1, 0.05, 0.1]
    shares[:, 1] = 1 - shares[:, 0]

    assert choose(candidates, shares) == [(0, 1), (2, 1)]


def test_weights_hold_no_words_of_texts() -> None:
    names = load_weights().rows

    assert len(names) < 4000
    assert not [
        name
        for name in names
        if re.search(r"[A-Z][a-z]{3}", name) and "True" not in name and "False" not in name
    ]


@pytest.mark.parametrize(
    ("text", "acronyms"),
    [
        (
            "Hayat Tahrir al-Sham, known by its acronym HTS, advanced.",
            {"HTS": "Hayat Tahrir al-Sham"},
        ),
        ("The World Food Programme (WFP) left.", {"WFP": "World Food Programme"}),
        ("WFP (World Food Programme) left.", {"WFP": "World Food Programme"}),
        ("He left (OK) and came back, or NOT.", {}),
    ],
)
def test_acronyms(text: str, acronyms: dict[str, str]) -> None:
    assert find_acronyms(text) == acronyms


@pytest.mark.parametrize(
    ("load", "file", "row"),
    [
        (name_forms.load_titles, "titles.csv", "title,gender\nmr,man\n"),
        (name_forms.load_name_heads, "name_heads.csv", "word,kind\nriver,wet\n"),
    ],
)
def test_a_wrong_row_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any, load: Any, file: str, row: str
) -> None:
    from newsledger.lexicon import words as lexicon

    (tmp_path / file).write_text(row, "utf-8")
    monkeypatch.setattr(lexicon, "SEEDS", tmp_path)
    lexicon.read_lexicon.cache_clear()

    with pytest.raises(SettingsError, match=f"{file}, line 2"):
        load.__wrapped__()

    lexicon.read_lexicon.cache_clear()
