CREATE TABLE IF NOT EXISTS blocks.identity_stories (
    profile_key VARCHAR NOT NULL,
    story_id    VARCHAR NOT NULL
);

COMMENT ON TABLE blocks.identity_stories IS 'Story that a profile stands in.';
COMMENT ON COLUMN blocks.identity_stories.profile_key IS 'Profile';
COMMENT ON COLUMN blocks.identity_stories.story_id IS 'Story';
