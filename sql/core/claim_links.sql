CREATE TABLE IF NOT EXISTS core.claim_links (
    claim_id       VARCHAR NOT NULL,
    other_claim_id VARCHAR NOT NULL,
    link_type      VARCHAR NOT NULL,
    score          DOUBLE NOT NULL,
    reason         VARCHAR NOT NULL,
    origin         VARCHAR NOT NULL
);

COMMENT ON TABLE core.claim_links IS 'Pair of claims that say the same, contradict, deny or update each other.';
COMMENT ON COLUMN core.claim_links.claim_id IS 'Claim with the smaller id';
COMMENT ON COLUMN core.claim_links.other_claim_id IS 'Claim with the larger id';
COMMENT ON COLUMN core.claim_links.link_type IS 'same, contradicts (both cannot be), denies (reason names the denial) or updates (reason names the newer claim where the order in time is known)';
COMMENT ON COLUMN core.claim_links.score IS 'How sure, 0 to 1';
COMMENT ON COLUMN core.claim_links.reason IS 'What the pair differs in, and what it shares';
COMMENT ON COLUMN core.claim_links.origin IS 'Component and version that made the row';
