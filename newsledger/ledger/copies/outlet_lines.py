"""Lines that an outlet repeats, counted in the ledger: the profile that cleaning uses, and the
articles that it reaches back to.

Versions of one article count once: a paragraph that a live blog carries through thirty of them is
text. Versions share the address, the headline, or nearly the headline and much of the text.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from newsledger.clean.lines.profile import (
    MIN_ARTICLES,
    drop_furniture,
    is_off_topic,
    list_candidates,
)
from newsledger.ledger.copies.versions import (
    MIN_HEADLINE_RATIO,
    MIN_SHARED_TEXT,
    fold_url,
    shared_text,
    shingle,
)
from newsledger.model.records import Article

if TYPE_CHECKING:
    import duckdb

# versions of one article, and the same article at two addresses, count once
_SAME = "coalesce(nullif(lower(a.headline), ''), a.url, a.article_id)"
MAX_COMPARED = 24  # articles with the line that are compared with each other


@dataclass(frozen=True, slots=True)
class Printing:
    """An article that prints a line: what tells whether another one is a version of it."""

    name: str  # headline in small letters, else the address, else the id
    url: str | None
    body: str


def count_apart(printings: Iterable[Printing]) -> int:
    """Count the articles that print a line, versions of one another once; no further than
    `MIN_ARTICLES`."""
    apart: list[Printing] = []
    for printing in sorted(
        printings, key=lambda printing: (printing.name, printing.url or "", printing.body)
    ):
        if not any(_is_version(printing, other) for other in apart):
            apart.append(printing)
        if len(apart) == MIN_ARTICLES:
            break
    return len(apart)


def _is_version(one: Printing, other: Printing) -> bool:
    if one.name == other.name or (
        (key := fold_url(one.url or "")) and key == fold_url(other.url or "")
    ):
        return True
    from rapidfuzz.fuzz import ratio

    is_near = ratio(one.name, other.name) >= MIN_HEADLINE_RATIO
    return is_near and shared_text(_shingle(one.body), _shingle(other.body)) >= MIN_SHARED_TEXT


_shingle = lru_cache(maxsize=512)(shingle)


def drop_outlet_lines(
    con: "duckdb.DuckDBPyConnection", articles: Sequence[Article], own: Collection[str]
) -> list[Article]:
    """Take the furniture of their outlets out of a batch's articles. `own` are the batch's
    documents, whose stored rows do not count."""
    batch: dict[str, dict[str, set[str]]] = {}
    for article in articles:
        if outlet := article.outlet_name or article.outlet_domain:
            for line in article.lines:
                batch.setdefault(outlet, {}).setdefault(line.text, set()).add(_name_of(article))
    wanted = {
        outlet: {
            text
            for article in articles
            if _outlet_of(article) == outlet
            for text in list_candidates(article)
        }
        for outlet in batch
    }
    seen = _count_stored(con, wanted, own)
    for outlet, texts in wanted.items():
        seen.update({(outlet, text): len(batch[outlet][text]) for text in texts})
    often = {pair for pair, count in seen.items() if count >= MIN_ARTICLES}
    for pair in often - _find_spread(con, articles, often, own):
        del seen[pair]
    counts: dict[str | None, dict[str, int]] = {}
    for (outlet, text), count in seen.items():
        counts.setdefault(outlet, {})[text] = count
    return [drop_furniture(article, counts.get(_outlet_of(article), {})) for article in articles]


def _find_spread(
    con: "duckdb.DuckDBPyConnection",
    articles: Sequence[Article],
    pairs: Collection[tuple[str, str]],
    own: Collection[str],
) -> set[tuple[str, str]]:
    """Find the pairs of outlet and line that articles print which are no versions of each other."""
    printings: dict[tuple[str, str], list[Printing]] = {pair: [] for pair in pairs}
    for article in articles:
        for text in {line.text for line in article.lines}:
            if (pair := (_outlet_of(article) or "", text)) in printings:
                printings[pair].append(Printing(_name_of(article), article.url, article.body))
    for outlet, text, name, url, body in _read_stored(con, sorted(pairs), own):
        printings[outlet, text].append(Printing(name, url, body))
    return {pair for pair, found in printings.items() if count_apart(found) >= MIN_ARTICLES}


def _read_stored(
    con: "duckdb.DuckDBPyConnection", pairs: Sequence[tuple[str, str]], own: Collection[str]
) -> list[tuple[str, str, str, str | None, str]]:
    if not pairs:
        return []
    return con.execute(
        "WITH wanted AS (SELECT unnest(?::VARCHAR[]) AS outlet, unnest(?::VARCHAR[]) AS text) "
        f"SELECT w.outlet, w.text, {_SAME}, a.url, a.body FROM wanted w JOIN core.lines l ON "
        f"l.text = w.text "
        "JOIN core.articles a ON a.article_id = l.article_id AND coalesce(a.outlet_given, "
        "a.outlet_domain) = w.outlet "
        "WHERE NOT list_contains(?, a.document_id) "
        f"QUALIFY row_number() OVER (PARTITION BY w.outlet, w.text ORDER BY a.article_id) "
        f"<= {MAX_COMPARED} ORDER BY ALL",
        [[outlet for outlet, _ in pairs], [text for _, text in pairs], list(own)],
    ).fetchall()


def _outlet_of(article: Article) -> str | None:
    return article.outlet_name or article.outlet_domain


def _name_of(article: Article) -> str:
    return (article.headline or "").lower() or article.url or article.article_id


def _count_stored(
    con: "duckdb.DuckDBPyConnection", wanted: dict[str, set[str]], own: Collection[str]
) -> Counter[tuple[str, str]]:
    pairs = [(outlet, text) for outlet, texts in sorted(wanted.items()) for text in sorted(texts)]
    if not pairs:
        return Counter()
    rows = con.execute(
        "WITH wanted AS (SELECT unnest(?::VARCHAR[]) AS outlet, unnest(?::VARCHAR[]) AS text) "
        f"SELECT w.outlet, w.text, count(DISTINCT {_SAME}) FROM wanted w JOIN core.lines l ON "
        f"l.text = w.text "
        "JOIN core.articles a ON a.article_id = l.article_id AND coalesce(a.outlet_given, "
        "a.outlet_domain) = w.outlet "
        "WHERE NOT list_contains(?, a.document_id) GROUP BY ALL",
        [[outlet for outlet, _ in pairs], [text for _, text in pairs], list(own)],
    ).fetchall()
    return Counter({(outlet, text): count for outlet, text, count in rows})


def find_documents_to_read_again(con: "duckdb.DuckDBPyConnection", run_id: str) -> list[str]:
    """Find documents with a body line that turned out to be furniture after they were cleaned, of
    the outlets that a run brought.

    So that the result depends on the set of articles, not on the order in which they came.
    """
    rows = con.execute(
        "WITH touched AS (SELECT DISTINCT coalesce(outlet_given, outlet_domain) AS outlet "
        "FROM core.articles WHERE run_id = ?), "
        f"shown AS (SELECT coalesce(a.outlet_given, a.outlet_domain) AS outlet, l.text, l.role, "
        f"a.document_id, a.body, {_SAME} AS same "
        "FROM core.lines l JOIN core.articles a USING (article_id) "
        "WHERE coalesce(a.outlet_given, a.outlet_domain) IN (SELECT outlet FROM touched)), "
        "repeated AS (SELECT outlet, text FROM shown GROUP BY ALL HAVING count(DISTINCT "
        "same) >= ?) "
        "SELECT DISTINCT outlet, document_id, text, body FROM shown JOIN repeated USING "
        "(outlet, text) WHERE role = 'body' ORDER BY ALL",
        [run_id, MIN_ARTICLES],
    ).fetchall()
    reached = [
        (outlet, text, document_id)
        for outlet, document_id, text, body in rows
        if is_off_topic(text, body)
    ]
    spread = _find_spread(con, (), {(outlet, text) for outlet, text, _ in reached}, ())
    return sorted(
        {document_id for outlet, text, document_id in reached if (outlet, text) in spread}
    )
