"""Pages flattened to lines: roles of lines, headline, byline, day."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.clean.lines.flat import read_page
from newsledger.clean.lines.vocabulary import list_terms, load_weights, score_words
from newsledger.clean.page import html
from newsledger.clean.page.address import find_day, find_headline_line, list_headline_words
from newsledger.errors import RefusedDocument
from newsledger.model.records import MAX_LINES

BODY = (
    "The harbour of Port Alder will be dredged before the winter, the harbour master "
    "said on Monday, because two ferries ran aground.\n\n"
    "Work begins next week and takes nine weeks, during which only one of the three "
    "piers can be used by the island ferries.\n\n"
    "“Nobody will notice it,” the harbour master said. Fishermen who work the oyster "
    "beds south of the town are not so sure about that.\n"
)


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("Port Alder harbour to be dredged\nBy Ana Silva\n\n", ("Ana Silva",)),
        (
            "Port Alder harbour to be dredged\nBy Ana Silva and Jon Roe\n4 May 2026\n\n",
            ("Ana Silva", "Jon Roe"),
        ),
        ("Port Alder harbour to be dredged\nAna Silva\n\n", ("Ana Silva",)),
        ("Port Alder harbour to be dredged\nAna Silva2 hours ago\n\n", ("Ana Silva",)),
        ("Port Alder harbour to be dredged\nGetty Images\n\n", ()),
    ],
)
def test_byline(head, authors):
    page = read_page(head + BODY)
    assert page.headline == "Port Alder harbour to be dredged"
    assert page.authors == authors


def test_name_above_a_biography_is_the_author():
    page = read_page(
        f"Port Alder harbour to be dredged\n\n{BODY}\nAna Silva\nAna Silva covers the coast for The Pier Post.\n"
    )
    assert page.authors == ("Ana Silva",)
    assert "covers the coast" not in page.body


def test_address_tells_the_headline():
    text = f"Skip to main content\nPort Alder harbour to be dredged\nSubscribe to our weekly letter about the sea\n\n{BODY}"
    assert (
        read_page(
            text, "https://pierpost.example/2026/05/04/port-alder-harbour-dredged-7781"
        ).headline
        == "Port Alder harbour to be dredged"
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/2026/05/04/storm", "2026-05-04"),
        ("https://a.example/2026/may/4/storm", "2026-05-04"),
        ("https://a.example/storm-hits-2026-05-04/", "2026-05-04"),
        ("https://a.example/politics/20260504-217044/", "2026-05-04"),
        ("https://a.example/2026/13/45/storm", None),
        ("https://a.example/article/13357113", None),
        (None, None),
    ],
)
def test_day_in_an_address(url, expected):
    stamp = find_day(url)
    assert (stamp and stamp.at.date().isoformat()) == expected


def test_words_of_an_address():
    assert list_headline_words(
        "https://a.example/news/world/port-alder-harbour-dredged-b2651790.html"
    ) == {
        "port",
        "alder",
        "harbour",
        "dredged",
    }
    assert list_headline_words("https://a.example/news/63159607") == frozenset()
    assert (
        find_headline_line(
            ["Home", "The harbour is old.", "Port Alder harbour to be dredged"],
            frozenset({"port", "alder", "harbour", "dredged"}),
        )
        == 2
    )


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=600), st.one_of(st.none(), st.text(max_size=80)))
def test_no_text_raises_and_every_line_slices_back(text, url):
    page = read_page(text, url)
    assert all(text[line.page_start : line.page_end] == line.text for line in page.lines)
    assert all(line.text in page.body for line in page.lines if line.role == "body")


def test_a_gallery_of_pictures_has_its_captions_for_text():
    caption = (
        "Photos: Dredgers in Port Alder The first dredger came into the harbour at nine on "
        "Monday, the harbour master said. Hide Caption {} of 3"
    )
    page = read_page("\n".join(caption.format(number) for number in (1, 2, 3)))
    assert page.body.count("the harbour master said") == 3


def test_words_of_a_line_are_weighed_without_their_number():
    assert list_terms("The Ferry, the ferry 12!") == {"the", "ferry", "^the"}


@pytest.mark.parametrize(
    "line",
    [
        "Sign up to our weekly newsletter",
        "Follow us on Facebook",
        "Advertisement",
        "Read more stories",
    ],
)
def test_words_of_furniture_weigh_less_than_those_of_an_article(line):
    assert (
        score_words(line)
        < 0
        < score_words(
            "The harbour master said on Monday that two ferries had run aground before the winter"
        )
    )


def test_words_that_no_publisher_of_the_pages_used_say_nothing():
    assert score_words("Zzyzx qwrtp") == load_weights()[""]


@pytest.mark.parametrize(
    ("read", "line"), [(read_page, "ferry {}\n"), (html.read_page, "<p>ferry {}")]
)
def test_page_of_too_many_lines_is_refused_at_once(read, line):
    with pytest.raises(RefusedDocument, match="20,001 lines, limit 20,000"):
        read("".join(line.format(number) for number in range(MAX_LINES + 1)))


def test_page_of_too_many_tags_is_refused_before_it_is_parsed():
    with pytest.raises(RefusedDocument, match="tags, limit 200,000"):
        html.read_page("<b>" * 200_001)


def test_first_publication_goes_before_the_last_change():
    page = read_page(
        "Port Alder harbour to be dredged\nBy Ana Silva\nLast updated on 6 May 2026 at 11:00\n"
        f"First published on 4 May 2026 at 10:00\n\n{BODY}"
    )

    assert page.published is not None
    assert page.modified is not None
    assert (page.published.at.day, page.modified.at.day) == (4, 6)


@pytest.mark.parametrize(
    ("above", "below", "day"),
    [
        (["Friday 8 May 2026", "Home", "News", "Sport"], [], None),
        (["Updated: 8 May 2026, 10:12", "Home", "News", "Sport"], ["4 May 2026"], 4),
        (["Home", "News", "Harbour | 4 May 2026"], [], 4),
        (["Published 4 May 2026", "Home", "News"], [], 4),
        (["Home"], ["When: 4 May 2026"], None),
        (["Home"], ["The pier on 4 May 2026 at low tide (AP)"], None),
    ],
)
def test_day_above_the_headline_counts_beside_it(above, below, day):
    lines = [*above, "Port Alder harbour to be dredged", "By Ana Silva", *below, "", BODY]
    page = read_page("\n".join(lines))

    assert (page.published.at.day if page.published else None) == day
