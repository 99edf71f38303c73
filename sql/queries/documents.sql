-- Which claims rest on a document: a report, a letter, a ruling?
SELECT published_at, outlet_name, speaker_name, content_text, url
FROM statements
WHERE source_type = 'document'
ORDER BY published_at, reference, chain
