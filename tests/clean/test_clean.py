"""From a document to an article: language, notices that are no article, what the carrier says."""

from datetime import UTC, datetime

import pytest

from newsledger.clean.document import clean_document, find_language
from newsledger.errors import RefusedDocument
from newsledger.model.records import RawDocument

TEXT = "The harbour of Port Alder will be dredged before the winter, the harbour master said on Monday, because two ferries ran aground."


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


def test_authors_that_a_carrier_names_on_one_line():
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
