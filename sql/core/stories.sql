CREATE TABLE IF NOT EXISTS core.stories (
    story_id               VARCHAR NOT NULL,
    headline               VARCHAR,
    article_count          INTEGER NOT NULL,
    outlet_count           INTEGER NOT NULL,
    independent_text_count INTEGER NOT NULL,
    first_published_at     TIMESTAMP,
    last_published_at      TIMESTAMP,
    origin                 VARCHAR NOT NULL
);

COMMENT ON TABLE core.stories IS 'Story: articles about one event. Counts are of current article versions.';
COMMENT ON COLUMN core.stories.story_id IS 'Story; the id is of its first article, and stays when later ones join';
COMMENT ON COLUMN core.stories.headline IS 'Headline of its first article';
COMMENT ON COLUMN core.stories.article_count IS 'Articles';
COMMENT ON COLUMN core.stories.outlet_count IS 'Outlets';
COMMENT ON COLUMN core.stories.independent_text_count IS 'Articles, copies of one text counted once';
COMMENT ON COLUMN core.stories.first_published_at IS 'UTC time of the first article';
COMMENT ON COLUMN core.stories.last_published_at IS 'UTC time of the newest article';
COMMENT ON COLUMN core.stories.origin IS 'Component and version that made the row';
