CREATE TABLE IF NOT EXISTS blocks.claim_articles (
    article_id VARCHAR NOT NULL,
    digest     UBIGINT NOT NULL
);

COMMENT ON TABLE blocks.claim_articles IS 'Article with claims as these were when claims were last compared.';
COMMENT ON COLUMN blocks.claim_articles.article_id IS 'Article';
COMMENT ON COLUMN blocks.claim_articles.digest IS 'Hash of what its claims are compared and graded by';
