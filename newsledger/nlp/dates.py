"""Dates and times with precision, read against the day of publication."""

from typing import TYPE_CHECKING

from newsledger.records import Article, TimeMention

if TYPE_CHECKING:
    from spacy.tokens import Doc

ORIGIN = "dates/0"


def find_times(doc: "Doc", article: Article) -> tuple[TimeMention, ...]:
    """Find date and time expressions; dates are days of the publication's zone. Needs `article.published_at`, else only absolute dates."""
    return ()
