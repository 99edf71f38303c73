"""Properties of the whole extraction: no text raises, and every span slices back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.model.records import Article, Extraction
from newsledger.nlp.extract import extract_articles

PUBLISHED = datetime(2024, 12, 6, 9, 15, tzinfo=UTC)
WORDS = st.sampled_from(
    "the official said that 12 people “were killed,” on Friday , . \n\n \" ' according "
    "to SANA — he she who quoted as saying a day after "
    "until 2014 Mr. Smith “ ” ‘ ’ ( ) $5 million dozens of May overnight : 🙂 É\u200b not "
    "killed three and told reporters".split(" ")
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join))


def check_spans(body: str, extraction: Extraction) -> None:
    """Check that every span lies inside the body and gives back its text."""
    records = [
        *extraction.sentences,
        *extraction.entities,
        *extraction.actor_mentions,
        *extraction.location_mentions,
        *extraction.times,
    ]
    records += [quantity for claim in extraction.claims for quantity in claim.quantities]
    for record in records:
        assert 0 <= record.start < record.end <= len(body)
        assert body[record.start : record.end] == record.text
    for claim in extraction.claims:
        found = claim.attribution
        for start, end in (*found.content_spans, *found.source_spans, *found.cue_spans):
            assert 0 <= start < end <= len(body)
        assert [hop.hop for hop in claim.sources if hop.chain == 0] == list(
            range(len([hop for hop in claim.sources if hop.chain == 0]))
        )
        for hop in claim.sources:
            assert (
                hop.surface_start is None
                or body[hop.surface_start : hop.surface_end] == hop.surface
            )


@settings(max_examples=60, deadline=None)
@given(body=TEXTS)
def test_any_text_is_extracted_and_every_span_slices_back(body: str) -> None:
    article = Article("art_1", "doc_1", body, outlet_name="Daily Bugle", published_at=PUBLISHED)

    (extraction,) = extract_articles([article])

    check_spans(body, extraction)


@pytest.mark.parametrize(
    "body",
    [
        "",
        " ",
        "\n\n\n",
        "🙂",
        "“",
        "said",
        "a" * 5000,
        "said said said " * 300,
        "https://x.example/a" * 40 + " (@",
    ],
)
def test_odd_bodies(body: str) -> None:
    (extraction,) = extract_articles([Article("art_1", "doc_1", body)])

    check_spans(body, extraction)


def test_half_a_character_does_not_raise() -> None:
    (extraction,) = extract_articles([Article("art_1", "doc_1", "Police said \ud800 it was over.")])

    assert extraction.sentences
