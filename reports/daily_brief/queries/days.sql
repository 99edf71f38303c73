-- Articles of each story on each of the last fourteen days.
SELECT a.story_id, d.day, count(*) AS articles
FROM report_days AS d
JOIN told_articles AS a ON a.happened_at >= d.starts_at AND a.happened_at < d.ends_at
WHERE a.is_current
GROUP BY ALL
