CREATE TABLE IF NOT EXISTS core.claim_actors (
    claim_id         VARCHAR NOT NULL,
    article_id       VARCHAR NOT NULL,
    article_actor_id VARCHAR NOT NULL,
    actor_id         VARCHAR,  -- by resolve
    role             VARCHAR NOT NULL
);

COMMENT ON TABLE core.claim_actors IS 'Actor that a claim is about.';
COMMENT ON COLUMN core.claim_actors.claim_id IS 'Claim';
COMMENT ON COLUMN core.claim_actors.article_id IS 'Article';
COMMENT ON COLUMN core.claim_actors.article_actor_id IS 'Actor inside its article';
COMMENT ON COLUMN core.claim_actors.actor_id IS 'Actor across articles';
COMMENT ON COLUMN core.claim_actors.role IS 'subject or mentioned';
