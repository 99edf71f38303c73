"""Outlet profiles: lines that an outlet repeats leave the text, background that it repeats
stays."""

import pytest

from newsledger.clean.lines.profile import drop_furniture, is_off_topic
from newsledger.ledger.copies.outlet_lines import Printing, count_apart
from newsledger.model.records import Article, Line
from newsledger.run.plan import RunOptions
from newsledger.run.runner import run_all
from newsledger.store.database import open_published
from tests.runs import use_data

APPEAL = (
    "Puffins and lanterns belong together, which is why our members knit four hundred "
    "woollen hats for lighthouse keepers every winter."
)
BACKGROUND = (
    "The ferry Morwenna ran aground in the strait in March, and the repair at the yard "
    "of Port Alder has taken the council and its owners nine months."
)
STORIES = {
    "Ferry repair costs council a million": "The council of Port Alder will pay one million pounds for the repair of "
    "the ferry Morwenna, its leader said on Monday.",
    "Ferry owners go to court over repair": "The owners of the ferry Morwenna went to court on Tuesday over the "
    "repair, which the council of Port Alder pays for.",
    "Court hears captain of stranded ferry": "The captain of the ferry Morwenna told a court on Wednesday that no "
    "buoy marked the strait when the ship ran aground.",
    "Ferry sails again after long repair": "The ferry Morwenna sailed again on Friday after a repair of nine "
    "months, and the council of Port Alder was on board.",
}


def page(headline: str, text: str) -> str:
    more = (
        "Passengers had waited for it at the pier for three hours, the harbour master said, "
        "and nobody complained about the weather."
    )
    return f"{headline}\n\nBy Ana Silva\n4 May 2026 10:00 BST\n\n{text}\n\n{more.replace('three', str(len(text)))}\n\n{BACKGROUND}\n\n{APPEAL}\n\nThe council meets again next week, its leader said, in the hall beside the pier.\n\n© The Albion Daily\n"


def make_article(*paragraphs: str) -> Article:
    lines, position = [], 0
    for number, text in enumerate(paragraphs, 1):
        lines.append(
            Line(
                number,
                position,
                position + len(text),
                text,
                "body",
                "line model",
                position,
                position + len(text),
            )
        )
        position += len(text) + 2
    return Article("art_1", "doc_1", "\n\n".join(paragraphs), lines=tuple(lines))


def test_repeated_line_that_is_off_topic_leaves_the_body():
    texts = list(STORIES.values())
    article = drop_furniture(make_article(*texts, APPEAL, BACKGROUND), {APPEAL: 3, BACKGROUND: 9})
    assert article.body == "\n\n".join([*texts, BACKGROUND])
    assert [line.role for line in article.lines] == ["body"] * 4 + ["other", "body"]
    assert article.lines[4].rule == "outlet profile: in 3 articles or more"
    assert all(
        article.body[line.start : line.end] == line.text
        for line in article.lines
        if line.role == "body"
    )


def test_two_articles_make_no_profile():
    article = make_article(*STORIES.values(), APPEAL)
    assert drop_furniture(article, {APPEAL: 2}) == article


def test_a_text_printed_again_is_kept_whole():
    article = make_article(APPEAL, "A short line.")
    assert drop_furniture(article, {APPEAL: 5}) == article


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (APPEAL, True),
        (BACKGROUND, False),
        ("Analysis", False),
        ("Lifeguards said nobody was swimming.", False),  # somebody's words, however often
    ],
)
def test_off_topic(text, expected):
    assert is_off_topic(text, "\n\n".join([*STORIES.values(), text])) is expected


COUNT = (
    "The count has begun in Lublica, the electoral commission said on Sunday evening "
    "after polls had closed."
)


@pytest.mark.parametrize(
    ("printings", "expected"),
    [
        (
            [
                Printing(f"live: {news}", "https://a.example/live", f"{news}.\n\n{COUNT}")
                for news in ("polls close", "Petrov leads", "Petrov wins")
            ],
            1,
        ),
        (
            [
                Printing(
                    f"bus overturns, {hurt} hurt",
                    f"https://a.example/{hurt}",
                    f"{hurt} hurt.\n\n{COUNT}",
                )
                for hurt in (14, 17, 19)
            ],
            1,
        ),
        (
            [
                Printing("weather", f"https://a.example/{day}", f"Rain {day}.\n\n{COUNT}")
                for day in (1, 2, 3)
            ],
            1,
        ),
        ([Printing(name.lower(), None, f"{text}\n\n{COUNT}") for name, text in STORIES.items()], 3),
    ],
)
def test_versions_of_an_article_count_once(printings, expected):
    assert count_apart(printings) == expected


@pytest.fixture(scope="module")
def bodies(tmp_path_factory):
    """Bodies by headline: all articles in one run, and in two runs from the last; and whether one
    more run changed anything."""
    found = {}
    for name, order in {
        "at once": [list(STORIES)],
        "from the last": [list(STORIES)[2:], list(STORIES)[:2]],
    }.items():
        root = tmp_path_factory.mktemp("profile")
        with use_data(root):
            for number, headlines in enumerate(order):
                folder = root / f"in{number}"
                folder.mkdir()
                for headline in headlines:
                    (folder / f"{headline}.txt").write_text(
                        page(headline, STORIES[headline]), "utf-8"
                    )
                result = run_all(RunOptions(sources=(str(folder),), report=None))
            again = run_all(RunOptions(sources=(str(root / "in0"),), report=None))
            with open_published(root / "newsledger.duckdb") as con:
                rows = con.execute(
                    "SELECT headline, outlet_name, body FROM core.articles ORDER BY ALL"
                ).fetchall()
                shown = con.execute(
                    "SELECT article_count, body_count FROM mart.outlet_lines WHERE text = ?",
                    [APPEAL],
                ).fetchall()
        found[name] = (rows, shown, again.is_changed, result.counts.documents)
    return found


def test_profile_reaches_back_and_does_not_depend_on_the_order(bodies):
    rows = bodies["at once"][0]
    assert len(rows) == 4
    assert not any(APPEAL in body for _, _, body in rows)
    assert all(BACKGROUND in body for _, _, body in rows)
    assert rows == bodies["from the last"][0]


def test_profile_is_shown_and_stable(bodies):
    for _, shown, is_changed, _ in bodies.values():
        assert shown == [(4, 0)]
        assert not is_changed


def test_what_is_read_again_is_not_counted_again(bodies):
    assert bodies["at once"][3] == 4
    assert bodies["from the last"][3] == 2
