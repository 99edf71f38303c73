"""Saved pages: what is the article, and which of its titles, authors and times count."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.clean.html import read_body, read_metadata

LEAD = "The harbour of Port Alder will be dredged before the winter, the harbour master said, because two ferries ran aground in August."
SECOND = "Work begins on Monday and takes nine weeks, during which only one of the three piers can be used by the island ferries."
THIRD = "Fishermen fear for the oyster beds, and the council has promised to measure the water every day while the dredgers are at work."


def make_page(*, head: str = "", before: str = "", inside: str = "", after: str = "") -> str:
    return (
        f"<html><head><title>Port Alder harbour to be dredged | The Pier Post</title>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Port Alder harbour to be dredged</h1>{before}<p>{LEAD}</p>{inside}<p>{SECOND}</p><p>{THIRD}</p></article>{after}</body></html>"
    )


def read_lines(page: str) -> list[str]:
    return read_body(page, "https://pierpost.example/harbour").splitlines()


def test_body_is_the_paragraphs_without_the_title():
    assert read_lines(make_page()) == [LEAD, SECOND, THIRD]


@pytest.mark.parametrize(
    "junk",
    [
        "<p><a href='/x'>READ MORE: Ferry runs aground off Port Alder</a></p>",
        "<blockquote class='twitter-tweet'><p>Look at this dredger in our harbour today, it is huge</p>— Ana (@ana) <a href='/t'>May 1</a></blockquote>",
        "<h3><a href='/y'>Five walks along the coast</a></h3>",
    ],
    ids=["link", "post", "linked heading"],
)
def test_what_is_not_the_articles_own_words_is_taken_out(junk):
    assert read_lines(make_page(inside=junk)) == [LEAD, SECOND, THIRD]


def test_a_link_inside_a_paragraph_stays():
    linked = "The <a href='/c'>council</a> published its plan on Tuesday and will answer questions about it in the town hall for two weeks."
    assert any("council published its plan" in line for line in read_lines(make_page(inside=f"<p>{linked}</p>")))


def meta(name: str, content: str) -> str:
    return f"<meta property='{name}' content='{content}'>"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param("", "Port Alder harbour to be dredged", id="heading"),
        pytest.param(meta("og:title", "Port Alder harbour to be dredged - The Pier Post"), "Port Alder harbour to be dredged", id="site cut"),
        pytest.param(
            meta("og:title", "Dredgers come to Port Alder") + meta("twitter:title", "Dredgers come to Port Alder"),
            "Dredgers come to Port Alder", id="shared twice",
        ),
        pytest.param(
            meta("og:title", "You will not believe this harbour")
            + "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"Port Alder harbour to be dredged\"}</script>",
            "Port Alder harbour to be dredged", id="heading and linked data agree",
        ),
    ],
)  # fmt: skip
def test_title(head, expected):
    assert read_metadata(make_page(head=head), None)["title"] == expected


def linked_authors(authors: str) -> str:
    return (
        "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"Port Alder harbour to be dredged\", "
        f"\"author\": {authors}, \"publisher\": {{\"name\": \"The Pier Post\"}}, \"datePublished\": \"2026-05-04T07:30:00+01:00\"}}</script>"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ('[{"name": "Ana Silva"}, {"name": "Jon Roe"}]', ["Ana Silva", "Jon Roe"]),
        ('[{"name": "Ana Silva"}, {"name": "The Pier Post"}]', ["Ana Silva"]),
        ('{"name": "The Pier Post"}', ["The Pier Post"]),
        ('["Ana Silva", "Ana-Silva", "https://pierpost.example/ana"]', ["Ana Silva"]),
    ],
)
def test_authors(authors, expected):
    assert read_metadata(make_page(head=linked_authors(authors)), None)["authors"] == expected


def test_time_is_kept_with_its_zone():
    stamp = read_metadata(make_page(head=linked_authors('"Ana Silva"')), None)["stamp"]
    assert (stamp.at.isoformat(), stamp.utc_offset_minutes) == ("2026-05-04T06:30:00+00:00", 60)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/=\"'&;abp h1meta\n\x00é“"), max_size=400))
def test_no_page_raises(page):
    assert isinstance(read_body(page, None), str)
    assert isinstance(read_metadata(page, None), dict)
