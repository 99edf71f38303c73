"""Which of the titles, authors, times and addresses that a page gives itself count."""

import json

import pytest

from newsledger.clean.authors import clean_names
from newsledger.clean.blocks.blocks import parse_page
from newsledger.clean.machine_times import read_time
from newsledger.clean.page.head import read_head
from newsledger.clean.page.metadata import Metadata, read_metadata

HEADING = "Port Alder harbour to be dredged"
URL = "https://pierpost.example/news/harbour-123"


def read(
    head: str = "",
    *,
    body: str = f"<h1>{HEADING}</h1>",
    title: str = f"{HEADING} | The Pier Post",
    url: str | None = URL,
) -> Metadata:
    return read_metadata(
        read_head(
            parse_page(f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>")
        ),
        url,
    )


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def linked(**values: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **values})}</script>"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param("", HEADING, id="heading"),
        pytest.param(meta("og:title", f"{HEADING} - The Pier Post"), HEADING, id="site cut"),
        pytest.param(meta("og:title", f"{HEADING} | Opinion"), HEADING, id="section cut"),
        pytest.param(meta("og:title", f"{HEADING} next year") + meta("twitter:title", f"{HEADING} next year"), f"{HEADING} next year", id="shared twice"),
        pytest.param(
            meta("og:title", "You will not believe this") + meta("twitter:title", "You will not believe this") + linked(headline=HEADING),
            HEADING, id="teaser for social media",
        ),
        pytest.param(meta("og:title", "Dredgers come to Port Alder") + linked(headline=HEADING), HEADING, id="heading and linked data agree"),
        pytest.param(linked(headline="Alder &#039;dredged&#039;"), "Alder 'dredged'", id="escaped twice"),
    ],
)  # fmt: skip
def test_title(head, expected):
    assert read(head).title == expected


def test_a_part_after_a_dash_is_cut_only_where_it_is_the_site():
    assert (
        read(body="", title="The long way home - a ferry story").title
        == "The long way home - a ferry story"
    )
    assert (
        read(
            meta("og:site_name", "The Pier Post"),
            body="",
            title="The long way home - The Pier Post",
        ).title
        == "The long way home"
    )


@pytest.mark.parametrize(
    ("head", "body", "title", "expected"),
    [
        pytest.param("", f"<h1>Sections</h1><h1>{HEADING}</h1>", f"{HEADING} - Pier", HEADING, id="a menu's heading comes first"),
        pytest.param("", f"<h1>The Pier Post</h1><h1>{HEADING}</h1>", f"The Pier Post: {HEADING}", HEADING, id="a logo is a heading"),
        pytest.param("", "<h1>Menu</h1>", HEADING, HEADING, id="only a menu's heading"),
        pytest.param("", f"<h1>{HEADING}</h1>", "Dredging, ferries, harbour news", HEADING, id="words for search engines"),
        pytest.param(meta("og:title", "Opinion"), f"<h1>Opinion | {HEADING}</h1>", "", f"Opinion | {HEADING}", id="a label is no title"),
        pytest.param(
            meta("og:title", f"{HEADING} | Local news - The Pier Post") + meta("og:site_name", "The Pier Post"), "", "", HEADING, id="section and site cut",
        ),
    ],
)  # fmt: skip
def test_title_among_headings(head, body, title, expected):
    assert read(head, body=body, title=title).title == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (linked(author=[{"name": "Ana Silva"}, {"name": "Jon Roe"}]), ("Ana Silva", "Jon Roe")),
        (linked(author=[{"name": "Ana Silva"}, {"name": "The Pier Post"}], publisher={"name": "The Pier Post"}), ("Ana Silva",)),
        (linked(author={"name": "The Pier Post"}, publisher={"name": "The Pier Post"}), ("The Pier Post",)),
        (linked(author=["Ana Silva", "Ana-Silva", "https://pierpost.example/ana"]), ("Ana Silva",)),
        (linked(author={"name": "Ana Silva,Jon Roe"}), ("Ana Silva", "Jon Roe")),
        (linked(author="By Ana Silva and Jon Roe"), ("Ana Silva", "Jon Roe")),
        (linked(author={"name": "Reuters, Port Alder"}), ("Reuters, Port Alder",)),
        (linked(author=[[{"name": "Ana Silva"}], "Jon Roe"]), ("Ana Silva", "Jon Roe")),
        (linked(author={"name": {"@value": "Ana Silva"}}), ("Ana Silva",)),
        (meta("twitter:label1", "Written by") + meta("twitter:data1", "Ana Silva"), ("Ana Silva",)),
        (meta("twitter:label1", "Reading time") + meta("twitter:data1", "Two Minutes"), ()),
        (meta("author", "Ana Silva"), ("Ana Silva",)),
        (meta("article:author", "https://facebook.com/pierpost") + meta("parsely-author", "Ana Silva"), ("Ana Silva",)),
        (linked(author={"@id": "#ana"}) + "<script type='application/ld+json'>{\"@type\": \"Person\", \"@id\": " "\"#ana\", \"name\": \"Ana Silva\"}</script>", ("Ana Silva",)),
    ],
)  # fmt: skip
def test_authors(head, expected):
    assert read(head).authors == expected


