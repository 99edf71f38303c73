"""From a document to an article: language, notices that are no article, what the feed or record says."""

from datetime import UTC, datetime

import pytest

from newsledger.clean.document import clean_document, find_language
from newsledger.clean.explain import explain_cleaning
from newsledger.errors import RefusedDocument
from newsledger.model.records import RawDocument

TEXT = (
    "The harbour of Port Alder will be dredged before the winter, the harbour master "
    "said on Monday, because two ferries ran aground."
)


def make_document(text: str, media_type: str = "text/plain", **hints) -> RawDocument:
    at = datetime(2026, 5, 4, tzinfo=UTC)
    return RawDocument(
        "doc_1", "a", "0" * 64, len(text), media_type, text, "utf-8", at, hints=hints
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("官员表示,北部的一座水坝周六深夜决堤,洪水席卷三座城镇,数千人被迫连夜撤离家园。", "zh"),
        ("当局によると、北部のダムが土曜日の深夜に決壊し、三つの町に水が押し寄せた。", "ja"),
        ("Плотина на севере страны прорвалась поздно вечером в субботу.", "ru"),
        ("Hafen wird ausgebaggert.", "en"),
    ],
)
def test_a_short_text_in_other_letters_is_told(text, language):
    assert find_language(text) == language


@pytest.mark.parametrize(
    "title",
    ["Page not found", "404 - The Pier Post", "Access Denied", "Oops! That page can’t be found."],
)
def test_a_notice_of_the_site_is_no_article(title):
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>Sorry, the page that you are looking for has gone somewhere else.</p></body></html>"
    with pytest.raises(RefusedDocument) as refusal:
        clean_document(make_document(page, "text/html"))
    assert refusal.value.reason == "no_body"


def test_characters_that_are_words_are_counted():
    text = "市長辦公室週二否認將市有海灘度假村出售給外國集團,並在網站上公布了租約內容。市政官員表示,該物業租期為二十五年。"
    assert clean_document(make_document(text)).language == "zh"


def test_authors_that_a_record_names_on_one_line():
    assert clean_document(
        make_document(TEXT, is_body=True, authors=["By Ana Silva; JON ROE"])
    ).authors == ("Ana Silva", "Jon Roe")


@pytest.mark.parametrize(
    "host", ["www.pierpost.example", "amp.pierpost.example", "m.pierpost.example"]
)
def test_a_site_for_other_devices_is_the_same_site(host):
    assert (
        clean_document(make_document(TEXT, url=f"https://{host}/harbour")).outlet_domain
        == "pierpost.example"
    )


FERRY = (
    "The ferry ran aground off Port Alder on Monday with 40 people on board, the harbour "
    "master said. Nobody was hurt.\n\n"
    "Silva said that the pier would stay closed until Friday. Two tugs were sent from "
    "Stenmoor, the coast guard said.\n\n"
    "The company that runs the ferry said that it would look into the cause."
)


@pytest.mark.parametrize(
    "opening",
    [
        "Harbour master Ana Silva says the pier will stay closed",
        "Ana Silva, the harbour master, at the northern pier on Monday",
    ],
)
def test_a_carried_title_is_the_headline_and_what_opens_the_text_stays(opening):
    document = make_document(f"{opening}\n\n{FERRY}", title="Ferry runs aground off Port Alder")
    article = clean_document(document)
    assert article.headline == "Ferry runs aground off Port Alder"
    assert article.body.startswith(opening)


def test_a_carried_title_that_is_the_outlets_name_is_no_headline():
    text = f"Ferry runs aground off Port Alder\nBy Ana Silva\n\n{FERRY}"
    document = make_document(text, title="The Pier Post", outlet="Pier Post")
    assert clean_document(document).headline == "Ferry runs aground off Port Alder"
    assert clean_document(make_document(FERRY, title=" - ")).headline is None


def test_marks_that_nobody_sees_and_tags_leave_words_whole():
    shy = FERRY.replace("harbour", "har\u00adbour").replace("Silva", "Sil\u200bva")
    title = "Ferry <b>runs</b> aground off Port\u00ad Alder"
    article = clean_document(make_document(shy, title=title, authors=["Ana Sil\u00adva"]))
    assert (article.body, article.authors) == (FERRY, ("Ana Silva",))
    assert article.headline == "Ferry runs aground off Port Alder"
    assert article.page_text == FERRY


def test_a_line_that_prints_the_carried_title_is_no_text():
    text = f"Ferry runs aground off Port Alder\n5 March 2024\n\n{FERRY}"
    article = clean_document(make_document(text, title="Ferry Runs Aground Off Port Alder"))
    assert article.body == FERRY
    assert article.published_at
    assert article.published_at.isoformat() == "2024-03-05T00:00:00+00:00"


def test_byline_of_a_text_goes_before_an_account_that_the_record_names():
    text = f"Ferry runs aground off Port Alder\nBy Ana Silva\n\n{FERRY}"
    assert clean_document(make_document(text, authors=["admin2"])).authors == ("Ana Silva",)


def test_reasons_say_where_each_field_comes_from():
    document = make_document(
        FERRY, title="Ferry aground", published_at="2024-03-05", outlet="Pier Post"
    )
    assert dict(clean_document(document).reasons) == {
        "headline": "the feed or record",
        "authors": "no name",
        "published_at": "the feed or record",
        "outlet_name": "not in seeds/outlets.csv",
    }


def test_a_name_that_is_a_domain_is_one():
    article = clean_document(make_document(FERRY, outlet="www.pierpost.example"))
    assert (article.outlet_name, article.outlet_domain) == ("pierpost.example", "pierpost.example")


def test_explanation_says_why_each_line_is_what_it_is():
    text = explain_cleaning(
        make_document(f"Ferry aground\nBy Ana Silva\n\n{FERRY}", title="Ferry aground")
    )
    assert "authors: Ana Silva (printed)" in text
    assert "headline [the feed's or record's title]" in text
    assert "byline [By …]" in text
