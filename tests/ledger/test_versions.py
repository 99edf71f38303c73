"""Chains of versions: what ties articles together, what does not, and that the order of arrival
does not matter."""

import random
from datetime import datetime

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.clean.document import clean_document
from newsledger.ingest import read_sources
from newsledger.ledger.copies.update_versions import resolve_versions
from newsledger.ledger.copies.versions import assign_versions, url_key
from newsledger.model.ids import make_text_key
from newsledger.model.records import RawDocument
from newsledger.model.tables import apply_schema
from newsledger.paths import SEEDS
from newsledger.settings import Settings

_TIMES = ("published_at", "modified_at", "fetched_at")
_TEXTS = ("article_id", "url", "outlet_domain", "outlet_name", "headline", "body", "text_key")
SCHEMA: dict[str, pl.DataType] = {name: pl.String() for name in _TEXTS} | {
    name: pl.Datetime("us") for name in _TIMES
}
TEXT = (
    "The river rose by two metres in Aveiro on Friday, the mayor said. The fire service "
    "brought forty people to safety. "
    "Schools stay closed until Monday, and the bridge will be inspected in the morning."
)
OTHER = (
    "The council voted on the budget after a long debate about parking fees, and the "
    "opposition asked for a second reading. "
    "Nobody expects the vote to change, a clerk said, because the mayor has her majority."
)


def article(
    article_id: str,
    hour: int = 9,
    *,
    day: int = 6,
    body: str = TEXT,
    headline: str = "River rises in Aveiro",
    **values,
) -> dict:
    time = datetime(2024, 12, day, hour)
    row = dict.fromkeys(SCHEMA) | {
        "article_id": article_id, "outlet_name": "The Bugle", "headline": headline, "body": body, "published_at": time, "fetched_at": time
    }  # fmt: skip
    row |= values
    return row | {"text_key": make_text_key(row["outlet_name"], row["headline"], row["body"])}


def chains(*rows: dict) -> dict[str, tuple]:
    frame = assign_versions(pl.DataFrame(list(rows), schema=SCHEMA))
    return {row[0]: row[1:] for row in frame.rows()}


def test_changed_text_under_the_same_headline_is_a_new_version():
    found = chains(article("b", 12, body=TEXT.replace("forty", "sixty")), article("a", 9))
    assert found == {"a": ("a", 1, False, None), "b": ("a", 2, True, None)}


def test_changed_headline_at_the_same_address_is_a_new_version():
    url = "https://www.bugle.example/news/river"
    found = chains(
        article("a", url=url),
        article(
            "b", 12, headline="Town counts the cost", body=OTHER, url=url + "/?utm_source=x#top"
        ),
    )
    assert found == {"a": ("a", 1, False, None), "b": ("a", 2, True, None)}


def test_figure_in_the_headline_may_change():
    rows = [
        article("a", headline="Flood hits 120 homes in Aveiro"),
        article("b", 10, headline="Flood hits 140 homes in Aveiro", body=TEXT + " More."),
    ]
    assert chains(*rows)["b"] == ("a", 2, True, None)


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(article("b", 10, body=OTHER), id="daily column: same headline, another text"),
        pytest.param(
            article("b", 10, outlet_name="The Echo"), id="another outlet: a copy, not a version"
        ),
        pytest.param(article("b", day=20), id="two weeks later"),
        pytest.param(
            article("b", 10, headline="Schools stay closed until Monday"), id="another headline"
        ),
        pytest.param(article("b", 10, headline=None), id="no headline"),
        pytest.param(article("b", 10, outlet_name=None), id="no outlet"),
    ],
)
def test_what_is_another_article(second: dict):
    assert chains(article("a"), second) == {"a": ("a", 1, True, None), "b": ("b", 1, True, None)}


UNDATED = {"published_at": None, "modified_at": None}


def test_two_undated_addresses_are_two_articles():
    changed = TEXT.replace("forty", "sixty")
    first = article("a", url="https://bugle.example/1", **UNDATED)
    second = article("b", url="https://bugle.example/2", body=changed, **UNDATED)
    assert chains(first, second) == {"a": ("a", 1, True, None), "b": ("b", 1, True, None)}


def test_an_undated_text_without_address_may_be_a_version():
    changed = TEXT.replace("forty", "sixty")
    found = chains(article("a", **UNDATED), article("b", 12, body=changed, **UNDATED))
    assert found == {"a": ("a", 1, False, None), "b": ("a", 2, True, None)}


def test_the_same_text_at_two_undated_addresses_is_one():
    first = article("a", url="https://bugle.example/1", **UNDATED)
    second = article("b", 12, url="https://bugle.example/2", **UNDATED)
    assert chains(first, second)["b"] == ("a", 1, False, "a")


def test_front_page_ties_nothing_together():
    rows = [
        article("a", url="https://bugle.example/"),
        article("b", url="https://bugle.example", headline="Budget", body=OTHER),
    ]
    assert chains(*rows)["b"] == ("b", 1, True, None)


