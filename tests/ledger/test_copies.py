"""Copies: the sample feed's groups exactly, and the cases that look like copies."""

import datetime

import polars as pl
import pytest

from newsledger.ledger.copies.find import find_copies, find_dropped
from tests.ledger.sample import list_groups, read_articles, read_truth

OWN = (
    "The mayor opened the new footbridge over the canal on Saturday in front of some two "
    "hundred guests, most of them children. "
    "It replaces the ferry that had carried walkers across since the spring of last "
    "year, when the old bridge was taken down."
)
OTHER = (
    "A choir from the school beside the lock sang before the ribbon was cut, and a baker "
    "handed out rolls in the shape of a barge. "
    "Builders needed fourteen months for the work, two more than planned, because the "
    "ground on the north bank was softer than expected."
)
STATEMENT = (
    "“We promised a bridge that a child on a bicycle can cross without fear, we kept "
    "that promise to the day, and we will keep the next "
    "one as well, because nobody in this town should have to wait for a ferry in the "
    "rain to get to school,” the mayor wrote."
)


def make_articles(
    *bodies: str, outlets: tuple[str, ...] | None = None, days: tuple[int, ...] | None = None
) -> pl.DataFrame:
    count = len(bodies)
    return pl.DataFrame({
        "article_id": [f"a{n}" for n in range(count)], "first_version_id": [None] * count,
        "outlet_name": list(outlets or (f"Outlet {n}" for n in range(count))), "headline": [f"Headline {n}" for n in range(count)],
        "published_at": [datetime.datetime(2026, 3, 1) + datetime.timedelta(days=n) for n in days or range(count)],
        "agency_name": [None] * count, "body": list(bodies),
    }, schema_overrides={"first_version_id": pl.String, "agency_name": pl.String, "outlet_name": pl.String, "headline": pl.String, "body": pl.String, "article_id": pl.String, "published_at": pl.Datetime})  # fmt: skip


def test_groups_of_the_sample_feed_are_exact():
    copies = find_copies(read_articles())
    assert list_groups(copies, "copy_group_id") == sorted(
        sorted(group) for group in read_truth()["copy_groups"].values()
    )


def test_order_of_arrival_does_not_matter():
    articles = read_articles()
    assert find_copies(articles.sample(fraction=1, shuffle=True, seed=5)).equals(
        find_copies(articles)
    )


def test_a_copy_is_credited_to_the_agency_of_its_group():
    copies = find_copies(read_articles()).filter(pl.col("article_id") == "02_courier.txt")
    assert copies["agency_name"].to_list() == ["Meridian News Agency"]
    assert copies["role"].to_list() == ["shortened"]


def test_shortened_copy_names_what_it_dropped():
    copies = find_copies(make_articles(f"{OWN}\n\n{OTHER}", OWN))
    assert copies["role"].to_list() == ["first", "shortened"]
    assert copies["dropped_paragraphs"].to_list() == [[], [1]]


def test_shared_statement_is_no_copy():
    assert (
        find_copies(make_articles(f"{OWN}\n\n{STATEMENT}", f"{OTHER}\n\n{STATEMENT}")).height == 0
    )


def test_line_an_outlet_repeats_is_no_copy():
    line = (
        "Our reporters have walked every street of this town since 1910, and with your help "
        "they will go on walking for years to come. " * 3
    )
    leads = (OWN, OTHER, " ".join(reversed(OWN.split())), " ".join(reversed(OTHER.split())))
    articles = make_articles(*(f"{lead}\n\n{line}" for lead in leads), outlets=("One",) * 4)
    assert find_copies(articles).height == 0


def test_same_text_outside_the_window_is_no_copy():
    assert find_copies(make_articles(OWN, OWN, days=(0, 40))).height == 0


def test_round_up_does_not_join_two_texts():
    copies = find_copies(make_articles(f"{OWN}\n\n{OTHER}", OWN, OTHER))
    assert copies["copy_group_id"].n_unique() == 1
    assert copies.height == 2


@pytest.mark.parametrize(
    "bodies", [(), ("",), ("", ""), ("short", "short"), ("🙂" * 50, "🙂" * 50)]
)
def test_any_text_is_compared(bodies):
    assert find_copies(make_articles(*bodies)).height == 0


def test_dropped_paragraphs_are_numbered_from_zero():
    assert find_dropped(f"{OWN}\n\n{OTHER}", OTHER) == [0]
