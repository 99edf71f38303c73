-- Stories by their headlines, those with most articles of the period first.
SELECT story_id, any_value(story_headline) AS headline, list(DISTINCT headline) AS headlines, count(*) AS articles, max(happened_at) AS newest_at
FROM told_articles WHERE is_current AND is_in_period
GROUP BY story_id
ORDER BY articles DESC, story_id
