CREATE TABLE IF NOT EXISTS blocks.identity_pairs (
    profile_key       VARCHAR NOT NULL,
    other_profile_key VARCHAR NOT NULL,
    story_id          VARCHAR NOT NULL,
    score             DOUBLE NOT NULL,
    decision          VARCHAR NOT NULL,
    evidence          VARCHAR[] NOT NULL
);

COMMENT ON TABLE blocks.identity_pairs IS 'Pair of profiles that are or may be one actor, before corrections.';
COMMENT ON COLUMN blocks.identity_pairs.profile_key IS 'Profile';
COMMENT ON COLUMN blocks.identity_pairs.other_profile_key IS 'The other profile';
COMMENT ON COLUMN blocks.identity_pairs.story_id IS 'Story that alone tells it; empty where names and what stands around them do';
COMMENT ON COLUMN blocks.identity_pairs.score IS 'How sure, 0 to 1';
COMMENT ON COLUMN blocks.identity_pairs.decision IS 'same or unsure';
COMMENT ON COLUMN blocks.identity_pairs.evidence IS 'What speaks for and against it';
