CREATE TABLE IF NOT EXISTS ops.period_articles (
    period             VARCHAR NOT NULL,
    article_id         VARCHAR NOT NULL,
    is_home            BOOLEAN NOT NULL,
    story_no           INTEGER NOT NULL,
    copy_group_id      VARCHAR,
    role               VARCHAR,
    first_article_id   VARCHAR,
    containment        DOUBLE,
    agency_name        VARCHAR,
    dropped_paragraphs INTEGER[]
);

COMMENT ON TABLE ops.period_articles IS 'What was found in each period of a large archive, kept so that only the periods of new articles are compared again; empty where the archive is one period.';
COMMENT ON COLUMN ops.period_articles.period IS 'Length of the periods in days and number of the period';
COMMENT ON COLUMN ops.period_articles.article_id IS 'Article of the period or of its margins';
COMMENT ON COLUMN ops.period_articles.is_home IS 'Whether the article belongs to the period itself';
COMMENT ON COLUMN ops.period_articles.story_no IS 'Group of articles about one event inside the period';
COMMENT ON COLUMN ops.period_articles.copy_group_id IS 'Group of articles with one text inside the period; null where the article has no copy';
COMMENT ON COLUMN ops.period_articles.role IS 'As in core.copies';
COMMENT ON COLUMN ops.period_articles.first_article_id IS 'As in core.copies';
COMMENT ON COLUMN ops.period_articles.containment IS 'As in core.copies';
COMMENT ON COLUMN ops.period_articles.agency_name IS 'As in core.copies';
COMMENT ON COLUMN ops.period_articles.dropped_paragraphs IS 'As in core.copies';
