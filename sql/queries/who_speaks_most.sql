-- Who speaks most? Speakers by claims, with the outlets that carry them.
SELECT speaker_name, mode(source_type) AS source_type, count(DISTINCT claim_id) AS claims, count(DISTINCT article_id) AS articles,
    count(DISTINCT outlet_name) AS outlets
FROM statements
WHERE speaker_name IS NOT NULL
GROUP BY speaker_name
ORDER BY claims DESC, speaker_name
LIMIT 50
