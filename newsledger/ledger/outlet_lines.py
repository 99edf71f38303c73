"""Lines that an outlet repeats, counted in the ledger: the profile that cleaning uses, and the articles that it reaches back to."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from newsledger.clean.profile import MIN_ARTICLES, drop_furniture, is_off_topic, list_candidates
from newsledger.records import Article

if TYPE_CHECKING:
    import duckdb

# versions of one article, and the same article at two addresses, count once
_SAME = "coalesce(nullif(lower(a.headline), ''), a.url, a.article_id)"


def drop_outlet_lines(con: "duckdb.DuckDBPyConnection", articles: Sequence[Article], own: Collection[str]) -> list[Article]:
    """Take the furniture of their outlets out of a batch's articles. `own` are the batch's documents, whose stored rows do not count."""
    batch: dict[str, dict[str, set[str]]] = {}
    for article in articles:
        if outlet := article.outlet_name or article.outlet_domain:
            for line in article.lines:
                batch.setdefault(outlet, {}).setdefault(line.text, set()).add(_name_of(article))
    wanted = {
        outlet: {text for article in articles if _outlet_of(article) == outlet for text in list_candidates(article)} for outlet in batch
    }
    stored = _count_stored(con, wanted, own)
    cleaned = []
    for article in articles:
        outlet = _outlet_of(article)
        seen = Counter({text: len(batch[outlet][text]) + stored[outlet, text] for text in wanted[outlet]}) if outlet else Counter()
        cleaned.append(drop_furniture(article, seen))
    return cleaned


def _outlet_of(article: Article) -> str | None:
    return article.outlet_name or article.outlet_domain


def _name_of(article: Article) -> str:
    return (article.headline or "").lower() or article.url or article.article_id


def _count_stored(con: "duckdb.DuckDBPyConnection", wanted: dict[str, set[str]], own: Collection[str]) -> Counter[tuple[str, str]]:
    pairs = [(outlet, text) for outlet, texts in sorted(wanted.items()) for text in sorted(texts)]
    if not pairs:
        return Counter()
    rows = con.execute(
        "WITH wanted AS (SELECT unnest(?::VARCHAR[]) AS outlet, unnest(?::VARCHAR[]) AS text) "
        f"SELECT w.outlet, w.text, count(DISTINCT {_SAME}) FROM wanted w JOIN core.lines l ON l.text = w.text "
        "JOIN core.articles a ON a.article_id = l.article_id AND coalesce(a.outlet_name, a.outlet_domain) = w.outlet "
        "WHERE NOT list_contains(?, a.document_id) GROUP BY ALL",
        [[outlet for outlet, _ in pairs], [text for _, text in pairs], list(own)],
    ).fetchall()
    return Counter({(outlet, text): count for outlet, text, count in rows})


def find_documents_to_read_again(con: "duckdb.DuckDBPyConnection", run_id: str) -> list[str]:
    """Find documents with a body line that turned out to be furniture after they were cleaned, of the outlets that a run brought.

    So that the result depends on the set of articles, not on the order in which they came.
    """
    rows = con.execute(
        "WITH touched AS (SELECT DISTINCT coalesce(outlet_name, outlet_domain) AS outlet FROM core.articles WHERE run_id = ?), "
        f"shown AS (SELECT coalesce(a.outlet_name, a.outlet_domain) AS outlet, l.text, l.role, a.document_id, a.body, {_SAME} AS same "
        "FROM core.lines l JOIN core.articles a USING (article_id) "
        "WHERE coalesce(a.outlet_name, a.outlet_domain) IN (SELECT outlet FROM touched)), "
        "repeated AS (SELECT outlet, text FROM shown GROUP BY ALL HAVING count(DISTINCT same) >= ?) "
        "SELECT DISTINCT document_id, text, body FROM shown JOIN repeated USING (outlet, text) WHERE role = 'body' ORDER BY ALL",
        [run_id, MIN_ARTICLES],
    ).fetchall()
    return sorted({document_id for document_id, text, body in rows if is_off_topic(text, body)})
