"""Attribution: invented sentences for every construction, and any text at all."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.cli.standard_input import extract_rows
from newsledger.model.records import Article, Extraction
from newsledger.nlp.extract import extract_articles

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "golden" / "attribution.jsonl")
    .read_text("utf-8")
    .splitlines()
]
FIELDS = ("form", "stance", "polarity")


def fold(text: str) -> list[str]:
    """The words of a span; marks and the "that" before a clause say nothing."""
    words = "".join(c if c.isalnum() else " " for c in text.lower()).split()
    return words[1:] if words[:1] == ["that"] else words


def read_claims(text: str, extraction: Extraction) -> list[dict[str, object]]:
    """Source, content and how it is put, of each claim; refusals to comment are no claims."""
    found = []
    for claim in extraction.claims:
        attribution = claim.attribution
        if claim.is_statement or attribution.cue_class == "declined":
            continue
        found.append(
            {
                "source": fold(" ".join(text[s:e] for s, e in attribution.source_spans)),
                "content": fold(" ".join(text[s:e] for s, e in attribution.content_spans)),
                "form": attribution.form,
                "stance": attribution.cue_stance,
                "polarity": claim.polarity,
            }
        )
    return found


@pytest.fixture(scope="module")
def found() -> list[list[dict[str, object]]]:
    extractions = extract_articles(
        Article(f"art_{number}", str(number), case["text"]) for number, case in enumerate(CASES)
    )
    return [
        read_claims(case["text"], extraction)
        for case, extraction in zip(CASES, extractions, strict=True)
    ]


def list_cases():
    for number, case in enumerate(CASES):
        marks = (
            [pytest.mark.xfail(strict=True, reason="not read right yet")]
            if case.get("missed")
            else []
        )
        yield pytest.param(number, id=f"{case['construction']}-{number}", marks=marks)


def sort_claims(claims):
    return sorted(claims, key=lambda claim: (claim["content"], claim["source"]))


@pytest.mark.parametrize("number", list(list_cases()))
def test_case(found, number):
    """Exactly the claims of the case: their words, who says them and how; and nothing else."""
    wanted = [
        {
            "source": fold(claim["source"]),
            "content": fold(" ".join(claim["content"])),
            **{field: claim[field] for field in FIELDS if field in claim},
        }
        for claim in CASES[number]["claims"]
    ]

    got = sort_claims(found[number])

    wanted = sort_claims(wanted)
    assert [(c["source"], c["content"]) for c in got] == [
        (c["source"], c["content"]) for c in wanted
    ]
    for one, other in zip(got, wanted, strict=True):
        assert {field: one[field] for field in FIELDS if field in other} == {
            field: other[field] for field in FIELDS if field in other
        }


def test_golden_file_is_large_and_mostly_found():
    assert len(CASES) >= 200
    assert sum(not case.get("missed") for case in CASES) >= 0.98 * len(CASES)


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
