CREATE TABLE IF NOT EXISTS ops.state (
    key   VARCHAR NOT NULL PRIMARY KEY,
    value VARCHAR NOT NULL
);

COMMENT ON TABLE ops.state IS 'Facts about the database itself, kept between runs.';
COMMENT ON COLUMN ops.state.key IS 'schema: digest of sql/; inputs: digest of seeds, checks and versions the last finished run used; story_decisions, claim_decisions: corrections that were applied; changes: up to which of ops.changes everything was checked, indexed, published';
COMMENT ON COLUMN ops.state.value IS 'Value';
