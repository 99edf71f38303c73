CREATE TABLE IF NOT EXISTS blocks.identity_keys (
    key         VARCHAR NOT NULL,
    profile_key VARCHAR NOT NULL
);

COMMENT ON TABLE blocks.identity_keys IS 'Key of a profile: profiles that share one are compared.';
COMMENT ON COLUMN blocks.identity_keys.key IS 'Parts of names, by their sound, with what they are parts of';
COMMENT ON COLUMN blocks.identity_keys.profile_key IS 'Profile';
