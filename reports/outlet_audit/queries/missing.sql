-- Claims that at least two other outlets carry and an outlet with an article on the story does not.
WITH carried AS (
    SELECT claim_group_id, story_id, count(DISTINCT outlet_name) AS outlets, list(DISTINCT outlet_name ORDER BY outlet_name) AS names,
        arg_min(claim_id, (happened_at, claim_id)) AS claim_id
    FROM told_claims
    WHERE is_current AND (is_in_period OR is_before) AND NOT is_statement AND claim_group_id IS NOT NULL AND coalesce(grade, '') <> 'withdrawn'
    GROUP BY ALL
    HAVING count(DISTINCT outlet_name) > 1 AND bool_or(is_in_period)
), present AS (SELECT DISTINCT story_id, outlet_name FROM told_articles WHERE is_current AND is_in_period)
SELECT p.outlet_name AS missing_in, c.outlets, c.names, t.*
FROM carried AS c
JOIN present AS p ON p.story_id = c.story_id AND NOT list_contains(c.names, p.outlet_name)
JOIN told_claims AS t ON t.claim_id = c.claim_id
ORDER BY p.outlet_name, c.outlets DESC, t.happened_at DESC, t.claim_id
