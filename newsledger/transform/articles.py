"""Frames of articles, their lines and sentences."""

from collections.abc import Sequence

import polars as pl

from newsledger.model.ids import make_text_key
from newsledger.model.records import WORD_PATTERN, Article, Extraction
from newsledger.nlp.extract import ORIGIN as EXTRACT_ORIGIN
from newsledger.transform.frames import Columns, Read, build_frame


def build_frames(read: Read) -> dict[str, pl.DataFrame]:
    """Build `core.articles`, `core.lines` and `core.sentences` of one batch."""
    return {
        "core.articles": _build_articles(read.articles, read.run_id),
        "core.lines": _build_lines(read.articles),
        "core.sentences": _build_sentences(read.extractions),
    }


def _build_articles(articles: Sequence[Article], run_id: str) -> pl.DataFrame:
    columns: Columns = {
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
        "outlet_given": [article.outlet_name for article in articles],
        "run_id": [run_id] * len(articles),
        "word_count": pl.Series([article.body for article in articles], dtype=pl.String)
        .str.count_matches(WORD_PATTERN)
        .to_list(),
    }
    return build_frame("core.articles", articles, columns=columns)


def _build_lines(articles: Sequence[Article]) -> pl.DataFrame:
    pairs = [(article, line) for article in articles for line in article.lines]
    columns: Columns = {
        "article_id": [article.article_id for article, _ in pairs],
        "origin": [article.origin for article, _ in pairs],
    }
    return build_frame("core.lines", [line for _, line in pairs], columns=columns)


def _build_sentences(extractions: Sequence[Extraction]) -> pl.DataFrame:
    pairs = [
        (extraction.article_id, sentence)
        for extraction in extractions
        for sentence in extraction.sentences
    ]
    columns: Columns = {
        "article_id": [article_id for article_id, _ in pairs],
        "sentence_id": [f"{article_id}:{sentence.sentence_no}" for article_id, sentence in pairs],
    }
    sentences = [sentence for _, sentence in pairs]
    return build_frame("core.sentences", sentences, columns=columns, origin=EXTRACT_ORIGIN)
