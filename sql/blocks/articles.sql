CREATE TABLE IF NOT EXISTS blocks.articles (
    article_id   VARCHAR NOT NULL,
    digest       UBIGINT NOT NULL,
    published_at TIMESTAMP,
    lead         VARCHAR NOT NULL,
    gram_count   INTEGER NOT NULL,
    unit_id      VARCHAR,
    group_id     VARCHAR
);

COMMENT ON TABLE blocks.articles IS 'Article as it was when it was last compared with the others.';
COMMENT ON COLUMN blocks.articles.article_id IS 'Article';
COMMENT ON COLUMN blocks.articles.digest IS 'Hash of what of it is compared';
COMMENT ON COLUMN blocks.articles.published_at IS 'Time of publication';
COMMENT ON COLUMN blocks.articles.lead IS 'First words of its own text';
COMMENT ON COLUMN blocks.articles.gram_count IS 'Sampled 5-grams of its narration, in blocks.copy_grams';
COMMENT ON COLUMN blocks.articles.unit_id IS 'Group of copies, or the article itself: what counts once in a story';
COMMENT ON COLUMN blocks.articles.group_id IS 'Group of articles about one event, before corrections: the id of its first unit';
