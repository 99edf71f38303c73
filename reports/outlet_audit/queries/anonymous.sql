-- Claims of the period from an anonymous source, those in most articles first.
SELECT t.*, r.ground_rules
FROM told_claims AS t
LEFT JOIN (SELECT claim_id, any_value(ground_rules) AS ground_rules FROM core.claim_sources WHERE hop = 0 GROUP BY claim_id) AS r USING (claim_id)
WHERE t.is_in_period AND t.is_current AND NOT t.is_statement AND t.is_anonymous
ORDER BY t.article_count DESC, t.happened_at DESC, t.claim_id
