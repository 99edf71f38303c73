CREATE TABLE IF NOT EXISTS core.claim_repeats (
    article_id VARCHAR NOT NULL,
    claim_id   VARCHAR NOT NULL,
    part       VARCHAR NOT NULL,
    score      DOUBLE NOT NULL,
    origin     VARCHAR NOT NULL
);

COMMENT ON TABLE core.claim_repeats IS 'Claim of the body that the headline or standfirst of its article repeats.';
COMMENT ON COLUMN core.claim_repeats.article_id IS 'Article';
COMMENT ON COLUMN core.claim_repeats.claim_id IS 'Claim';
COMMENT ON COLUMN core.claim_repeats.part IS 'headline or standfirst';
COMMENT ON COLUMN core.claim_repeats.score IS 'Share of the words of the shorter one that both have, 0 to 1';
COMMENT ON COLUMN core.claim_repeats.origin IS 'Component and version that made the row';