def test_same_text_again_is_a_duplicate_of_the_earliest():
    found = chains(
        article("c", 9), article("a", 11), article("b", 10, body=TEXT + " One more line.")
    )
    assert found == {
        "c": ("c", 1, False, None),
        "b": ("c", 2, True, None),
        "a": ("c", 1, False, "c"),
    }


def test_time_of_change_orders_versions_and_fetching_breaks_ties():
    modified = article("a", 9, modified_at=datetime(2024, 12, 6, 15), body=TEXT + " Later.")
    early, late = (
        article("c", fetched_at=datetime(2024, 12, 6, 10)),
        article("b", fetched_at=datetime(2024, 12, 6, 11), body=TEXT + " More."),
    )
    found = chains(modified, late, early)
    assert [found[key][1] for key in "cba"] == [1, 2, 3]


def test_chain_over_several_ties():
    url = "https://bugle.example/river"
    rows = [
        article("a", url=url),
        article("b", 10, url=url, headline="Town cut off", body=TEXT + " New."),
        article("c", 11, headline="Town cut off!"),
    ]
    assert {row[0] for row in chains(*rows).values()} == {"a"}


def test_no_articles():
    assert assign_versions(pl.DataFrame(schema=SCHEMA)).is_empty()


def test_missing_column_is_told():
    with pytest.raises(ValueError, match="articles lack text_key"):
        assign_versions(pl.DataFrame(schema=SCHEMA).drop("text_key"))


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_order_of_arrival_does_not_matter(seed: int):
    rng = random.Random(seed)
    rows = [
        article(
            f"art_{number}", rng.randrange(24), day=rng.choice((5, 6, 9)),
            headline=rng.choice(("River rises", "River rises again", "Budget vote")),
            body=rng.choice((TEXT, OTHER, TEXT + " New.", TEXT + OTHER)), url=rng.choice((None, "https://b.example/1", "https://b.example/2")),
        )
        for number in range(12)
    ]  # fmt: skip
    expected = chains(*rows)
    rng.shuffle(rows)
    assert chains(*rows) == expected
    current = [first for first, _, is_current, _ in expected.values() if is_current]
    assert sorted(current) == sorted({first for first, *_ in expected.values()}), (
        "one current version a chain"
    )


def test_sample_feed_has_two_second_versions():
    rows = []
    for document in read_sources([SEEDS / "sample"], Settings()):
        if isinstance(document, RawDocument) and document.source_uri.endswith(".txt"):
            found = clean_document(document)
            name = document.source_uri.rpartition("/")[2]
            times = {
                "published_at": found.published_at and found.published_at.replace(tzinfo=None),
                "fetched_at": datetime(2026, 2, 20),
            }
            rows.append(
                article(
                    name,
                    outlet_name=found.outlet_name,
                    headline=found.headline,
                    body=found.body,
                    url=found.url,
                    **times,
                )
            )
    assert len(rows) >= 16
    assert {key: value[:2] for key, value in chains(*rows).items() if value[1] > 1} == {
        "09_post.txt": ("08_post.txt", 2),
        "24_borderlands.txt": ("23_borderlands.txt", 2),
    }


def test_database_is_brought_up_to_date_once():
    con = duckdb.connect()
    apply_schema(con)
    for row in (article("a", 9), article("b", 12, body=TEXT.replace("forty", "sixty"))):
        con.execute(
            "INSERT INTO raw.documents BY NAME SELECT ? AS document_id, ? AS source_uri, ? AS "
            "fetched_at, 'article' AS status, 'r' AS run_id",
            ["doc_" + row["article_id"], row["article_id"], row["fetched_at"]],
        )
        stored = {
            name: row[name]
            for name in (
                "article_id",
                "outlet_name",
                "headline",
                "body",
                "published_at",
                "text_key",
            )
        }
        stored |= {"document_id": "doc_" + row["article_id"], "origin": "test", "run_id": "r"}
        con.execute(
            f"INSERT INTO core.articles ({', '.join(stored)}) VALUES ({', '.join('?' * len(stored))})",
            list(stored.values()),
        )
    assert [resolve_versions(con), resolve_versions(con)] == [2, 0]
    rows = con.execute(
        "SELECT article_id, first_version_id, version, is_current FROM core.articles ORDER BY ALL"
    ).fetchall()
    con.close()
    assert rows == [("a", "a", 1, False), ("b", "a", 2, True)]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://www.Bugle.example/News/River?utm_source=a&id=7&fbclid=x#top",
            "bugle.example/News/River?id=7",
        ),
        ("http://amp.bugle.example/river/amp/", "bugle.example/river"),
        ("https://bugle.example/river?share", "bugle.example/river"),
        ("https://bugle.example/river?shares=3", "bugle.example/river?shares=3"),
        ("https://bugle.example/river.html", "bugle.example/river.html"),
        ("https://bugle.example/", None),
        ("https://bugle.example/?utm_medium=x", None),
        ("", None),
        (None, None),
    ],
)
def test_url_key(url: str | None, expected: str | None):
    assert (
        pl.DataFrame({"url": [url]}, schema={"url": pl.String}).select(url_key()).item() == expected
    )
