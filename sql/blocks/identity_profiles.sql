CREATE TABLE IF NOT EXISTS blocks.identity_profiles (
    profile_key VARCHAR NOT NULL,
    bearer_key  VARCHAR NOT NULL,
    place       INTEGER NOT NULL,
    name        VARCHAR NOT NULL,
    last        VARCHAR NOT NULL,
    face        UBIGINT NOT NULL
);

COMMENT ON TABLE blocks.identity_profiles IS 'Profile: actors of articles that have one name and nothing against being one.';
COMMENT ON COLUMN blocks.identity_profiles.profile_key IS 'Profile';
COMMENT ON COLUMN blocks.identity_profiles.bearer_key IS 'What all that may be one profile share';
COMMENT ON COLUMN blocks.identity_profiles.place IS 'Place among the profiles of this key';
COMMENT ON COLUMN blocks.identity_profiles.name IS 'Folded name';
COMMENT ON COLUMN blocks.identity_profiles.last IS 'Last word of the name';
COMMENT ON COLUMN blocks.identity_profiles.face IS 'Hash of what others of its stories are told apart from it by';
