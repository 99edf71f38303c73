"""The index behind the macro `search`: plain tables in the file, so that no extension is needed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_ITEMS = """
CREATE OR REPLACE TEMP TABLE search_now AS
SELECT item_id, item_type, article_id, words, md5(words) AS text_digest
FROM (
    SELECT claim_id AS item_id, 'claim' AS item_type, article_id,
        concat_ws(' ', speakers, content_text) AS words
    FROM mart.claims
    UNION ALL
    SELECT article_id, 'article', article_id, concat_ws(' ', headline, standfirst, body)
    FROM mart.articles
)"""
_STALE = """
SELECT i.item_id FROM core.search_items AS i
WHERE NOT EXISTS (
    FROM search_now AS n WHERE n.item_id = i.item_id AND n.text_digest = i.text_digest
)"""
_NEW_TERMS = r"""
INSERT INTO core.search_terms
SELECT search_term(word), item_id, count(*)
FROM (
    SELECT item_id, unnest(regexp_extract_all(words, '[\p{L}\p{M}\p{N}]+')) AS word
    FROM search_now
    WHERE item_id NOT IN (SELECT item_id FROM core.search_items)
)
GROUP BY ALL
ORDER BY ALL"""
_NEW_ITEMS = r"""
INSERT INTO core.search_items
SELECT item_id, item_type, article_id, text_digest,
    len(regexp_extract_all(words, '[\p{L}\p{M}\p{N}]+'))
FROM search_now
WHERE item_id NOT IN (SELECT item_id FROM core.search_items)
ORDER BY item_id"""


def update_index(con: "duckdb.DuckDBPyConnection") -> int:
    """Index the claims and articles that are new or have changed, and drop those that are gone.

    Returns how many were new or gone; 0 where the index was right already.
    """
    con.execute(_ITEMS)
    con.execute(f"CREATE OR REPLACE TEMP TABLE search_stale AS {_STALE}")
    gone = _count(con, "search_stale")
    if gone:
        for table in ("core.search_terms", "core.search_items"):
            con.execute(f"DELETE FROM {table} WHERE item_id IN (FROM search_stale)")
    before = _count(con, "core.search_items")
    if _count(con, "search_now") > before:
        con.execute(_NEW_TERMS)
        con.execute(_NEW_ITEMS)
    new = _count(con, "core.search_items") - before
    con.execute("DROP TABLE search_now")
    con.execute("DROP TABLE search_stale")
    return gone + new


def _count(con: "duckdb.DuckDBPyConnection", table: str) -> int:
    return int(con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])
