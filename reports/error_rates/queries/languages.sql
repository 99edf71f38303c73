-- Articles of the period by language; only English is read for claims.
SELECT coalesce(language, 'unknown') AS language, count(*) AS articles
FROM told_articles WHERE is_current AND is_in_period GROUP BY ALL ORDER BY articles DESC, language
