-- The claims of those pairs.
SELECT t.* FROM told_claims AS t
WHERE t.claim_id IN (SELECT claim_id FROM core.claim_links WHERE link_type <> 'same' UNION ALL SELECT other_claim_id FROM core.claim_links WHERE link_type <> 'same')
    AND (t.is_in_period OR t.is_before)
