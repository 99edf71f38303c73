"""Quantities, against golden cases: all are invented sentences."""

from datetime import UTC, datetime
from typing import Any

import pytest

from newsledger.model.records import Article, LocationMention
from newsledger.nlp.extract import find_sentences
from newsledger.nlp.numbers.quantities import find_quantities
from newsledger.nlp.numbers.values import parse_count
from newsledger.nlp.parse.model import parse_text
from newsledger.nlp.time.dates import find_times
from tests.nlp.golden import read_golden

FIELDS = ("text", "kind", "low", "high", "comparator", "population", "scope")


@pytest.mark.parametrize("case", read_golden("quantities", 60), ids=lambda case: case["text"][:60])
def test_golden_quantities(case: dict[str, Any]) -> None:
    doc = parse_text(case["text"])
    article = Article(
        "art_1", "doc_1", case["text"], published_at=datetime(2024, 12, 6, 9, 15, tzinfo=UTC)
    )

    quantities = find_quantities(doc, find_sentences(doc, ()), find_times(doc, article))

    assert [
        {field: getattr(quantity, field) for field in FIELDS} for quantity in quantities
    ] == case["quantities"], case["why"]
    assert all(
        case["text"][quantity.start : quantity.end] == quantity.text for quantity in quantities
    )


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (["two"], 2),
        (["twenty", "-", "two"], 22),
        (["1,200"], 1200),
        (["three", "hundred"], 300),
        (["officials"], None),
        (["2.5"], None),
    ],
)
def test_counts_in_words(words: list[str], value: int | None) -> None:
    assert parse_count(words) == value


@pytest.mark.parametrize(
    ("text", "named", "places"),
    [
        (
            "Shells killed 12 people in Rovena and nine in Tarsk.",
            ("Rovena", "Tarsk"),
            ["Rovena", "Tarsk"],
        ),
        ("The crash killed 12 US citizens in Rovena.", ("US", "Rovena"), ["Rovena"]),
        ("The crash killed 12 US citizens.", ("US",), [None]),  # who is counted, not where
    ],
)
def test_place_is_the_one_named_next(text: str, named: tuple[str, ...], places: list) -> None:
    doc = parse_text(text)
    mentions = tuple(
        LocationMention(start, start + len(name), name, "GPE", "p", 1, "r", 1.0)
        for name in named
        for start in [text.index(name)]
    )

    quantities = find_quantities(doc, find_sentences(doc, ()), (), mentions)

    assert [quantity.place for quantity in quantities] == places


@pytest.mark.parametrize(
    ("text", "home", "unit", "is_assumed"),
    [
        ("The council paid $5 million for the bridge.", "AU", "AUD", True),
        ("The council paid $5 million for the bridge.", "GB", "USD", True),
        ("The council paid US$5 million for the bridge.", "AU", "USD", False),
        ("The council paid five million dollars for the bridge.", "CA", "CAD", True),
        ("The bridge cost 3 million Egyptian pounds.", "GB", "EGP", False),
        ("The bridge cost seven million Hong Kong dollars.", "US", "HKD", False),
        ("The bridge cost 40 million rupees.", "PK", "PKR", True),
        ("The bridge cost €3 million.", "AU", "EUR", False),
    ],
)
def test_bare_currency_is_that_of_the_outlet(
    text: str, home: str, unit: str, is_assumed: bool
) -> None:
    (quantity,) = find_quantities(parse_text(text), (), (), home=home)

    assert (quantity.unit, quantity.is_unit_assumed) == (unit, is_assumed)
