-- Which claims rest on unnamed sources, and on what terms do these speak?
SELECT c.published_at, c.outlet_name, c.speaker_name, c.source_type, s.ground_rules, s.source_count, c.content_text, c.reference
FROM mart.claims c JOIN core.claim_sources s ON s.claim_id = c.claim_id AND s.hop = 0
WHERE NOT s.is_named AND s.source_type <> 'unattributed'
ORDER BY c.published_at, c.reference
