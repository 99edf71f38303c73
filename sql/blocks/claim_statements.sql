CREATE TABLE IF NOT EXISTS blocks.claim_statements (
    claim_id   VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    statement  UBIGINT NOT NULL
);

COMMENT ON TABLE blocks.claim_statements IS 'Claim that is long enough to be one statement wherever it is carried word for word.';
COMMENT ON COLUMN blocks.claim_statements.claim_id IS 'Claim';
COMMENT ON COLUMN blocks.claim_statements.article_id IS 'Article';
COMMENT ON COLUMN blocks.claim_statements.statement IS 'Hash of its words';
