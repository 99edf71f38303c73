-- Claims gone from the current versions, and pairs that contradict each other, one row for each pair of groups.
SELECT 'withdrawn' AS differs_in, canonical_text AS content_text, speakers AS speaker_name, outlets AS outlet_name,
    NULL AS other_content_text, NULL AS other_speaker_name, NULL AS other_outlet_name, last_reported_at AS changed_at, 1 AS pair_count
FROM mart.claim_groups
WHERE is_withdrawn
UNION ALL
SELECT differs_in, min_by(content_text, claim_id || other_claim_id), min_by(speaker_name, claim_id || other_claim_id),
    min_by(outlet_name, claim_id || other_claim_id), min_by(other_content_text, claim_id || other_claim_id),
    min_by(other_speaker_name, claim_id || other_claim_id), min_by(other_outlet_name, claim_id || other_claim_id),
    max(greatest(published_at, other_published_at)), count(*)
FROM mart.contradictions
GROUP BY differs_in, least(claim_group_id, other_claim_group_id), greatest(claim_group_id, other_claim_group_id)
ORDER BY (differs_in <> 'withdrawn'), changed_at DESC NULLS LAST, pair_count DESC, content_text, other_content_text
