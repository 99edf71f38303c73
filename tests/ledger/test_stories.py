"""Stories: the sample feed's stories exactly, ids that stay."""

import datetime

import numpy as np
import polars as pl

from newsledger.ledger.copies.find import find_copies
from newsledger.ledger.stories.find import (
    UNIT,
    find_neighbours,
    group_articles,
    link_groups,
    name_stories,
    stack_vectors,
)
from tests.ledger.sample import list_groups, read_articles, read_truth


def group_copies() -> dict[str, str]:
    return dict(find_copies(read_articles()).select("article_id", "copy_group_id").iter_rows())


def find_stories(articles: pl.DataFrame) -> dict[str, str]:
    return name_stories(group_articles(articles, group_copies()))


def test_stories_of_the_sample_feed_are_exact():
    stories = pl.DataFrame(
        list(find_stories(read_articles()).items()),
        schema=["article_id", "story_id"],
        orient="row",
    )
    assert list_groups(stories, "story_id") == sorted(
        sorted(group) for group in read_truth()["stories"].values()
    )


def test_order_of_arrival_does_not_matter():
    articles = read_articles()
    shuffled = articles.sample(fraction=1, shuffle=True, seed=5)
    assert find_stories(shuffled) == find_stories(articles)


def test_a_story_keeps_its_id_when_a_later_article_joins():
    articles = read_articles().sort("published_at", "article_id")
    before, after = find_stories(articles.head(-3)), find_stories(articles)
    assert {article: after[article] for article in before} == before


def test_without_a_day_more_likeness_is_asked():
    matrix = stack_vectors([{"bridge": UNIT}, {"bridge": UNIT // 4}])
    day = np.int64(1)
    assert find_neighbours(matrix, np.array([day, day]))[0] == [(1, 0.25)]
    assert find_neighbours(matrix, np.array([day, -day]))[0] == []


def test_without_a_day_outbreaks_of_other_countries_are_apart():
    one, other = (
        {"fever": UNIT // 2, "ferry": UNIT // 2, country: UNIT // 4}
        for country in ("danish", "greece")
    )
    assert link_groups([one, other], {(0, 1): 0.5}) == [[0, 1]]
    assert link_groups([one, other], {(0, 1): 0.5}, {1}) == [[0], [1]]


def group_texts(*texts: tuple[str, str]) -> list[list[str]]:
    frame = pl.DataFrame(
        {
            "article_id": [f"a{n}" for n in range(len(texts))],
            "outlet_name": [f"Outlet {n}" for n in range(len(texts))],
            "headline": [headline for headline, _ in texts],
            "published_at": [datetime.datetime(2024, 5, 6, n) for n in range(len(texts))],
            "body": [body for _, body in texts],
        }
    )
    return sorted(sorted(group) for group in group_articles(frame, {}))


CHARGED = (
    "Prosecutors charged Anna Verhoeven, mayor of Larkin, with taking bribes over contracts for the Ostrava "
    "bridge. The bridge collapsed in March."
)  # fmt: skip


def test_an_article_that_lists_the_day_joins_no_story() -> None:
    groups = group_texts(
        ("Mayor of Larkin charged over bridge contracts", CHARGED),
        ("Larkin mayor Verhoeven charged with bribery", CHARGED.replace("Prosecutors", "A court")),
        (
            "10 things you need to know today",
            "The mayor of Larkin was charged over the Ostrava bridge. Shares of Telcor fell after Quentin Moss left. "
            "The orchestra of Bewdley plays Mahler under Irina Saal. A whale was seen off Dunmore by a ferry crew.",
        ),
    )  # fmt: skip

    assert groups == [["a0", "a1"], ["a2"]]


def test_one_word_that_both_repeat_begins_no_story() -> None:
    groups = group_texts(
        (
            "Zubrovka: where the best cafes are",
            "The town has more cafes than any of its size. Our critic walked the old quarter by the river Lune and "
            "drank coffee with Tomas Eberl, who roasts beans.",
        ),
        (
            "Tax on hotels in Zubrovka",
            "The council wants hotels to pay a levy. Guests would be billed by landlords, the treasurer Petra Hald "
            "said, to mend the harbour.",
        ),
    )  # fmt: skip

    assert groups == [["a0"], ["a1"]]


def test_one_famous_name_joins_no_two_events() -> None:
    groups = group_texts(
        (
            "Trump opens golf course in Scotland",
            "Donald Trump cut a ribbon at his golf course near Turnberry and praised the bunkers, while Clinton "
            "spoke of schools in Ohio.",
        ),
        (
            "Trump sues a publisher over a cookbook",
            "Donald Trump wants damages from a publisher of recipes that bear his portrait, and mentioned Clinton. "
            "A judge in Florida will hear him.",
        ),
    )  # fmt: skip

    assert groups == [["a0"], ["a1"]]
