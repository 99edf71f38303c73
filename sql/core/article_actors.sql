CREATE TABLE IF NOT EXISTS core.article_actors (
    article_actor_id VARCHAR NOT NULL,
    article_id       VARCHAR NOT NULL,
    actor_id         VARCHAR,  -- by resolve
    name             VARCHAR NOT NULL,
    kind             VARCHAR NOT NULL,
    kind_rule        VARCHAR NOT NULL,
    country_code     VARCHAR,
    party_role       VARCHAR,
    seed_id          VARCHAR,
    gender           VARCHAR,
    aliases          STRUCT(alias VARCHAR, alias_type VARCHAR)[],
    mention_count    INTEGER NOT NULL,
    origin           VARCHAR NOT NULL
);

COMMENT ON TABLE core.article_actors IS 'Actor as one article knows it, before identity across articles; actor_id says who it is in the ledger.';
COMMENT ON COLUMN core.article_actors.article_actor_id IS 'Actor inside its article';
COMMENT ON COLUMN core.article_actors.article_id IS 'Article';
COMMENT ON COLUMN core.article_actors.actor_id IS 'Actor across articles';
COMMENT ON COLUMN core.article_actors.name IS 'Fullest name in the article';
COMMENT ON COLUMN core.article_actors.kind IS 'Kind as in core.actors';
COMMENT ON COLUMN core.article_actors.kind_rule IS 'What decided the kind';
COMMENT ON COLUMN core.article_actors.country_code IS 'ISO 3166-1 alpha-2 code of its country';
COMMENT ON COLUMN core.article_actors.party_role IS 'Side in the story: government, opposition, ally …';
COMMENT ON COLUMN core.article_actors.seed_id IS 'Row of seeds/actors.csv';
COMMENT ON COLUMN core.article_actors.gender IS 'male or female, by title, pronoun or first name';
COMMENT ON COLUMN core.article_actors.aliases IS 'Names the article uses for it, with their type';
COMMENT ON COLUMN core.article_actors.mention_count IS 'Mentions in the article';
COMMENT ON COLUMN core.article_actors.origin IS 'Component and version that made the row';
