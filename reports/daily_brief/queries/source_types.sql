-- Claims by the type of their first speaker.
SELECT source_type, count(*) AS claims, count(*) FILTER (NOT is_named) AS unnamed, count(DISTINCT article_id) AS articles
FROM mart.claims
GROUP BY source_type
ORDER BY claims DESC, source_type
