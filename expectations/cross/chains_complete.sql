-- severity: critical
-- why: A chain of attribution starts at hop 0 and leaves no hop out; every claim has one.
SELECT claim_id, chain, count(*) AS hops, max(hop) AS last_hop
FROM core.claim_sources
GROUP BY ALL
HAVING min(hop) <> 0 OR max(hop) <> count(*) - 1
UNION ALL
SELECT claim_id, 0, 0, 0 FROM core.claims WHERE claim_id NOT IN (SELECT claim_id FROM core.claim_sources)
