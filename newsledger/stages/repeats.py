"""Repeats: which of several documents with the same bytes, or of several articles of one outlet
with the same words, is the article.

It is the one that its feed or page says most about, then the one of the smaller id, whichever
came first: a document that arrives later takes the place of a stored one that ranks below it, and
brings along what repeats that one.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsledger.model.records import Article, RawDocument
from newsledger.stages.read import read_stored

if TYPE_CHECKING:
    import duckdb

Rank = tuple[int, str]
"""The lowest is the article."""


def rank_document(document: RawDocument) -> Rank:
    """Rank a document among those with the same bytes: by what its feed or record says of it."""
    return -len(document.hints), document.document_id


def rank_article(article: Article) -> Rank:
    """Rank an article among those of its outlet with the same words."""
    told = (article.published_at, article.url, article.modified_at, article.section)
    count = sum(value is not None for value in told) + bool(article.authors)
    return -count, article.document_id


def rank_known_documents(
    con: "duckdb.DuckDBPyConnection", sums: Sequence[str], own: Sequence[str]
) -> dict[str, Rank]:
    """Rank the stored documents with these bytes that hold an article, the batch's own left out, by
    sha256; an article that could not be read further counts."""
    rows = con.execute(
        "SELECT sha256, -coalesce(len(json_keys(hints)), 0), document_id FROM raw.documents "
        "WHERE (status = 'article' OR status = 'failed' AND reason <> 'clean') "
        "AND list_contains(?, sha256) "
        "AND NOT list_contains(?, document_id)",
        [list(sums), list(own)],
    ).fetchall()
    return _best(rows)


def rank_known_articles(
    con: "duckdb.DuckDBPyConnection", keys: Sequence[str], own: Sequence[str]
) -> dict[str, Rank]:
    """Rank the stored articles with these words, those in quarantine too, the batch's own left out,
    by text key."""
    names = "published_at, url, modified_at, section"
    fields = ", ".join(f"row ->> '{name.strip()}'" for name in names.split(","))
    rows = con.execute(
        f"WITH stored AS (SELECT text_key, document_id, {names}, len(authors) AS authors "
        "FROM core.articles UNION ALL SELECT row ->> 'text_key', row ->> 'document_id', "
        f"{fields}, json_array_length(row, 'authors') FROM ops.quarantine "
        "WHERE table_name = 'core.articles') "
        "SELECT text_key, -((published_at IS NOT NULL)::INT + (url IS NOT NULL)::INT "
        "+ (modified_at IS NOT NULL)::INT + (section IS NOT NULL)::INT "
        "+ (coalesce(authors, 0) > 0)::INT), document_id FROM stored "
        "WHERE list_contains(?, text_key) AND NOT list_contains(?, document_id)",
        [list(keys), list(own)],
    ).fetchall()
    return _best(rows)


def read_displaced(con: "duckdb.DuckDBPyConnection", ids: Sequence[str]) -> list[RawDocument]:
    """Read the stored documents that lose their place, with those that repeat them."""
    rows = con.execute(
        "SELECT document_id FROM raw.documents WHERE (list_contains($1, document_id) "
        "OR list_contains($1, duplicate_of)) AND text IS NOT NULL ORDER BY document_id",
        [list(ids)],
    ).fetchall()
    found = [row[0] for row in rows]
    return next(read_stored(con, found, len(found)), []) if found else []


def _best(rows: Sequence[tuple[str, int, str]]) -> dict[str, Rank]:
    best: dict[str, Rank] = {}
    for key, rank, document_id in rows:
        best[key] = min(best.get(key, (1, "")), (rank, document_id))
    return best
