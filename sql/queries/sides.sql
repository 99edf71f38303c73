-- Which side speaks? Claims by the side of the speaker in the story.
SELECT coalesce(speaker_side, 'none stated') AS side, count(DISTINCT claim_id) AS claims, count(DISTINCT article_id) AS articles
FROM statements
GROUP BY ALL
ORDER BY claims DESC, side
