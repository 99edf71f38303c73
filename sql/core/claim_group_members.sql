CREATE TABLE IF NOT EXISTS core.claim_group_members (
    claim_group_id        VARCHAR NOT NULL,
    claim_id              VARCHAR NOT NULL,
    article_id            VARCHAR NOT NULL,
    chain                 INTEGER NOT NULL,
    independent_text_id   VARCHAR NOT NULL,
    independent_origin_id VARCHAR,
    is_current            BOOLEAN NOT NULL,
    origin_name           VARCHAR,
    origin_reason         VARCHAR,
    origin                VARCHAR NOT NULL
);

COMMENT ON TABLE core.claim_group_members IS 'Chain of attribution of a claim in its group: what was counted as one text, and as one origin.';
COMMENT ON COLUMN core.claim_group_members.claim_group_id IS 'Group';
COMMENT ON COLUMN core.claim_group_members.claim_id IS 'Claim';
COMMENT ON COLUMN core.claim_group_members.article_id IS 'Article';
COMMENT ON COLUMN core.claim_group_members.chain IS 'Number of the chain in core.claim_sources';
COMMENT ON COLUMN core.claim_group_members.independent_text_id IS 'Copy group of the article, or the article itself';
COMMENT ON COLUMN core.claim_group_members.independent_origin_id IS 'First speaker, as far as the group can tell speakers apart; empty where the outlet names nobody';
COMMENT ON COLUMN core.claim_group_members.is_current IS 'Whether the article is the newest version';
COMMENT ON COLUMN core.claim_group_members.origin_name IS 'Name of that first speaker';
COMMENT ON COLUMN core.claim_group_members.origin_reason IS 'What made it one with others under other names';
COMMENT ON COLUMN core.claim_group_members.origin IS 'Component and version that made the row';
