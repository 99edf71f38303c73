-- Which claims does the outlet itself say it could not verify?
SELECT published_at, outlet_name, speakers, content_text, caveat, url
FROM claims
WHERE caveat IS NOT NULL
ORDER BY published_at, reference
