-- Which articles carry a correction, or were changed after they were first read?
SELECT published_at, modified_at, outlet_name, headline, version, correction, url
FROM articles
WHERE correction IS NOT NULL OR version > 1
ORDER BY published_at, article_id
