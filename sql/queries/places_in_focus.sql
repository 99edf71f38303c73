-- Which places is the news about, and how many claims are about them?
WITH focus AS (
    SELECT m.location_id, count(DISTINCT m.article_id) AS articles, count(*) AS mentions
    FROM core.location_mentions m JOIN core.articles a USING (article_id)
    WHERE a.is_current AND m.is_focus
    GROUP BY ALL
), claims AS (
    SELECT location_id, count(DISTINCT claim_id) AS claims FROM core.claim_locations GROUP BY ALL
)
SELECT l.name, l.kind, l.country_code, l.lat, l.lon, f.articles, f.mentions, coalesce(c.claims, 0) AS claims
FROM focus f JOIN core.locations l USING (location_id) LEFT JOIN claims c USING (location_id)
ORDER BY articles DESC, mentions DESC, l.name
