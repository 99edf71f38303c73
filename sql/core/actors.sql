CREATE TABLE IF NOT EXISTS core.actors (
    actor_id       VARCHAR NOT NULL,
    canonical_name VARCHAR NOT NULL,
    kind           VARCHAR NOT NULL,
    country_code   VARCHAR,
    party_role     VARCHAR,
    article_count  INTEGER NOT NULL,
    mention_count  INTEGER NOT NULL,
    claim_count    INTEGER NOT NULL,
    first_seen_at  TIMESTAMP,
    last_seen_at   TIMESTAMP,
    origin         VARCHAR NOT NULL
);

COMMENT ON TABLE core.actors IS 'Person, organisation or group, across articles.';
COMMENT ON COLUMN core.actors.actor_id IS 'Actor; ids that were merged into it stay in core.actor_ids';
COMMENT ON COLUMN core.actors.canonical_name IS 'Name it is listed under';
COMMENT ON COLUMN core.actors.kind IS 'person, armed_group, military, government_body, party, media, monitor, company, ngo, international_organisation or collective';
COMMENT ON COLUMN core.actors.country_code IS 'ISO 3166-1 alpha-2 code of its country';
COMMENT ON COLUMN core.actors.party_role IS 'Side in the story';
COMMENT ON COLUMN core.actors.article_count IS 'Articles that name it';
COMMENT ON COLUMN core.actors.mention_count IS 'Spans that name it';
COMMENT ON COLUMN core.actors.claim_count IS 'Claims it is the speaker of';
COMMENT ON COLUMN core.actors.first_seen_at IS 'UTC time of the first article that names it';
COMMENT ON COLUMN core.actors.last_seen_at IS 'UTC time of the last article that names it';
COMMENT ON COLUMN core.actors.origin IS 'Component and version that made the row';
