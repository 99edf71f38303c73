-- Who speaks most? Speakers by claims, with the outlets that carry them.
SELECT speaker_name, source_type, count(*) AS claims, count(DISTINCT article_id) AS articles, count(DISTINCT outlet_name) AS outlets
FROM mart.claims
WHERE speaker_name IS NOT NULL
GROUP BY ALL
ORDER BY claims DESC, speaker_name
LIMIT 50
