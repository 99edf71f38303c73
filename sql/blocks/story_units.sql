CREATE TABLE IF NOT EXISTS blocks.story_units (
    unit_id      VARCHAR NOT NULL,
    article_id   VARCHAR NOT NULL,
    published_at TIMESTAMP,
    is_list      BOOLEAN NOT NULL
);

COMMENT ON TABLE blocks.story_units IS 'Group of copies, or article without a copy, that is compared as one.';
COMMENT ON COLUMN blocks.story_units.unit_id IS 'Group of copies, or article without a copy';
COMMENT ON COLUMN blocks.story_units.article_id IS 'Its first article: orders units that are equally near';
COMMENT ON COLUMN blocks.story_units.published_at IS 'Time of its first article';
COMMENT ON COLUMN blocks.story_units.is_list IS 'Whether one of its articles lists many things';
