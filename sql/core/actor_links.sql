CREATE TABLE IF NOT EXISTS core.actor_links (
    actor_id            VARCHAR NOT NULL,
    other_actor_id      VARCHAR NOT NULL,
    name                VARCHAR NOT NULL,
    other_name          VARCHAR NOT NULL,
    country_code        VARCHAR,
    other_country_code  VARCHAR,
    link_type           VARCHAR NOT NULL,
    score               DOUBLE NOT NULL,
    evidence            VARCHAR NOT NULL,
    article_count       INTEGER NOT NULL,
    other_article_count INTEGER NOT NULL,
    origin              VARCHAR NOT NULL
);

COMMENT ON TABLE core.actor_links IS 'Pair of names across articles that are one actor, or may be: a person decides the unsure ones (newsledger review actors).';
COMMENT ON COLUMN core.actor_links.actor_id IS 'Actor of the first name';
COMMENT ON COLUMN core.actor_links.other_actor_id IS 'Actor of the other name; the same where the two were merged';
COMMENT ON COLUMN core.actor_links.name IS 'Name as most articles print it';
COMMENT ON COLUMN core.actor_links.other_name IS 'The other name';
COMMENT ON COLUMN core.actor_links.country_code IS 'Country of the first, ISO 3166-1 alpha-2';
COMMENT ON COLUMN core.actor_links.other_country_code IS 'Country of the other';
COMMENT ON COLUMN core.actor_links.link_type IS 'same or unsure';
COMMENT ON COLUMN core.actor_links.score IS 'How sure they are one, 0 to 1';
COMMENT ON COLUMN core.actor_links.evidence IS 'What speaks for and against it, each with its weight';
COMMENT ON COLUMN core.actor_links.article_count IS 'Articles that know the first name';
COMMENT ON COLUMN core.actor_links.other_article_count IS 'Articles that know the other name';
COMMENT ON COLUMN core.actor_links.origin IS 'Component and version that made the row';
