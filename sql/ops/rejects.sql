CREATE TABLE IF NOT EXISTS ops.rejects (
    document_id VARCHAR NOT NULL,
    source_uri  VARCHAR NOT NULL,
    reason      VARCHAR NOT NULL,
    detail      VARCHAR,
    byte_count  BIGINT,
    rejected_at TIMESTAMP NOT NULL,
    run_id      VARCHAR NOT NULL
);

COMMENT ON TABLE ops.rejects IS 'Refused document.';
COMMENT ON COLUMN ops.rejects.document_id IS 'Document';
COMMENT ON COLUMN ops.rejects.source_uri IS 'Path or URL';
COMMENT ON COLUMN ops.rejects.reason IS 'Reason from the closed list';
COMMENT ON COLUMN ops.rejects.detail IS 'What exactly was wrong';
COMMENT ON COLUMN ops.rejects.byte_count IS 'Size in bytes';
COMMENT ON COLUMN ops.rejects.rejected_at IS 'UTC time';
COMMENT ON COLUMN ops.rejects.run_id IS 'Run that refused it';
