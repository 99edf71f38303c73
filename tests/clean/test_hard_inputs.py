"""Inputs that stopped a run: each costs itself at most, and the text around it stays."""

from datetime import UTC, datetime

import pytest

from newsledger.clean.document import clean_document
from newsledger.clean.page.html import read_page
from newsledger.model.records import RawDocument

TEXT = (
    "The army said on Monday that five people were killed in Homs, the mayor said. "
    "Nobody was hurt in the town, and the roads were open."
)
IMAGE = "data:image/png;base64," + "iVBORw0KGgo" * 3_000


def clean(text: str, media_type: str = "text/plain", **hints) -> str:
    at = datetime(2026, 5, 4, tzinfo=UTC)
    document = RawDocument(
        "doc_1", "a", "0" * 64, len(text), media_type, text, "utf-8", at, hints=hints
    )
    return clean_document(document).body


def test_an_image_written_as_text_is_no_text():
    assert clean(f"{TEXT}\n\n{IMAGE}\n\n{TEXT}").count(TEXT) == 2
    assert IMAGE not in clean(f"{TEXT} ![a]({IMAGE}) {TEXT}")
    page = f"<html><body><p>{TEXT}</p><p>{IMAGE}</p><p>{TEXT}</p></body></html>"
    assert IMAGE not in clean(page, "text/html")


@pytest.mark.parametrize("field", ["headline", "author", "articleSection", "description"])
def test_half_an_emoji_in_linked_data(field):
    linked = (
        f'{{"@type": "NewsArticle", "headline": "Five killed in Homs", "{field}": "Five \\ud83d"}}'
    )
    page = read_page(
        f"<html><head><title>Five killed</title><script type='application/ld+json'>{linked}</script></head>"
        f"<body><h1>Five killed</h1><p>{TEXT}</p></body></html>"
    )
    repr(page).encode("utf-8")
    for value in (page.headline, page.metadata.section, page.metadata.description, *page.authors):
        (value or "").encode("utf-8")
