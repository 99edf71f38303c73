CREATE TABLE IF NOT EXISTS blocks.claim_stories (
    block  VARCHAR NOT NULL,
    digest UBIGINT NOT NULL
);

COMMENT ON TABLE blocks.claim_stories IS 'Story as its claims were when they were last compared.';
COMMENT ON COLUMN blocks.claim_stories.block IS 'Story, or article without one';
COMMENT ON COLUMN blocks.claim_stories.digest IS 'Hash of its articles, their claims and whoever speaks in them';
