CREATE TABLE IF NOT EXISTS blocks.copy_pairs (
    article_id       VARCHAR NOT NULL,
    other_article_id VARCHAR NOT NULL,
    score            DOUBLE NOT NULL
);

COMMENT ON TABLE blocks.copy_pairs IS 'Pair of articles of which one carries enough of the text of the other.';
COMMENT ON COLUMN blocks.copy_pairs.article_id IS 'Earlier article';
COMMENT ON COLUMN blocks.copy_pairs.other_article_id IS 'Later article';
COMMENT ON COLUMN blocks.copy_pairs.score IS 'Containment of the shorter text in the longer, 0 to 1';
