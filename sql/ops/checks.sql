CREATE TABLE IF NOT EXISTS ops.checks (
    run_id        VARCHAR NOT NULL,
    table_name    VARCHAR NOT NULL,
    check_name    VARCHAR NOT NULL,
    severity      VARCHAR NOT NULL,
    is_passed     BOOLEAN NOT NULL,
    checked_count BIGINT,
    failed_count  BIGINT,
    example       VARCHAR
);

COMMENT ON TABLE ops.checks IS 'Result of one check in one run.';
COMMENT ON COLUMN ops.checks.run_id IS 'Run';
COMMENT ON COLUMN ops.checks.table_name IS 'Table, or cross for a rule over several';
COMMENT ON COLUMN ops.checks.check_name IS 'Expectation and column, or name of the rule';
COMMENT ON COLUMN ops.checks.severity IS 'critical, warning or info';
COMMENT ON COLUMN ops.checks.is_passed IS 'Whether it passed';
COMMENT ON COLUMN ops.checks.checked_count IS 'Rows looked at';
COMMENT ON COLUMN ops.checks.failed_count IS 'Rows that failed';
COMMENT ON COLUMN ops.checks.example IS 'Example of a value that failed';
