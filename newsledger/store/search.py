"""The index behind the macro `search`: plain tables in the file, so that no extension is needed.

Only articles whose words, claims or speakers have changed are indexed again: `mart.claims` must be
up to date (`newsledger.store.kept_rows`).
"""

from typing import TYPE_CHECKING

from newsledger.store.changes import find_mark, mark, note

if TYPE_CHECKING:
    import duckdb

INDEXED = "indexed"  # a mark

# Where it is known what was written since the last time: articles whose rows were made again.
_WRITTEN = """
CREATE OR REPLACE TEMP TABLE search_scope AS
SELECT row_key AS article_id FROM ops.changes WHERE number > {} AND table_name = 'mart.claims'"""
_ALL = """
CREATE OR REPLACE TEMP TABLE search_scope AS
SELECT article_id FROM core.articles UNION SELECT article_id FROM blocks.search_articles"""
_ARTICLES = """
CREATE OR REPLACE TEMP TABLE search_articles_now AS
SELECT a.article_id, hash(a.is_current, a.headline, a.standfirst, a.body, r.digest) AS digest
FROM core.articles AS a LEFT JOIN (
    SELECT article_id, hash(count(*), bit_xor(hash(claim_id, speakers, content_text))) AS digest
    FROM mart.claims SEMI JOIN search_scope USING (article_id) GROUP BY article_id
) AS r USING (article_id)
WHERE a.article_id IN (FROM search_scope)"""
_TOUCHED = """
CREATE OR REPLACE TEMP TABLE search_touched AS
SELECT coalesce(n.article_id, b.article_id) AS article_id
FROM search_articles_now AS n FULL JOIN (
    FROM blocks.search_articles SEMI JOIN search_scope USING (article_id)
) AS b USING (article_id)
WHERE b.digest IS DISTINCT FROM n.digest"""
_ITEMS = """
CREATE OR REPLACE TEMP TABLE search_now AS
SELECT item_id, item_type, article_id, words, md5(words) AS text_digest
FROM (
    SELECT claim_id AS item_id, 'claim' AS item_type, article_id,
        concat_ws(' ', speakers, content_text) AS words
    FROM mart.claims
    UNION ALL
    SELECT article_id, 'article', article_id, concat_ws(' ', headline, standfirst, body)
    FROM core.articles WHERE is_current
) SEMI JOIN search_touched USING (article_id)"""
_STALE = """
CREATE OR REPLACE TEMP TABLE search_stale AS
SELECT i.item_id FROM core.search_items AS i SEMI JOIN search_touched USING (article_id)
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
SELECT
    item_id, item_type, article_id, text_digest,
    len(regexp_extract_all(words, '[\p{L}\p{M}\p{N}]+'))
FROM search_now
WHERE item_id NOT IN (SELECT item_id FROM core.search_items)
ORDER BY item_id"""
_KEEP = (
    "DELETE FROM blocks.search_articles WHERE article_id IN (FROM search_touched)",
    "INSERT INTO blocks.search_articles FROM search_articles_now "
    "SEMI JOIN search_touched USING (article_id)",
)


def update_index(con: "duckdb.DuckDBPyConnection") -> int:
    """Index the claims and articles that are new or have changed, and drop those that are gone.

    Returns how many were new or gone; 0 where the index was right already.
    """
    number = find_mark(con, INDEXED)
    con.execute(_ALL if number is None else _WRITTEN.format(number))
    con.execute(_ARTICLES)
    con.execute(_TOUCHED)
    con.execute(_ITEMS)
    con.execute(_STALE)
    note(con, "core.search_items", "FROM search_touched")
    note(con, "core.search_terms", "FROM search_stale UNION SELECT item_id FROM search_now")
    gone = _count(con, "search_stale")
    if gone:
        for table in ("core.search_terms", "core.search_items"):
            con.execute(f"DELETE FROM {table} WHERE item_id IN (FROM search_stale)")
    before = _count(con, "core.search_items")
    if _count(con, "search_now"):
        con.execute(_NEW_TERMS)
        con.execute(_NEW_ITEMS)
    new = _count(con, "core.search_items") - before
    for statement in _KEEP:
        con.execute(statement)
    mark(con, INDEXED)
    for table in (
        "search_scope",
        "search_articles_now",
        "search_touched",
        "search_now",
        "search_stale",
    ):
        con.execute(f"DROP TABLE {table}")
    return gone + new


def _count(con: "duckdb.DuckDBPyConnection", table: str) -> int:
    return int(con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])
