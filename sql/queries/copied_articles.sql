-- Who copies whom? Articles that carry a text another outlet had first.
SELECT published_at, outlet_name, headline, copied_from_outlet_name, agency_name, url
FROM articles
WHERE copied_from_outlet_name IS NOT NULL
ORDER BY published_latest_at, outlet_name
