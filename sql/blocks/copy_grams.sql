CREATE TABLE IF NOT EXISTS blocks.copy_grams (
    gram       UBIGINT NOT NULL,
    article_id VARCHAR NOT NULL
);

COMMENT ON TABLE blocks.copy_grams IS 'Sampled 5-gram of the narration of an article: articles that share enough of them are compared as copies.';
COMMENT ON COLUMN blocks.copy_grams.gram IS 'Hash of five words';
COMMENT ON COLUMN blocks.copy_grams.article_id IS 'Article';
