"""Saved pages: what is the article, and which of its titles, authors and times count."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.clean.laid_out import Page
from newsledger.clean.page.html import read_page
from newsledger.lexicon.outlets import find_agency

URL = "https://pierpost.example/harbour"
LEAD = (
    "The harbour of Port Alder will be dredged before the winter, the harbour master "
    "said, because two ferries ran aground in August."
)
SECOND = (
    "Work begins on Monday and takes nine weeks, during which only one of the three "
    "piers can be used by the island ferries."
)
THIRD = (
    "Fishermen fear for the oyster beds, and the council has promised to measure the "
    "water every day while the dredgers are at work."
)


def make_page(*, head: str = "", before: str = "", inside: str = "", after: str = "") -> str:
    return (
        f"<html><head><title>Port Alder harbour to be dredged | The Pier Post</title>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Port Alder harbour to be dredged</h1>{before}<p>{LEAD}</p>{inside}<p>{SECOND}</p><p>{THIRD}</p></article>{after}</body></html>"
    )


def read_lines(page: str) -> list[str]:
    return read_page(page, URL).body.split("\n\n")


def test_body_is_the_paragraphs_without_the_title():
    assert read_lines(make_page()) == [LEAD, SECOND, THIRD]


@pytest.mark.parametrize(
    "junk",
    [
        "<p><a href='/x'>READ MORE: Ferry runs aground off Port Alder</a></p>",
        "<h3><a href='/y'>Five walks along the coast</a></h3>",
        "<aside><p>The dredgers were built in Port Alder itself.</p></aside>",
        "<div class='newsletter-signup'><p>Sign up to our newsletter and get the news of the "
        "harbour in your inbox every morning.</p></div>",
        "<figure><img src='x.jpg'><figcaption>The dredger at the northern pier on Monday. "
        "(Photo: Ana Silva)</figcaption></figure>",
        "<p>Sign in or create an account to comment.</p>",
    ],
    ids=["link", "linked heading", "aside", "newsletter", "caption", "log-in"],
)
def test_what_is_not_the_articles_own_words_is_taken_out(junk):
    assert read_lines(make_page(inside=junk)) == [LEAD, SECOND, THIRD]


def test_a_quotation_inside_a_link_ends_the_text():
    said = (
        "“Nobody will be left on the far bank of the river tonight,” said Omar Haddad, the mayor."
    )
    page = make_page().replace(THIRD, f"<a href='/b'>{THIRD}</a>")
    page = page.replace(
        f"<a href='/b'>{THIRD}</a></p>",
        f"<a href='/b'>{THIRD}</a></p><blockquote><a href='/c'>{said}</a></blockquote>",
    )
    assert read_lines(page) == [LEAD, SECOND, THIRD, said]


def test_a_link_inside_a_paragraph_stays():
    linked = (
        "The <a href='/c'>council</a> published its plan on Tuesday and will answer "
        "questions about it in the town hall for two weeks."
    )
    assert any(
        "council published its plan" in line
        for line in read_lines(make_page(inside=f"<p>{linked}</p>"))
    )


def roles_of(page: str) -> dict[str, str]:
    return {line.text: line.role for line in read_page(page, URL).lines}


FULL = make_page(
    before=(
        "<p class='standfirst'>Two ferries ran aground in August. Now the dredgers "
        "come.</p><div class='byline'>By Ana Silva</div>"
        "<time datetime='2026-05-04T07:30:00+01:00'>4 May 2026 07:30 BST</time>"
    ),
    inside="<figure><img src='x.jpg'><figcaption>The dredger at the northern pier on "
    "Monday.</figcaption></figure>",
    after=(
        "<p>Correction: an earlier version of this article named the wrong pier.</p><section "
        "class='related-stories'><h3>Most read</h3>"
        "<ul><li><a href='/walks'>Five walks along the "
        "coast</a></li></ul></section><footer>© The Pier Post. All rights reserved.</footer>"
    ),
)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Home", "nav"),
        ("Port Alder harbour to be dredged", "headline"),
        ("By Ana Silva", "byline"),
        ("4 May 2026 07:30 BST", "published_at"),
        (LEAD, "body"),
        ("The dredger at the northern pier on Monday.", "caption"),
        ("Correction: an earlier version of this article named the wrong pier.", "correction"),
        ("Most read", "related"),
        ("Five walks along the coast", "related"),
        ("© The Pier Post. All rights reserved.", "copyright"),
    ],
)
def test_role(text, role):
    assert roles_of(FULL)[text] == role


def test_what_stands_around_the_text_is_read_from_its_lines():
    page = read_page(FULL, URL)
    assert (page.authors, page.standfirst) == (
        ("Ana Silva",),
        "Two ferries ran aground in August. Now the dredgers come.",
    )
    assert page.published.at.isoformat() == "2026-05-04T06:30:00+00:00"
    assert page.correction.startswith("Correction: an earlier version")


@pytest.mark.parametrize(
    ("foot", "agency"),
    [
        ("<p>© 2026 The Associated Press. All rights reserved.</p>", "Associated Press"),
        ("<p>Reporting by Ana Silva for Reuters.</p>", "Reuters"),
        ("<figure><figcaption>The pier. (AP Photo/Jon Roe)</figcaption></figure>", None),
        ("<figure><figcaption>Image copyright Reuters</figcaption></figure>", None),
    ],
    ids=["copyright line", "reporting by", "credit of a photo", "copyright of a picture"],
)
def test_agency_is_that_of_the_text(foot, agency):
    assert find_agency(read_page(make_page(after=foot), URL).credits) == agency


def test_lines_slice_back():
    page = read_page(FULL, URL)
    assert all(page.text[line.page_start : line.page_end] == line.text for line in page.lines)
    assert all(
        page.body[line.start : line.end] == line.text
        for line in page.lines
        if line.start is not None
    )
    assert "\n\n".join(line.text for line in page.lines if line.role == "body") == page.body


def test_a_correction_is_no_text():
    assert "wrong pier" not in read_page(FULL, URL).body


def test_a_long_paragraph_with_a_phrase_of_an_appeal_stays():
    long = (
        "The ferry company said that passengers who donate their deposit to the lifeboat fund "
        + "will find their names on a board at the pier, " * 5
    )
    assert long.strip() in read_page(make_page(inside=f"<p>{long}</p>"), URL).body


def test_a_second_copy_for_printing_is_dropped():
    copy = f"<div class='print-version'><div>{LEAD} {SECOND} {THIRD}</div></div>"
    assert read_page(make_page(after=copy), URL).body.count("oyster beds") == 1


def test_cells_of_a_row_are_one_line():
    table = (
        "<table><tr><th>Pier</th><th>Ferries a "
        "day</th></tr><tr><td>North</td><td>12</td></tr></table>"
    )
    assert "Pier | Ferries a day" in [
        line.text for line in read_page(make_page(inside=table), URL).lines
    ]


def test_what_a_feed_carries_is_the_article_but_for_captions_and_appeals():
    text = f"<p>{LEAD}</p><figure><figcaption>The dredger.</figcaption></figure><p>It was late.</p><p>Sign in to read on.</p>"
    assert read_page(text, URL, is_article=True).body == f"{LEAD}\n\nIt was late."


def test_a_page_without_an_article_has_lines_but_no_text():
    page = read_page(
        "<html><body><nav><a href='/a'>Home</a></nav><ul><li><a "
        "href='/b'>World</a></li></ul></body></html>",
        None,
    )
    assert page.body == ""
    assert [line.text for line in page.lines] == ["Home", "World"]


@pytest.mark.parametrize("page", ["", " ", "\x00", "<", "<!-- -->", "<html></html>"])
def test_an_empty_page_is_an_empty_page(page):
    assert read_page(page, None).body == ""


def test_a_page_of_nested_tags_is_read_in_time():
    assert isinstance(read_page("<div>" * 50_000 + LEAD, None), Page)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/=\"'&;abp h1meta\n\x00é“"), max_size=400))
def test_no_page_raises(page):
    assert isinstance(read_page(page, None).body, str)


@pytest.mark.parametrize("tag", ["div", "b", "ul><li"])
def test_page_nested_deeply_is_read(tag):
    """Pages with hundreds of tags that are never closed."""
    paragraphs = "".join(
        f"<p>The harbour of Port Alder will be dredged in week {n}, the harbour master said on Monday.</p>"
        for n in range(9)
    )
    page = read_page(
        f"<html><body>{f'<{tag}>' * 600}<h1>Port Alder harbour</h1>{paragraphs}</body></html>"
    )
    assert page.body.count("harbour master said") == 9


def test_list_and_table_inside_a_text_are_text():
    page = read_page(
        "<html><body><nav><ul><li><a href='/'>Home</a></li><li><a "
        "href='/sea'>Sea</a></li></ul></nav><article><h1>Port Alder harbour</h1>"
        "<p>The harbour of Port Alder will be dredged before the winter, the harbour master "
        "said on Monday, because two ferries ran aground.</p>"
        "<ul><li>nine weeks of work</li><li>one pier of three</li></ul>"
        "<table><tr><th>Year</th><th>Ferries</th></tr><tr><td>2019</td><td>412</td></tr></table>"
        "<p>Work begins next week and takes nine weeks, during which only one of the three "
        "piers can be used by the island ferries.</p>"
        "<ul><li><a href='/a'>Ferry runs aground</a></li><li><a href='/b'>Mayor "
        "resigns</a></li></ul>"
        "<p>Fishermen who work the oyster beds south of the town are not so sure about that, "
        "and want to be paid for the loss.</p>"
        "</article></body></html>"
    )
    assert all(text in page.body for text in ("one pier of three", "2019 | 412"))
    assert "Mayor resigns" not in page.body


def test_time_beside_the_name_of_the_author():
    paragraphs = "".join(
        f"<p>The harbour of Port Alder will be dredged in week {n}, the harbour master said on Monday.</p>"
        for n in range(4)
    )
    page = read_page(
        f"<html><body><article><h1>Port Alder harbour</h1><span>Ana Silva</span><span>Updated 14:05 BST, 4 June 2024</span>{paragraphs}</article></body></html>"
    )
    assert page.authors == ("Ana Silva",)
    assert page.published.at.isoformat() == "2024-06-04T13:05:00+00:00"


def test_author_is_linked_where_nothing_else_names_one():
    page = make_page(before="<p><a href='/authors/ana-silva'>Ana Silva</a></p>")
    assert read_page(page).authors == ("Ana Silva",)


def test_names_of_commenters_are_no_authors():
    page = make_page(
        after="<div class='comments'><div class='comment-author'>Jon Roe</div><p>Ferries are "
        "late again.</p></div>"
    )
    assert read_page(page).authors == ()


def test_teasers_and_dated_captions_are_no_text():
    teasers = [
        f"{name} has opened its new ferry terminal to the public after nine years of work that cost the town…"
        for name in ("Alder", "Brook", "Corby")
    ]
    caption = "Divers search the ferry in Port Alder on May 4, 2024."
    page = make_page(inside="".join(f"<p>{text}</p>" for text in (caption, *teasers)))
    assert {caption: "caption"} | dict.fromkeys(teasers, "related") == {
        text: role for text, role in roles_of(page).items() if text in {caption, *teasers}
    }


def test_lines_of_the_time_above_the_first_sentence_are_no_text():
    line = "Published 14 Jan 2026, 22:05 CET · Updated 15 Jan 2026, 08:10 CET"
    page = read_page(make_page(before=f"<p>{line}</p>"), URL)
    assert page.body.split("\n\n") == [LEAD, SECOND, THIRD]
    assert page.published
    assert page.published.at.isoformat() == "2026-01-14T21:05:00+00:00"
    assert page.modified
    assert page.modified.at.isoformat() == "2026-01-15T07:10:00+00:00"


def test_letters_that_nobody_sees_leave_the_words():
    page = read_page(make_page().replace("dredged before", "dred&shy;ged be\u200bfore"), URL)
    assert page.body.split("\n\n") == [LEAD, SECOND, THIRD]


@pytest.mark.parametrize(
    "junk",
    [
        "<p><strong>READ MORE: <a href='/x'>Ferry runs aground off Port Alder in the "
        "fog</a></strong></p>",
        "<p>Advertisement</p>",
    ],
)
def test_a_link_behind_words_and_the_word_of_an_advertisement_are_no_text(junk):
    assert read_lines(make_page(inside=junk)) == [LEAD, SECOND, THIRD]


def test_dateline_below_a_standfirst():
    page = read_page(
        make_page(
            before="<p>Two ferries ran aground in the harbour of the small town this year.</p>"
        ).replace(f"<p>{LEAD}", f"<p>PORT ALDER (AP) — {LEAD}")
    )
    assert page.dateline_place == "Port Alder"


def test_names_and_times_of_other_stories_are_not_the_articles():
    page = make_page(
        after="<aside><h4>More news</h4><p><a href='/x'>Ferry runs aground</a> 9 March 2024</p>"
        "<a rel='author'>Kim Doe</a></aside>"
    )

    read = read_page(page, URL)

    assert (read.authors, read.published) == ((), None)
