"""Invented flattened pages of many shapes: the role of every line, and what is read from them.

A case has its `lines` as pairs of role and line, and what is wanted of it: `headline`, `authors`,
`published_at` …. Role "-" stands for any role but body, "dateline_body" for a body line that begins
with a dateline; an empty line stands between paragraphs.
"""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.clean.document import clean_document
from newsledger.clean.lines.flat import read_page
from newsledger.model.ids import hash_bytes, make_id
from newsledger.model.records import Article, RawDocument
from newsledger.paths import CODE_ROOT

CASES = [
    json.loads(line)
    for line in (CODE_ROOT / "tests" / "golden" / "clean.jsonl").read_text("utf-8").splitlines()
]
FIELDS = {
    "headline": lambda article: article.headline,
    "standfirst": lambda article: article.standfirst,
    "authors": lambda article: list(article.authors),
    "contributors": lambda article: list(article.contributors),
    "published_at": lambda article: article.published_at and article.published_at.isoformat(),
    "modified_at": lambda article: article.modified_at and article.modified_at.isoformat(),
    "precision": lambda article: article.published_precision,
    "offset": lambda article: article.utc_offset_minutes,
    "agency": lambda article: article.agency_name,
    "outlet": lambda article: article.outlet_name,
    "dateline_place": lambda article: article.dateline_place,
    "correction": lambda article: article.correction,
    "language": lambda article: article.language,
}


def text_of(case: dict) -> str:
    return "\n".join(line for _, line in case["lines"]) + "\n"


def clean(text: str, url: str | None = None) -> Article:
    raw = text.encode()
    hints = {"url": url} if url else {}
    return clean_document(
        RawDocument(
            make_id("doc", text),
            "case",
            hash_bytes(raw),
            len(raw),
            "text/plain",
            text,
            "utf-8",
            datetime(2026, 1, 1, tzinfo=UTC),
            hints=hints,
        )
    )


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_roles(case):
    article = clean(text_of(case), case.get("url"))
    wanted = [(role, line.strip()) for role, line in case["lines"] if line.strip()]
    found = [(line.role, line.text) for line in article.lines]
    wrong = [
        f"{line!r}: {role}, expected {expected}"
        for (expected, line), (role, _) in zip(wanted, found, strict=True)
        if (role == "body" if expected == "-" else role != expected.removeprefix("dateline_"))
    ]
    assert not wrong


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_metadata(case):
    article = clean(text_of(case), case.get("url"))
    assert {name: FIELDS[name](article) for name in case["want"]} == case["want"]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_cleaning_is_idempotent(case):
    body = read_page(text_of(case), case.get("url")).body
    assert read_page(body, case.get("url")).body == body


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from([line for case in CASES for _, line in case["lines"]]),
        min_size=1,
        max_size=40,
    )
)
def test_cleaning_of_any_mixture_of_lines_is_idempotent(lines):
    body = read_page("\n".join(lines)).body
    assert read_page(body).body == body


def test_there_are_enough_cases():
    assert len(CASES) >= 40
    assert len({case["why"] for case in CASES}) == len(CASES)