def test_publisher_that_linked_data_points_to():
    graph = (
        '{"@graph": [{"@type": "NewsArticle", "headline": "x", "publisher": {"@id": "#o"}}, '
        '{"@type": "Organization", "@id": "#o", "name": "The Pier Post"}]}'
    )
    assert read(f"<script type='application/ld+json'>{graph}</script>").outlet == "The Pier Post"


def test_a_link_that_says_author_counts_where_nothing_else_does():
    assert read(body=f"<h1>{HEADING}</h1><a rel='author' href='/ana'>Ana Silva</a>").authors == (
        "Ana Silva",
    )


def test_links_to_authors_of_other_articles_do_not_count():
    others = f"<ul><li>{'A long teaser of another article. ' * 6}<a rel='author' href='/kim'>Kim Doe</a></li></ul>"
    byline = (
        "<p>By <a rel='author' href='/ana'>Ana Silva</a> and <a rel='author' "
        "href='/jon'>Jon Roe</a></p>"
    )
    assert read(body=f"{others}<h1>{HEADING}</h1>{byline}{others}").authors == (
        "Ana Silva",
        "Jon Roe",
    )


@pytest.mark.parametrize("place", ["author", "authors", "by", "staff", "profile"])
def test_a_link_to_a_page_about_an_author_is_kept_apart(place):
    body = f"<h1>{HEADING}</h1><p><a href='https://pierpost.example/{place}/ana-silva/'>Ana Silva</a></p><p><a href='/{place}/'>All of us</a></p>"
    assert read(body=body).profiles == ("Ana Silva",)


MICRODATA = """
    <article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{heading}</h1>
    <figure itemscope itemtype="https://schema.org/ImageObject"><meta itemprop="author" content="Kim Doe | Pictures"></figure>
    <p>By <span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Ana Silva</span>, reporter</span></p>
    <span itemprop="datePublished" content="2026-05-04T07:30-100">May 4</span></article>
    <div itemscope itemtype="https://schema.org/NewsArticle"><b itemprop="author">Jon Roe</b><i itemprop="datePublished" content="2026-05-01"></i></div>"""


def test_microdata_are_read_like_linked_data():
    found = read(body=MICRODATA.format(heading=HEADING), title="")
    assert (found.title, found.authors, found.published.at.isoformat()) == (
        HEADING,
        ("Ana Silva",),
        "2026-05-04T08:30:00+00:00",
    )


def test_a_byline_that_is_marked_as_one_author_is_split():
    body = f"<h1>{HEADING}</h1><p itemprop='author'>By <span itemprop='name'>Ana Silva</span>, Jon Roe and Kim Doe</p>"
    assert read(body=body).authors == ("Ana Silva", "Jon Roe", "Kim Doe")


