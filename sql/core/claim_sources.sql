CREATE TABLE IF NOT EXISTS core.claim_sources (
    claim_id         VARCHAR NOT NULL,
    article_id       VARCHAR NOT NULL,
    chain            INTEGER NOT NULL,
    hop              INTEGER NOT NULL,
    surface          VARCHAR NOT NULL,
    surface_start    INTEGER,
    surface_end      INTEGER,
    article_actor_id VARCHAR,
    actor_id         VARCHAR,  -- by resolve
    source_type      VARCHAR NOT NULL,
    is_named         BOOLEAN NOT NULL,
    ground_rules     VARCHAR,
    source_count     INTEGER,
    party_role       VARCHAR,
    origin           VARCHAR NOT NULL
);

COMMENT ON TABLE core.claim_sources IS 'Hop of a claim''s chain of attribution; hop 0 is the speaker, the last hop the outlet.';
COMMENT ON COLUMN core.claim_sources.claim_id IS 'Claim';
COMMENT ON COLUMN core.claim_sources.article_id IS 'Article';
COMMENT ON COLUMN core.claim_sources.chain IS 'Number of the chain, from 0; two sources of one claim are two chains';
COMMENT ON COLUMN core.claim_sources.hop IS '0 for the speaker, then whoever relays';
COMMENT ON COLUMN core.claim_sources.surface IS 'Words that name the hop';
COMMENT ON COLUMN core.claim_sources.surface_start IS 'First code point in the body; empty where the hop is read from byline or credit';
COMMENT ON COLUMN core.claim_sources.surface_end IS 'Code point after the last one';
COMMENT ON COLUMN core.claim_sources.article_actor_id IS 'Actor inside its article';
COMMENT ON COLUMN core.claim_sources.actor_id IS 'Actor across articles';
COMMENT ON COLUMN core.claim_sources.source_type IS 'named_person, organisation, government_body, armed_group, state_media, partisan_media, independent_media, unknown (an outlet that seeds/outlets.csv does not know), monitor, unnamed_official, unnamed_person, eyewitness, expert, document, collective, own_reporting or unattributed';
COMMENT ON COLUMN core.claim_sources.is_named IS 'Whether a proper name stands there';
COMMENT ON COLUMN core.claim_sources.ground_rules IS 'Terms of anonymity as printed';
COMMENT ON COLUMN core.claim_sources.source_count IS 'Number of sources as stated: two officials';
COMMENT ON COLUMN core.claim_sources.party_role IS 'Side of the source in the story';
COMMENT ON COLUMN core.claim_sources.origin IS 'Component and version that made the row';
