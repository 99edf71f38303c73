CREATE TABLE IF NOT EXISTS blocks.search_articles (
    article_id VARCHAR NOT NULL,
    digest     UBIGINT NOT NULL
);

COMMENT ON TABLE blocks.search_articles IS 'Article as its words were when they were last indexed.';
COMMENT ON COLUMN blocks.search_articles.article_id IS 'Article';
COMMENT ON COLUMN blocks.search_articles.digest IS 'Hash of its words, its claims and whoever speaks in them';
