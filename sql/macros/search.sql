-- Search claims (with their speakers) and whole articles for all of these words; the best fit first (BM25).
-- example: SELECT score, item_type, outlet_name, text FROM search('ceasefire Homs')
CREATE OR REPLACE MACRO main.search(words) AS TABLE
WITH wanted AS (
    SELECT DISTINCT search_term(word) AS term
    FROM (SELECT unnest(regexp_extract_all(words, '[\p{L}\p{M}\p{N}]+')) AS word)
), hits AS (
    SELECT t.item_id, t.term, t.term_count, i.item_type, i.article_id, i.word_count
    FROM core.search_terms AS t
    JOIN core.search_items AS i USING (item_id)
    WHERE t.term IN (SELECT term FROM wanted)
), rarity AS (
    SELECT h.item_type, h.term, ln(1 + (any_value(n.item_count) - count(*) + 0.5) / (count(*) + 0.5)) AS weight
    FROM hits AS h
    JOIN (SELECT item_type, count(*) AS item_count FROM core.search_items GROUP BY item_type) AS n USING (item_type)
    GROUP BY h.item_type, h.term
), lengths AS (
    SELECT item_type, avg(word_count) AS mean_count
    FROM core.search_items
    GROUP BY item_type
), ranked AS (
    SELECT
        h.item_id,
        any_value(h.item_type) AS item_type,
        any_value(h.article_id) AS article_id,
        sum(r.weight * h.term_count * 2.2 / (h.term_count + 1.2 * (0.25 + 0.75 * h.word_count / l.mean_count))) AS score
    FROM hits AS h
    JOIN rarity AS r ON r.item_type = h.item_type AND r.term = h.term
    JOIN lengths AS l ON l.item_type = h.item_type
    GROUP BY h.item_id
    HAVING count(*) = (SELECT count(*) FROM wanted)
)
SELECT
    round(r.score, 2) AS score,
    r.item_type,
    a.outlet_name,
    a.published_at,
    s.speakers AS speakers,
    coalesce(s.content_text, a.headline) AS text,
    a.headline,
    t.headline AS story_headline,
    a.url,
    s.claim_id,
    r.article_id
FROM ranked AS r
JOIN core.articles AS a ON a.article_id = r.article_id
LEFT JOIN core.stories AS t ON t.story_id = a.story_id
LEFT JOIN mart.claims AS s ON s.claim_id = r.item_id
ORDER BY r.score DESC, a.published_at DESC, r.item_id;
