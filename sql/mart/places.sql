CREATE OR REPLACE VIEW mart.places AS
SELECT
    l.location_id,
    l.name,
    l.kind,
    l.country_code,
    l.admin1_name,
    l.lat,
    l.lon,
    coalesce(m.article_count, 0) AS article_count,
    coalesce(m.focus_article_count, 0) AS focus_article_count,
    coalesce(m.mention_count, 0) AS mention_count,
    coalesce(c.claim_count, 0) AS claim_count,
    l.geonames_id
FROM core.locations AS l
LEFT JOIN (
    SELECT
        x.location_id,
        count(DISTINCT x.article_id) AS article_count,
        count(DISTINCT x.article_id) FILTER (x.is_focus) AS focus_article_count,
        count(*) AS mention_count
    FROM core.location_mentions AS x
    JOIN core.articles AS a USING (article_id)
    WHERE a.is_current
    GROUP BY x.location_id
) AS m ON m.location_id = l.location_id
LEFT JOIN (
    SELECT x.location_id, count(DISTINCT x.claim_id) AS claim_count
    FROM core.claim_locations AS x
    JOIN core.articles AS a USING (article_id)
    WHERE a.is_current
    GROUP BY x.location_id
) AS c ON c.location_id = l.location_id;

COMMENT ON VIEW mart.places IS 'Places that the news names, with how much is said about them. Counts are of current article versions.';
COMMENT ON COLUMN mart.places.location_id IS 'Place';
COMMENT ON COLUMN mart.places.name IS 'English name';
COMMENT ON COLUMN mart.places.kind IS 'point, admin2, admin1, country, region or water: what a map may draw';
COMMENT ON COLUMN mart.places.country_code IS 'ISO 3166-1 alpha-2 code';
COMMENT ON COLUMN mart.places.admin1_name IS 'First-level division it lies in';
COMMENT ON COLUMN mart.places.lat IS 'Latitude in degrees north; of an area, a point inside it';
COMMENT ON COLUMN mart.places.lon IS 'Longitude in degrees east';
COMMENT ON COLUMN mart.places.article_count IS 'Articles that name it';
COMMENT ON COLUMN mart.places.focus_article_count IS 'Articles that are about it';
COMMENT ON COLUMN mart.places.mention_count IS 'Spans that name it';
COMMENT ON COLUMN mart.places.claim_count IS 'Claims about it';
COMMENT ON COLUMN mart.places.geonames_id IS 'Id in GeoNames, where it has one';
