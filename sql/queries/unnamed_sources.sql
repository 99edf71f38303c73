-- Which claims rest on people without a name, and on what terms do these speak?
SELECT published_at, outlet_name, speaker_name, source_type, ground_rules, source_count, relays, content_text, url
FROM statements
WHERE naming = 'anonymous'
ORDER BY published_at, reference, chain
