"""Dates and times, against golden cases: all are invented sentences."""

from datetime import UTC, datetime
from typing import Any

import pytest

from newsledger.model.records import Article
from newsledger.nlp.parse.model import parse_text
from newsledger.nlp.time.dates import find_times, publication_day
from tests.nlp.golden import read_golden

PUBLISHED = datetime(2024, 12, 6, 9, 15, tzinfo=UTC)  # a Friday


def make_article(
    text: str, published_at: datetime | None = PUBLISHED, offset: int | None = -300
) -> Article:
    return Article("art_1", "doc_1", text, published_at=published_at, utc_offset_minutes=offset)


@pytest.mark.parametrize("case", read_golden("dates", 80), ids=lambda case: case["text"][:60])
def test_golden_dates(case: dict[str, Any]) -> None:
    published = datetime.fromisoformat(case["published_at"]) if case["published_at"] else None

    times = find_times(parse_text(case["text"]), make_article(case["text"], published))

    found = [
        [
            t.text,
            t.start_date and t.start_date.isoformat(),
            t.end_date and t.end_date.isoformat(),
            t.precision,
        ]
        for t in times
    ]
    assert found == case["times"], case["why"]


def test_publication_day_is_local() -> None:
    late_evening = datetime(2024, 12, 7, 3, 0, tzinfo=UTC)

    assert str(publication_day(make_article("", late_evening, -300))) == "2024-12-06"
    assert str(publication_day(make_article("", late_evening, None))) == "2024-12-07"
    assert publication_day(make_article("", None)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "🙂🙂",
        "May",
        "Friday",
        "9999-99-99",
        "Feb. 31, 2024",
        "99999999 years ago",
        "since since since",
    ],
)
def test_odd_texts_do_not_raise(text: str) -> None:
    times = find_times(parse_text(text), make_article(text))

    assert all(text[t.start : t.end] == t.text for t in times)
