-- Articles of each outlet in the period and in the four weeks before it.
SELECT outlet_name, count(*) FILTER (is_in_period) AS now, count(*) FILTER (is_before AND happened_at >= (SELECT min(starts_at) FROM report_days) - INTERVAL 28 DAY) AS before,
    max(happened_at) AS last_at
FROM told_articles
WHERE is_current AND (is_in_period OR is_before)
GROUP BY outlet_name
HAVING now > 0 OR before > 0
ORDER BY now, before DESC, outlet_name
