"""Differences between versions and between copies: paragraphs, sentences, claims, fields."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.ledger.diff import ArticleDiff, ClaimLine, describe_diff, diff_articles, diff_texts
from newsledger.model.records import Article

OLD = Article(
    "art_1", "doc_1", headline="River rises", authors=("Ana Silva",),
    body="The river rose by two metres on Friday, the mayor said.\n\nPolice said two people " "were killed. A road is closed.\n\n"
    "“We did everything,” the water board said, and denied that a gate was left " "open.\n\nSchools open on Monday.",
)  # fmt: skip


def kinds(changes) -> list[tuple]:
    return [(change.kind, change.old_no, change.new_no) for change in changes]


def test_same_article_has_no_difference():
    assert diff_articles(OLD, OLD) == ArticleDiff()
    assert describe_diff(ArticleDiff(), "a", "b") == "a and b say the same, word for word."


def test_changed_sentence_of_a_paragraph():
    (change,) = diff_texts(OLD.body, OLD.body.replace("two people were", "one person was"))
    assert (change.kind, change.old_no, change.new_no) == ("changed", 2, 2)
    assert [(item.old_text, item.new_text) for item in change.sentences] == [
        ("Police said two people were killed.", "Police said one person was killed.")
    ]


def test_dropped_added_and_moved_paragraphs():
    parts = OLD.body.split("\n\n")
    new = "\n\n".join(
        [parts[0], parts[3], "A new paragraph about pumps, boats and volunteers.", parts[1]]
    )
    assert kinds(diff_texts(OLD.body, new)) == [
        ("added", None, 3),
        ("moved", 2, 4),
        ("dropped", 3, None),
    ]


def test_typographic_marks_and_spaces_are_no_change():
    assert (
        diff_texts(
            OLD.body,
            OLD.body.replace("“", '"').replace("”", '"').replace("Friday, the", "Friday,  the"),
        )
        == ()
    )


def test_copy_that_dropped_the_denial():
    claims = [
        ClaimLine("a gate was left open", "the water board", OLD.body.index("a gate")),
        ClaimLine("two people were killed", "Police", 65),
    ]
    new = replace(OLD, body="\n\n".join(OLD.body.split("\n\n")[:2]), headline="River rises in town")
    diff = diff_articles(OLD, new, claims, claims[1:])
    assert kinds(diff.paragraphs) == [("dropped", 3, None), ("dropped", 4, None)]
    (dropped,) = diff.claims
    assert (dropped.kind, dropped.old_paragraph_no, dropped.old) == ("dropped", 3, claims[0])
    text = describe_diff(diff, "The Bugle", "The Echo")
    assert "- the water board: a gate was left open (paragraph 3)" in text
    assert "headline:\n- River rises\n+ River rises in town" in text


def test_claim_with_another_figure_is_changed():
    old, new = (
        ClaimLine("two people were killed in the floods", "Police", 65),
        ClaimLine("one person was killed in the floods", "Police", 65),
    )
    (change,) = diff_articles(OLD, OLD, [old], [new]).claims
    assert (change.kind, change.old, change.new, change.old_paragraph_no) == (
        "changed",
        old,
        new,
        2,
    )


def test_claim_of_another_speaker_is_changed():
    old, new = (
        ClaimLine("the road is closed until Monday", "Police"),
        ClaimLine("the road is closed until Monday", "a driver"),
    )
    assert [change.kind for change in diff_articles(OLD, OLD, [old], [new]).claims] == ["changed"]


def test_repeated_paragraphs_are_matched_one_by_one():
    assert kinds(
        diff_texts("Same.\n\nSame.\n\nOther thing here.", "Same.\n\nOther thing here.")
    ) == [("dropped", 2, None)]


def test_long_unlike_texts_end_quickly():
    old = "\n\n".join(f"Paragraph {number} about the river and the town." for number in range(3000))
    new = "\n\n".join(f"Item {number} on council fees." for number in range(3000))
    assert len(diff_texts(old, new)) == 6000


@settings(max_examples=150, deadline=None)
@given(old=st.text(max_size=200), new=st.text(max_size=200))
def test_any_texts(old: str, new: str):
    changes = diff_texts(old, new)
    assert diff_texts(old, old) == ()
    describe_diff(ArticleDiff(paragraphs=changes))
    assert not any(change.kind == "added" for change in diff_texts(old, ""))
