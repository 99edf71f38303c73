-- severity: critical
-- why: A chain of attribution starts at hop 0, leaves no hop out and has none twice; every claim has one.
WITH broken AS (
    SELECT claim_id, chain, count(*) AS hops, max(hop) AS last_hop
    FROM core.claim_sources JOIN articles_to_check USING (article_id)
    GROUP BY claim_id, chain
    HAVING min(hop) <> 0 OR max(hop) <> count(*) - 1
    UNION ALL
    SELECT claim_id, 0, 0, 0
    FROM core.claims JOIN articles_to_check USING (article_id)
    WHERE claim_id NOT IN (SELECT claim_id FROM core.claim_sources)
)
SELECT 'core.claims' AS table_name, core.claims.rowid AS row_id, claim_id, chain, hops, last_hop
FROM core.claims JOIN broken USING (claim_id)
