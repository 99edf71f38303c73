-- Pairs of claims that contradict, deny or update each other, the newer of them in the period: the older first.
WITH told AS (
    SELECT l.link_type, split_part(l.reason, ';', 1) AS differs_in, l.reason, l.score, x.claim_id AS one, y.claim_id AS other
    FROM core.claim_links AS l
    JOIN told_claims AS x ON x.claim_id = l.claim_id
    JOIN told_claims AS y ON y.claim_id = l.other_claim_id
    WHERE l.link_type <> 'same' AND (x.is_in_period OR y.is_in_period)
        AND (x.is_in_period OR x.is_before) AND (y.is_in_period OR y.is_before) AND x.is_current AND y.is_current
)
SELECT link_type, differs_in, reason, score, one, other FROM told
ORDER BY score DESC, one, other
