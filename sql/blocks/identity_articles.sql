CREATE TABLE IF NOT EXISTS blocks.identity_articles (
    article_id VARCHAR NOT NULL,
    digest     UBIGINT NOT NULL
);

COMMENT ON TABLE blocks.identity_articles IS 'Article as its actors were when they were last identified.';
COMMENT ON COLUMN blocks.identity_articles.article_id IS 'Article';
COMMENT ON COLUMN blocks.identity_articles.digest IS 'Hash of its actors, their roles and claims, its places, story and time';
