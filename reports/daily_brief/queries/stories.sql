-- Stories by how far they moved in the period: new texts first, then outlets that had not carried it, then new claims.
WITH groups AS (
    SELECT arg_min(story_id, happened_at) FILTER (is_in_period) AS story_id, claim_group_id, NOT bool_or(is_before) AND bool_or(is_in_period AND is_current) AS is_new
    FROM told_claims WHERE NOT is_statement AND claim_group_id IS NOT NULL AND coalesce(grade, '') <> 'withdrawn' GROUP BY claim_group_id
), moved AS (
    SELECT
        story_id, any_value(story_headline) AS story_headline,
        count(*) FILTER (is_in_period) AS new_articles, count(*) AS articles,
        count(DISTINCT text_id) FILTER (is_in_period) AS new_texts,
        count(DISTINCT outlet_name) FILTER (is_in_period) AS outlets_now, count(DISTINCT outlet_name) AS outlets,
        count(DISTINCT outlet_name) - count(DISTINCT outlet_name) FILTER (is_before) AS new_outlets,
        max(happened_at) FILTER (is_in_period) AS newest_at
    FROM told_articles
    WHERE is_current AND (is_in_period OR is_before)
    GROUP BY story_id
)
SELECT m.*, coalesce(g.new_claims, 0) AS new_claims
FROM moved AS m
LEFT JOIN (SELECT story_id, count(*) FILTER (is_new) AS new_claims FROM groups GROUP BY story_id) AS g USING (story_id)
WHERE m.new_articles > 0
ORDER BY new_texts DESC, new_outlets DESC, new_claims DESC, story_id
