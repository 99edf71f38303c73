-- What each outlet of the period published, and how its claims are sourced.
WITH articles AS (
    SELECT outlet_name, count(*) AS articles, count(DISTINCT story_id) AS stories,
        count(*) FILTER (c.role IS NOT NULL AND c.role NOT IN ('first', 'version')) AS copied
    FROM told_articles LEFT JOIN core.copies AS c USING (article_id)
    WHERE is_in_period AND is_current GROUP BY outlet_name
)
SELECT a.*, coalesce(c.claims, 0) AS claims, coalesce(c.anonymous, 0) AS anonymous, coalesce(c.loaded, 0) AS loaded, coalesce(c.own, 0) AS own
FROM articles AS a
LEFT JOIN (
    SELECT outlet_name, count(*) FILTER (NOT is_statement) AS claims, count(*) FILTER (NOT is_statement AND is_anonymous) AS anonymous,
        count(*) FILTER (NOT is_statement AND cue_stance <> 'neutral') AS loaded, count(*) FILTER (is_statement) AS own
    FROM told_claims WHERE is_in_period AND is_current GROUP BY outlet_name
) AS c USING (outlet_name)
ORDER BY a.articles DESC, a.outlet_name
