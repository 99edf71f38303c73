CREATE TABLE IF NOT EXISTS ops.overrides_applied (
    run_id        VARCHAR NOT NULL,
    file          VARCHAR NOT NULL,
    line_no       INTEGER NOT NULL,
    is_orphaned   BOOLEAN NOT NULL,
    matched_count INTEGER NOT NULL,
    who           VARCHAR,
    decided_on    DATE,
    why           VARCHAR
);

COMMENT ON TABLE ops.overrides_applied IS 'Human correction that was applied, or that matches nothing any more.';
COMMENT ON COLUMN ops.overrides_applied.run_id IS 'Run';
COMMENT ON COLUMN ops.overrides_applied.file IS 'File in seeds/overrides';
COMMENT ON COLUMN ops.overrides_applied.line_no IS 'Line of the file';
COMMENT ON COLUMN ops.overrides_applied.is_orphaned IS 'Whether it matched nothing';
COMMENT ON COLUMN ops.overrides_applied.matched_count IS 'Rows it changed';
COMMENT ON COLUMN ops.overrides_applied.who IS 'Who decided';
COMMENT ON COLUMN ops.overrides_applied.decided_on IS 'When';
COMMENT ON COLUMN ops.overrides_applied.why IS 'Reason given';
