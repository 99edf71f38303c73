CREATE TABLE IF NOT EXISTS blocks.place_mentions (
    location_id VARCHAR NOT NULL,
    digest      UBIGINT NOT NULL
);

COMMENT ON TABLE blocks.place_mentions IS 'Place as its mentions were when they were last summed up.';
COMMENT ON COLUMN blocks.place_mentions.location_id IS 'Place';
COMMENT ON COLUMN blocks.place_mentions.digest IS 'Hash of its mentions and of its own row';
