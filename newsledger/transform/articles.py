"""Frames of articles, their lines and sentences."""

from collections.abc import Sequence

import polars as pl

from newsledger.model.ids import make_text_key
from newsledger.model.records import WORD_PATTERN, Article, Extraction
from newsledger.nlp.extract import ORIGIN as EXTRACT_ORIGIN
from newsledger.transform.frames import build_frame, columns_of

_ARTICLE_COLUMNS = (
    "article_id", "document_id", "outlet_name", "outlet_domain", "agency_name", "headline", "standfirst", "published_precision",
    "published_text", "utc_offset_minutes", "dateline", "dateline_place", "section", "language", "url", "correction", "body", "origin",
    "page_text",
)  # fmt: skip


def build_article_frames(
    articles: Sequence[Article], extractions: Sequence[Extraction], run_id: str
) -> dict[str, pl.DataFrame]:
    """Build `core.articles`, `core.lines` and `core.sentences` of one batch."""
    return {
        "core.articles": _build_articles(articles, run_id),
        "core.lines": _build_lines(articles),
        "core.sentences": _build_sentences(extractions),
    }


def _build_articles(articles: Sequence[Article], run_id: str) -> pl.DataFrame:
    columns = columns_of(articles, *_ARTICLE_COLUMNS)
    columns |= {
        "authors": [list(article.authors) for article in articles],
        "contributors": [list(article.contributors) for article in articles],
        "published_at": [
            article.published_at and article.published_at.replace(tzinfo=None)
            for article in articles
        ],
        "modified_at": [
            article.modified_at and article.modified_at.replace(tzinfo=None) for article in articles
        ],
        "text_key": [
            make_text_key(
                article.outlet_domain or article.outlet_name, article.headline, article.body
            )
            for article in articles
        ],
        "run_id": [run_id] * len(articles),
    }
    frame = build_frame("core.articles", columns)
    return frame.with_columns(
        first_version_id=pl.col("article_id"),
        version=pl.lit(1, pl.Int32),
        is_current=pl.lit(True),
        word_count=pl.col("body").str.count_matches(WORD_PATTERN).cast(pl.Int32),
    )


def _build_lines(articles: Sequence[Article]) -> pl.DataFrame:
    pairs = [(article, line) for article in articles for line in article.lines]
    columns = columns_of(
        (line for _, line in pairs),
        "line_no",
        "role",
        "rule",
        "text",
        "start",
        "end",
        "page_start",
        "page_end",
    )
    columns |= {
        "article_id": [article.article_id for article, _ in pairs],
        "origin": [article.origin for article, _ in pairs],
    }
    return build_frame("core.lines", columns)


def _build_sentences(extractions: Sequence[Extraction]) -> pl.DataFrame:
    pairs = [
        (extraction.article_id, sentence)
        for extraction in extractions
        for sentence in extraction.sentences
    ]
    columns = columns_of(
        (sentence for _, sentence in pairs),
        "sentence_no",
        "paragraph_no",
        "start",
        "end",
        "text",
        "is_quoted",
    )
    columns["article_id"] = [article_id for article_id, _ in pairs]
    frame = build_frame("core.sentences", columns)
    return frame.with_columns(sentence_id=sentence_id(), origin=pl.lit(EXTRACT_ORIGIN))


def sentence_id() -> pl.Expr:
    """Key of a sentence: its article and its number."""
    return pl.format("{}:{}", "article_id", "sentence_no")
