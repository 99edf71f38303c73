CREATE TABLE IF NOT EXISTS core.locations (
    location_id   VARCHAR NOT NULL,
    name          VARCHAR NOT NULL,
    kind          VARCHAR NOT NULL,
    country_code  VARCHAR,
    admin1_name   VARCHAR,
    lat           DOUBLE,
    lon           DOUBLE,
    geonames_id   BIGINT,
    precision     VARCHAR NOT NULL,
    article_count INTEGER NOT NULL,  -- by resolve
    mention_count INTEGER NOT NULL,  -- by resolve
    origin        VARCHAR NOT NULL
);

COMMENT ON TABLE core.locations IS 'Place in use.';
COMMENT ON COLUMN core.locations.location_id IS 'Place';
COMMENT ON COLUMN core.locations.name IS 'English name';
COMMENT ON COLUMN core.locations.kind IS 'point, admin2, admin1, country, region or water';
COMMENT ON COLUMN core.locations.country_code IS 'ISO 3166-1 alpha-2 code';
COMMENT ON COLUMN core.locations.admin1_name IS 'First-level division it lies in';
COMMENT ON COLUMN core.locations.lat IS 'Latitude in degrees north; of an area, a point inside it';
COMMENT ON COLUMN core.locations.lon IS 'Longitude in degrees east';
COMMENT ON COLUMN core.locations.geonames_id IS 'Id in GeoNames, where it has one';
COMMENT ON COLUMN core.locations.precision IS 'What a map may draw: point, admin2, admin1, country, region or water';
COMMENT ON COLUMN core.locations.article_count IS 'Articles that name it';
COMMENT ON COLUMN core.locations.mention_count IS 'Spans that name it';
COMMENT ON COLUMN core.locations.origin IS 'Component and version that made the row';
