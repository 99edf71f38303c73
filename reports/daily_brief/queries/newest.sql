-- Articles of the period, the newest of each story first.
SELECT story_id, article_id, outlet_name, headline, url, happened_at, is_day_only
FROM told_articles
WHERE is_in_period AND is_current
ORDER BY happened_at DESC, article_id
