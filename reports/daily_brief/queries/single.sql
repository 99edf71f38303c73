-- Claims of the period with one origin: carried by several articles, or by an anonymous source.
SELECT t.*, coalesce(o.articles, 0) AS own_articles FROM told_claims AS t
LEFT JOIN (
    SELECT claim_group_id, count(DISTINCT article_id) AS articles FROM told_claims WHERE is_statement AND is_current GROUP BY claim_group_id
) AS o USING (claim_group_id)
WHERE claim_group_id IN (
    SELECT claim_group_id FROM told_claims WHERE is_in_period AND is_current AND NOT is_statement GROUP BY claim_group_id
    HAVING bool_and(origin_count = 1) AND (max(article_count) > 1 OR bool_or(is_anonymous))
) AND is_current AND NOT is_statement AND (is_in_period OR is_before)
ORDER BY article_count DESC, text_count DESC, claim_group_id, happened_at, claim_id
