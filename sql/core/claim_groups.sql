CREATE TABLE IF NOT EXISTS core.claim_groups (
    claim_group_id           VARCHAR NOT NULL,
    story_id                 VARCHAR,
    canonical_claim_id       VARCHAR NOT NULL,
    canonical_text           VARCHAR NOT NULL,
    claim_count              INTEGER NOT NULL,
    article_count            INTEGER NOT NULL,
    independent_text_count   INTEGER NOT NULL,
    independent_origin_count INTEGER NOT NULL,
    grade                    VARCHAR NOT NULL,
    has_both_sides           BOOLEAN NOT NULL,
    is_contested             BOOLEAN NOT NULL,
    is_denied                BOOLEAN NOT NULL,
    is_withdrawn             BOOLEAN NOT NULL,
    first_reported_at        TIMESTAMP,
    last_reported_at         TIMESTAMP,
    origin                   VARCHAR NOT NULL
);

COMMENT ON TABLE core.claim_groups IS 'Claims that say the same thing, with who stands behind it in three counts; never one score. Counts are of current article versions.';
COMMENT ON COLUMN core.claim_groups.claim_group_id IS 'Group; the id is of its first claim, and stays when later ones join';
COMMENT ON COLUMN core.claim_groups.story_id IS 'Story most of its claims belong to';
COMMENT ON COLUMN core.claim_groups.canonical_claim_id IS 'Claim whose wording stands for the group';
COMMENT ON COLUMN core.claim_groups.canonical_text IS 'Wording of that claim';
COMMENT ON COLUMN core.claim_groups.claim_count IS 'Claims, older article versions included';
COMMENT ON COLUMN core.claim_groups.article_count IS 'Articles that report it';
COMMENT ON COLUMN core.claim_groups.independent_text_count IS 'Articles that report it, copies of one text counted once';
COMMENT ON COLUMN core.claim_groups.independent_origin_count IS 'First speakers that are seen to be distinct and to state one thing; one under several names and unnamed ones that cannot be told apart count once; where no outlet names a source, 0';
COMMENT ON COLUMN core.claim_groups.grade IS 'withdrawn, denied, contested, both_sides, independent_origins, no_source_named, one_report (one article so far), several_speakers (not seen to state one thing independently), one_origin_several_reports (several texts) or single_origin (copies of one text); the first that holds';
COMMENT ON COLUMN core.claim_groups.has_both_sides IS 'Whether speakers who oppose each other both say so';
COMMENT ON COLUMN core.claim_groups.is_contested IS 'Whether a current claim contradicts it';
COMMENT ON COLUMN core.claim_groups.is_denied IS 'Whether somebody denies it';
COMMENT ON COLUMN core.claim_groups.is_withdrawn IS 'Whether it is gone from every article that has a later version, and in no other';
COMMENT ON COLUMN core.claim_groups.first_reported_at IS 'UTC time of the first article that reports it';
COMMENT ON COLUMN core.claim_groups.last_reported_at IS 'UTC time of the newest article that reports it';
COMMENT ON COLUMN core.claim_groups.origin IS 'Component and version that made the row';
