"""Kinds of furniture that stand among an article's paragraphs, in flattened text, in the text of a
row or feed, and in saved pages; and what looks like it and is text."""

from datetime import UTC, datetime

import pytest

from newsledger.clean.document import clean_document
from newsledger.model.records import Article, RawDocument

TITLE = "Stone bridge closed to lorries"
PARAGRAPHS = (
    "The council of the river town of Quayle voted on Tuesday to close the old stone "
    "bridge to lorries after engineers found cracks in two piers.",
    "The decision, which takes effect next month, follows a survey that was ordered when "
    "a driver reported loose masonry on the eastern side.",
    "“We cannot wait until something falls into the water,” said Marta Elling, who leads "
    "the council’s works committee.",
    "Repairs are expected to take eighteen months. Pedestrians and cyclists will be "
    "allowed to cross throughout, the council said.",
)
FURNITURE = (
    "The post Stone bridge closed appeared first on The Pier Post.",
    "This article was originally published on Pier Post.",
    "Republished with permission from the Pier Post.",
    "ALSO: Ferry timetable changes from Monday",
    "You agree to receive updates and promotions from Pier Post.",
    "By providing your contact details you consent to the processing of your data by PR Wire.",
    "You are receiving this press release because you registered with PressHub.",
    "The issuer is solely responsible for the content of this announcement.",
    "Read the full story on our website.",
    "The Pier Post is a nonprofit newsroom. Support our journalism with a donation today.",
    "The old stone bridge in Quayle on Monday. Photo: Kim Doe",
    "Get the day's top stories delivered to your inbox every morning.",
    "I agree that my personal details may be stored for the purpose of sending me the bulletins of "
    "the harbour, as laid down in the notice below.",
    "Yes, I want to receive offers by email.",
    "Good reporting is dear. If you enjoy our coverage, please think of supporting it.",
    "Could you chip in to keep the presses running?",
    "Got a tip for us?",
)


def clean(paragraphs, form: str) -> Article:
    if form == "page":
        inner = "".join(f"<p>{text}</p>" for text in paragraphs)
        text = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><article>{inner}</article></body></html>"
        media_type, hints = "text/html", {}
    else:
        text, media_type = "\n\n".join(paragraphs), "text/plain"
        hints = {"title": TITLE, "is_body": True} if form == "feed" else {"title": TITLE}
    at = datetime(2026, 5, 4, tzinfo=UTC)
    return clean_document(
        RawDocument("doc_1", "a", "0" * 64, len(text), media_type, text, "utf-8", at, hints=hints)
    )


@pytest.mark.parametrize("form", ["page", "text", "feed"])
@pytest.mark.parametrize("place", [2, 4], ids=["inside", "below"])
@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_no_text(line, place, form):
    article = clean((*PARAGRAPHS[:place], line, *PARAGRAPHS[place:]), form)
    assert article.body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("form", ["page", "text"])
def test_headlines_below_a_pointer_are_no_text(form):
    led = ("ALSO", "Ferry timetable changes from Monday", "School wins robotics final")
    article = clean((*PARAGRAPHS[:2], *led, *PARAGRAPHS[2:]), form)
    assert article.body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("form", ["page", "text"])
def test_a_paragraph_that_is_printed_again_stays(form):
    article = clean((*PARAGRAPHS[:2], *[PARAGRAPHS[1]] * 3, *PARAGRAPHS[2:]), form)
    assert set(article.body.split("\n\n")) == set(PARAGRAPHS)


def test_agency_of_a_picture_is_not_the_articles():
    caption = "A lorry crosses the old bridge in Quayle. Image: Kim Doe / Reuters"
    assert clean((caption, *PARAGRAPHS), "text").agency_name is None
    assert (
        clean((*PARAGRAPHS, "© 2024 Reuters. All rights reserved."), "text").agency_name
        == "Reuters"
    )


LINKED = (
    "On Friday four drivers, all of Stenmoor, told magistrates that they had never been "
    "shown the weight limit."
)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_paragraph_inside_a_link_is_text(place):
    linked = f"<a href='/court/four'><strong>{LINKED}</strong></a>"
    article = clean((*PARAGRAPHS[:place], linked, *PARAGRAPHS[place:]), "page")
    assert LINKED in article.body
    assert all(text in article.body for text in PARAGRAPHS)


def test_pointers_and_rows_of_links_are_no_text():
    pointer = (
        "<a href='/n/1'>READ MORE: Ferry timetable changes from Monday as piers are mended</a>"
    )
    article = clean((*PARAGRAPHS[:2], pointer, *PARAGRAPHS[2:]), "page")
    assert article.body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("name", ["infobox", "fact-box", "article__factbox"])
def test_a_box_of_facts_is_no_text(name):
    box = f"</p><div class='{name}'><h4>About her</h4><p>Hanna Voss, 48, has led the hauliers since 2016.</p></div><p>"
    article = clean((*PARAGRAPHS[:2], box, *PARAGRAPHS[2:]), "page")
    assert article.body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("lines", "agency", "last"),
    [
        (("AP - AFP", *PARAGRAPHS), "Associated Press; Agence France-Presse", PARAGRAPHS[-1]),
        ((*PARAGRAPHS, "The council meets again in May, he said. — AFP"), "Agence France-Presse",
         "The council meets again in May, he said. — AFP"),
        ((*PARAGRAPHS[:1], "Masons set the last stones of the old dam on Monday morning. — AFP pic",
          *PARAGRAPHS[1:]), None, PARAGRAPHS[-1]),
    ],
)  # fmt: skip
def test_agencies_of_a_text(lines, agency, last):
    article = clean(lines, "text")

    assert (article.agency_name, article.body.split("\n\n")[-1]) == (agency, last)
