-- Places named, without demonyms and metonyms.
SELECT l.location_id, l.name, l.kind, l.country_code, l.lat, l.lon, count(*) AS mentions, count(DISTINCT m.article_id) AS articles
FROM core.location_mentions m JOIN core.locations l USING (location_id) JOIN core.articles a USING (article_id)
WHERE a.is_current AND NOT m.is_demonym AND NOT m.is_metonym
GROUP BY ALL
ORDER BY mentions DESC, l.name
