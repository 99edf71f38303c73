-- Who gives another account than before? What one and the same speaker tells anew: corrected, taken back, a tally that changed.
SELECT r.link_type, r.published_at, r.speaker_name, r.content_text, r.other_published_at, r.other_content_text, r.url, r.other_url
FROM relations AS r
JOIN claims AS a ON a.claim_id = r.claim_id
JOIN claims AS b ON b.claim_id = r.other_claim_id
WHERE a.speaker_actor_id = b.speaker_actor_id AND r.link_type = 'updates'
ORDER BY r.published_at, r.claim_id, r.other_claim_id
