-- Which places is the news about, and who speaks about them?
SELECT l.name, l.kind, l.country_code, l.lat, l.lon, count(DISTINCT m.article_id) AS articles, count(*) AS mentions,
    count(DISTINCT cl.claim_id) AS claims
FROM core.location_mentions m
JOIN core.locations l USING (location_id)
LEFT JOIN core.claim_locations cl USING (location_id)
WHERE NOT m.is_demonym AND NOT m.is_metonym
GROUP BY ALL
ORDER BY mentions DESC, l.name
