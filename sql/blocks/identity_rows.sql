CREATE TABLE IF NOT EXISTS blocks.identity_rows (
    article_actor_id VARCHAR NOT NULL,
    article_id       VARCHAR NOT NULL,
    story_id         VARCHAR,
    name_key         VARCHAR NOT NULL,
    bearer_key       VARCHAR NOT NULL,
    kind             VARCHAR,
    actor_id         VARCHAR
);

COMMENT ON TABLE blocks.identity_rows IS 'Actor of an article as it was last identified.';
COMMENT ON COLUMN blocks.identity_rows.article_actor_id IS 'Actor of an article';
COMMENT ON COLUMN blocks.identity_rows.article_id IS 'Article';
COMMENT ON COLUMN blocks.identity_rows.story_id IS 'Story of the article';
COMMENT ON COLUMN blocks.identity_rows.name_key IS 'Folded name, with the story where it is one word: what its kind is settled with';
COMMENT ON COLUMN blocks.identity_rows.bearer_key IS 'What it shares with all that are one profile, or parts of it that something tells apart';
COMMENT ON COLUMN blocks.identity_rows.kind IS 'Kind that all of one name have';
COMMENT ON COLUMN blocks.identity_rows.actor_id IS 'Actor across articles';
