"""Stories: the sample feed's stories exactly, ids that stay."""

from newsledger.graph.group_ids import name_groups
from newsledger.ledger.copies.find import find_copies
from newsledger.ledger.stories.find import find_stories
from tests.ledger.sample import list_groups, read_articles, read_truth


def group_copies() -> dict[str, str]:
    return dict(find_copies(read_articles()).select("article_id", "copy_group_id").iter_rows())


def test_stories_of_the_sample_feed_are_exact():
    stories = find_stories(read_articles(), group_copies())
    assert list_groups(stories, "story_id") == sorted(
        sorted(group) for group in read_truth()["stories"].values()
    )


def test_order_of_arrival_does_not_matter():
    articles = read_articles()
    assert find_stories(articles.sample(fraction=1, shuffle=True, seed=5), group_copies()).equals(
        find_stories(articles, group_copies())
    )


def test_a_story_keeps_its_id_when_an_earlier_article_joins():
    articles = read_articles()
    late = articles.filter(articles["article_id"] != "01_albion.txt")
    before = dict(find_stories(late, group_copies()).iter_rows())
    after = dict(find_stories(articles, group_copies(), before).iter_rows())
    assert {article: after[article] for article in before} == before
    assert after["01_albion.txt"] == before["02_courier.txt"]


def test_an_id_goes_to_one_of_two_groups_only():
    named = name_groups([["a", "b"], ["c"]], {"a": "s_1", "b": "s_1", "c": "s_1"}, "s")
    assert named["s_1"] == ["a", "b"]
    assert len(named) == 2


def test_no_article_makes_no_story():
    assert find_stories(read_articles().clear(), {}).height == 0
