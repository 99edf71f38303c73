-- Which side speaks? Claims by the party role of the speaker.
SELECT coalesce(s.party_role, 'none stated') AS party_role, count(DISTINCT s.claim_id) AS claims, count(DISTINCT s.article_id) AS articles
FROM core.claim_sources s JOIN mart.claims USING (claim_id)
WHERE s.hop = 0
GROUP BY ALL
ORDER BY claims DESC, party_role
