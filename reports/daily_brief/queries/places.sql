-- Places that the stories of the period name; in how many of their articles.
WITH articles AS (
    SELECT article_id, story_id, count(*) OVER (PARTITION BY story_id) AS story_articles
    FROM told_articles
    WHERE is_current AND (is_in_period OR is_before) AND story_id IN (SELECT story_id FROM told_articles WHERE is_in_period AND is_current)
)
SELECT a.story_id, a.story_articles, l.location_id, l.name, l.kind, l.country_code, l.lat, l.lon, count(*) AS mentions,
    count(DISTINCT a.article_id) AS articles, count(DISTINCT a.article_id) FILTER (m.is_focus) AS focus_articles, bool_or(m.is_focus) AS is_focus
FROM told_places AS m
JOIN core.locations AS l USING (location_id)
JOIN articles AS a USING (article_id)
GROUP BY ALL
ORDER BY a.story_id, is_focus DESC, mentions DESC, l.name
