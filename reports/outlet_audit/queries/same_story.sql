-- Claims with a source by outlet and story of the period, and those of the other outlets on the same story.
WITH told AS (
    SELECT story_id, outlet_name, count(*) AS claims, count(*) FILTER (is_anonymous) AS anonymous
    FROM told_claims WHERE is_in_period AND is_current AND NOT is_statement GROUP BY ALL
)
SELECT t.outlet_name, count(DISTINCT t.story_id) AS stories, CAST(sum(t.claims) AS DOUBLE) AS claims, CAST(sum(t.anonymous) AS DOUBLE) AS anonymous,
    CAST(sum(t.claims * o.anonymous / o.claims) AS DOUBLE) AS expected
FROM told AS t
JOIN (
    SELECT t.story_id, t.outlet_name, CAST(sum(x.claims) AS DOUBLE) AS claims, CAST(sum(x.anonymous) AS DOUBLE) AS anonymous
    FROM told AS t JOIN told AS x ON x.story_id = t.story_id AND x.outlet_name <> t.outlet_name GROUP BY ALL
) AS o ON o.story_id = t.story_id AND o.outlet_name = t.outlet_name
GROUP BY t.outlet_name
ORDER BY t.outlet_name
