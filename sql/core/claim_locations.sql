CREATE TABLE IF NOT EXISTS core.claim_locations (
    claim_id    VARCHAR NOT NULL,
    article_id  VARCHAR NOT NULL,
    location_id VARCHAR NOT NULL,
    role        VARCHAR NOT NULL
);

COMMENT ON TABLE core.claim_locations IS 'Place that a claim is about.';
COMMENT ON COLUMN core.claim_locations.claim_id IS 'Claim';
COMMENT ON COLUMN core.claim_locations.article_id IS 'Article';
COMMENT ON COLUMN core.claim_locations.location_id IS 'Place';
COMMENT ON COLUMN core.claim_locations.role IS 'focus or mentioned';
