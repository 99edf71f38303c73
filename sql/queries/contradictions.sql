-- Who contradicts whom, and in what? The later claim first.
SELECT published_at, outlet_name, speaker_name, content_text, other_speaker_name, other_content_text, other_outlet_name, reason, url
FROM relations
WHERE link_type = 'contradicts'
ORDER BY published_at, claim_id, other_claim_id
