-- Who denies what, and whom? A denial with the claim that it denies, where that one was found.
SELECT
    c.published_at, c.outlet_name, c.speakers, c.cue_text, c.content_text, r.other_speaker_name AS denied_speaker,
    r.other_content_text AS denied_text, r.other_outlet_name AS denied_outlet, c.url
FROM claims AS c
LEFT JOIN relations AS r ON r.claim_id = c.claim_id AND r.link_type = 'denies'
WHERE r.claim_id IS NOT NULL OR c.cue_stance = 'denial' OR c.is_attribution_negated
ORDER BY c.published_at, c.reference, r.other_claim_id
