-- Through whom do claims reach the outlets? Agencies, broadcasters, papers and people that stand between.
SELECT outlet_name, relays, count(*) AS claims, count(DISTINCT article_id) AS articles
FROM statements
WHERE relays IS NOT NULL
GROUP BY ALL
ORDER BY claims DESC, outlet_name, relays
