CREATE TABLE IF NOT EXISTS blocks.version_articles (
    article_id       VARCHAR NOT NULL,
    digest           UBIGINT NOT NULL,
    outlet_key       VARCHAR,
    url_key          VARCHAR,
    seen_at          TIMESTAMP,
    first_version_id VARCHAR NOT NULL
);

COMMENT ON TABLE blocks.version_articles IS 'Article as it was when its versions were last looked for.';
COMMENT ON COLUMN blocks.version_articles.article_id IS 'Article';
COMMENT ON COLUMN blocks.version_articles.digest IS 'Hash of what versions are told by';
COMMENT ON COLUMN blocks.version_articles.outlet_key IS 'Outlet in small letters: its domain, else its name';
COMMENT ON COLUMN blocks.version_articles.url_key IS 'Address without what does not tell articles apart';
COMMENT ON COLUMN blocks.version_articles.seen_at IS 'When it was published, else changed, else fetched';
COMMENT ON COLUMN blocks.version_articles.first_version_id IS 'First version of the article, as it came out';
