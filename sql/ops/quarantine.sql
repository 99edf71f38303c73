CREATE TABLE IF NOT EXISTS ops.quarantine (
    run_id      VARCHAR NOT NULL,
    table_name  VARCHAR NOT NULL,
    rule        VARCHAR NOT NULL,
    column_name VARCHAR,
    value       VARCHAR,
    row         JSON NOT NULL
);

COMMENT ON TABLE ops.quarantine IS 'Row that failed a row check and was taken out of its table.';
COMMENT ON COLUMN ops.quarantine.run_id IS 'Run that took it out';
COMMENT ON COLUMN ops.quarantine.table_name IS 'Table it was in';
COMMENT ON COLUMN ops.quarantine.rule IS 'Check that it failed';
COMMENT ON COLUMN ops.quarantine.column_name IS 'Column the check looks at';
COMMENT ON COLUMN ops.quarantine.value IS 'Value that failed';
COMMENT ON COLUMN ops.quarantine.row IS 'Whole row';