def test_a_time_above_the_heading_counts_where_it_says_published():
    other, own = (
        "<time datetime='2026-05-01'></time>",
        "<time pubdate datetime='2026-05-04T06:30:00Z'></time>",
    )
    assert read(body=f"{other}{own}<h1>{HEADING}</h1>").published.at.day == 4


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["By Ana Silva"], ["Ana Silva"]),
        (["ANA SILVA and JON ROE"], ["Ana Silva", "Jon Roe"]),
        (["AFP", "PTI"], ["AFP", "PTI"]),
        (["admin"], []),
        (["Ana Silva", "National Security Writer"], ["Ana Silva"]),
        (["Ana Silva, Ph.D."], ["Ana Silva"]),
        (["ana@pierpost.example"], []),
        (["Ana Silva; Jon Roe"], ["Ana Silva", "Jon Roe"]),
        (["Ana Silva", "ANA SILVA"], ["Ana Silva"]),
        (["x" * 200], []),
        (["Roe, John"], ["John Roe"]),
        (["Silva, Harbour Desk"], ["Silva, Harbour Desk"]),
    ],
)
def test_clean_names(names, expected):
    assert clean_names(names) == expected


@pytest.mark.parametrize(
    ("text", "at", "precision", "offset"),
    [
        ("2026-05-04T07:30:00+01:00", "2026-05-04T06:30:00+00:00", "second", 60),
        ("2026-05-04 07:30:00 +01:00", "2026-05-04T06:30:00+00:00", "second", 60),
        ("2026-05-04T07:30+0100", "2026-05-04T06:30:00+00:00", "minute", 60),
        ("2026-05-04T07:30:00.0000000Z", "2026-05-04T07:30:00+00:00", "second", 0),
        ("2026-05-04T07:30:00EST", "2026-05-04T12:30:00+00:00", "second", -300),
        ("2026-05-04 07:30 IST", "2026-05-04T02:00:00+00:00", "minute", 330),
        ("2026-05-04", "2026-05-04T00:00:00+00:00", "day", None),
        ("1777876200000", "2026-05-04T06:30:00+00:00", "second", None),
        ("20260504T0630", "2026-05-04T06:30:00+00:00", "minute", None),
        ("Mon, 04 May 2026 06:30:00 GMT", "2026-05-04T06:30:00+00:00", "second", 0),
        ("May 4, 2026", "2026-05-04T00:00:00+00:00", "day", None),
    ],
)
def test_time(text, at, precision, offset):
    stamp = read_time(text)
    assert (stamp.at.isoformat(), stamp.precision, stamp.utc_offset_minutes, stamp.text) == (
        at,
        precision,
        offset,
        text,
    )


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        None,
        True,
        "1970-01-01T00:00:00Z",
        "99999999999999",
        {"@value": None},
        ["2026-05-04"],
        "2026-13-45",
    ],
)
def test_what_is_no_time(value):
    assert read_time(value) is None


def test_a_more_precise_time_of_the_same_day_wins():
    found = read(
        linked(datePublished="2026-05-04")
        + meta("article:published_time", "2026-05-04T07:30:00+01:00")
    )
    assert found.published.precision == "second"


def test_published_is_not_modified():
    found = read(linked(datePublished="2026-05-04T06:30:00Z", dateModified="2026-05-06T08:00:00Z"))
    assert (found.published.at.day, found.modified.at.day) == (4, 6)


@pytest.mark.parametrize(
    ("head", "url", "expected"),
    [
        (
            "<link rel='canonical' href='/news/harbour'>",
            URL,
            "https://pierpost.example/news/harbour",
        ),
        (
            "<link rel='canonical' href='https://www.pierpost.example/news/harbour'>",
            URL,
            "https://www.pierpost.example/news/harbour",
        ),
        ("<link rel='canonical' href='https://elsewhere.example/news/harbour'>", URL, URL),
        ("<link rel='canonical' href='https://pierpost.example/'>", URL, URL),
        ("<link rel='canonical' href='http://['>", URL, URL),
        (
            meta("og:url", "https://pierpost.example/news/harbour"),
            None,
            "https://pierpost.example/news/harbour",
        ),
    ],
)
def test_address(head, url, expected):
    assert read(head, url=url).url == expected


def test_linked_data_that_is_no_json_is_passed_over():
    broken = '<script type=\'application/ld+json\'>{"@type": "NewsArticle", </script>'
    assert read(broken + linked(author="Ana Silva")).authors == ("Ana Silva",)


@pytest.mark.parametrize("data", ["[" * 5000, '{"@graph": ' * 100 + "1", "null", "3", "[[[]]]"])
def test_odd_linked_data_does_no_harm(data):
    assert read(f"<script type='application/ld+json'>{data}</script>").title == HEADING
