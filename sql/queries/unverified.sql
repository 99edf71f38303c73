-- Which claims does the outlet itself say it could not verify?
SELECT published_at, outlet_name, speaker_name, content_text, caveat, reference
FROM mart.claims
WHERE caveat IS NOT NULL
ORDER BY published_at, reference
