-- Through whom the claims of the period come: the hops between speaker and outlet, in order.
SELECT s.claim_id, s.chain, s.hop, coalesce(a.canonical_name, s.surface) AS name, s.source_type, s.ground_rules
FROM core.claim_sources AS s
LEFT JOIN core.actors AS a USING (actor_id)
WHERE s.claim_id IN (SELECT claim_id FROM told_claims WHERE is_current AND (is_in_period OR is_before) AND NOT is_statement)
ORDER BY s.claim_id, s.chain, s.hop
