"""The index behind the macro `search`: plain tables in the file, so that no extension is needed.

Only articles whose words, claims or speakers have changed are indexed again.
"""

from typing import TYPE_CHECKING

from newsledger.store.changes import find_mark, mark, note, since

if TYPE_CHECKING:
    import duckdb

INDEXED = "indexed"  # a mark

# Where it is known what was written since the last time: articles with other rows of their own, or
# whose speakers have become other actors or changed their names.
_WRITTEN = """
CREATE OR REPLACE TEMP TABLE search_scope AS
SELECT row_key AS article_id FROM ops.changes
WHERE number > {0} AND table_name IN ('core.articles', 'core.claims', 'core.claim_sources')
UNION
SELECT article_id FROM core.claim_sources WHERE actor_id IN ({1})
UNION
SELECT article_id FROM core.claims WHERE speaker_actor_id IN ({1})"""
_ALL = """
CREATE OR REPLACE TEMP TABLE search_scope AS
SELECT article_id FROM core.articles UNION SELECT article_id FROM blocks.search_articles"""
# Who speaks, as `mart.statements` names them, without what else it joins.
_STATEMENTS = """
CREATE OR REPLACE TEMP TABLE search_statements AS
SELECT
    s.claim_id, s.chain, s.article_id,
    CASE
        WHEN s.source_type IN ('unattributed', 'own_reporting') THEN NULL
        WHEN s.chain = 0 THEN coalesce(p.canonical_name, c.speaker_name, s.surface)
        ELSE coalesce(p.canonical_name, s.surface)
    END AS speaker_name
FROM (FROM core.claim_sources SEMI JOIN search_scope USING (article_id) WHERE hop = 0) AS s
JOIN (FROM core.claims SEMI JOIN search_scope USING (article_id)) AS c ON c.claim_id = s.claim_id
LEFT JOIN core.actors AS p
    ON p.actor_id = coalesce(s.actor_id, CASE WHEN s.chain = 0 THEN c.speaker_actor_id END)"""
_ARTICLES = """
CREATE OR REPLACE TEMP TABLE search_articles_now AS
SELECT a.article_id, hash(a.is_current, a.headline, a.standfirst, a.body, r.digest) AS digest
FROM core.articles AS a LEFT JOIN (
    SELECT article_id, hash(count(*), bit_xor(hash(h))) AS digest
    FROM (
        SELECT article_id, hash(claim_id, is_statement, cue_class, content_text) AS h
        FROM core.claims SEMI JOIN search_scope USING (article_id)
        UNION ALL
        SELECT article_id, hash(claim_id, chain, speaker_name) FROM search_statements
    )
    GROUP BY article_id
) AS r USING (article_id)
WHERE a.article_id IN (FROM search_scope)"""
_TOUCHED = """
CREATE OR REPLACE TEMP TABLE search_touched AS
SELECT coalesce(n.article_id, b.article_id) AS article_id
FROM search_articles_now AS n FULL JOIN (
    FROM blocks.search_articles SEMI JOIN search_scope USING (article_id)
) AS b USING (article_id)
WHERE b.digest IS DISTINCT FROM n.digest"""
# The claims that `mart.claims` shows, without what else it joins.
_ITEMS = """
CREATE OR REPLACE TEMP TABLE search_now AS
SELECT item_id, item_type, article_id, words, md5(words) AS text_digest
FROM (
    SELECT
        c.claim_id AS item_id, 'claim' AS item_type, c.article_id,
        concat_ws(' ', k.speakers, c.content_text) AS words
    FROM core.claims AS c JOIN core.articles AS a USING (article_id) LEFT JOIN (
        SELECT claim_id, array_to_string(list(speaker_name ORDER BY chain), '; ') AS speakers
        FROM search_statements GROUP BY claim_id
    ) AS k ON k.claim_id = c.claim_id
    WHERE a.is_current AND NOT c.is_statement AND c.cue_class NOT IN ('declined', 'credit')
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
    con.execute(_ALL if number is None else _WRITTEN.format(number, since("core.actors", number)))
    con.execute(_STATEMENTS)
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
