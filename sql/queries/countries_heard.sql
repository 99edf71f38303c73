-- Which countries are heard? Claims by the country of the speaker.
SELECT speaker_country_code, count(DISTINCT claim_id) AS claims, count(DISTINCT article_id) AS articles,
    count(DISTINCT speaker_name) AS speakers
FROM statements
WHERE speaker_country_code IS NOT NULL
GROUP BY ALL
ORDER BY claims DESC, speaker_country_code
