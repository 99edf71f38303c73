"""Attribution: invented sentences for every construction, and any text at all."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.cli.jsonl import extract_rows

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "golden" / "attribution.jsonl")
    .read_text("utf-8")
    .splitlines()
]
MIN_OVERLAP = 0.5  # of the longer side, in words


def fold(text: str) -> Counter[str]:
    return Counter("".join(c if c.isalnum() else " " for c in text.lower()).split())


def overlaps(left: str, right: str) -> bool:
    one, other = fold(left), fold(right)
    return (not one and not other) or sum((one & other).values()) >= MIN_OVERLAP * max(
        sum(one.values()), sum(other.values())
    )


@pytest.fixture(scope="module")
def found() -> list[list[tuple[str, str]]]:
    """Content and source of the claims found in each case; refusals to comment are no claims."""
    rows = extract_rows(
        {"doc_id": str(number), "text": case["text"]} for number, case in enumerate(CASES)
    )
    return [
        [
            tuple(
                " ".join(case["text"][start:end] for start, end in claim[side])
                for side in ("content", "source")
            )
            for claim in row["claims"]
            if claim["cue_class"] != "declined"
        ]
        for case, row in zip(CASES, rows, strict=True)
    ]


def list_cases():
    for number, case in enumerate(CASES):
        marks = (
            [pytest.mark.xfail(strict=True, reason="not found yet")] if case.get("missed") else []
        )
        yield pytest.param(number, id=f"{case['construction']}-{number}", marks=marks)


@pytest.mark.parametrize("number", list(list_cases()))
def test_case(found, number):
    case, claims = CASES[number], found[number]
    if not case["claims"]:
        assert claims == []
    for wanted in case["claims"]:
        assert any(
            overlaps(content, " ".join(wanted["content"])) and overlaps(source, wanted["source"])
            for content, source in claims
        ), claims


def test_golden_file_is_large_and_mostly_found():
    assert len(CASES) >= 200
    assert sum(not case.get("missed") for case in CASES) >= 0.9 * len(CASES)


WORDS = st.sampled_from(
    [
        "said",
        "Ana Silva",
        "“",
        "”",
        '"',
        "‘",
        "’",
        "that",
        "the mayor",
        "according to",
        ",",
        ".",
        "\n\n",
        ":",
        "told",
        "reportedly",
        "he",
        "It",
        "put it",
        "as",
        "In her view",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.lists(WORDS, max_size=30).map(" ".join), st.text(max_size=120)))
def test_any_text_gives_spans_inside_it(text):
    (row,) = extract_rows([{"doc_id": "x", "text": text}])
    spans = [
        span
        for claim in row["claims"]
        for side in ("content", "source", "cue")
        for span in claim[side]
    ]
    assert all(0 <= start < end <= len(text) for start, end in spans)
