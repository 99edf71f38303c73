CREATE TABLE IF NOT EXISTS ops.quarantine (
    run_id      VARCHAR NOT NULL,
    table_name  VARCHAR NOT NULL,
    rule        VARCHAR NOT NULL,
    column_name VARCHAR,
    value       VARCHAR,
    row         JSON NOT NULL,
    article_id  VARCHAR,
    fingerprint VARCHAR
);

COMMENT ON TABLE ops.quarantine IS 'Row that failed a critical check, or hangs on one that did, and is out of its table for as long as the cause is there.';
COMMENT ON COLUMN ops.quarantine.run_id IS 'Run that took it out';
COMMENT ON COLUMN ops.quarantine.table_name IS 'Table it was in';
COMMENT ON COLUMN ops.quarantine.rule IS 'Check that it failed, or `hangs on` and the table of the row it hangs on';
COMMENT ON COLUMN ops.quarantine.column_name IS 'Column the check looks at';
COMMENT ON COLUMN ops.quarantine.value IS 'Value that failed';
COMMENT ON COLUMN ops.quarantine.row IS 'Whole row';
COMMENT ON COLUMN ops.quarantine.article_id IS 'Article it came from; the row leaves the quarantine when that is read again';
COMMENT ON COLUMN ops.quarantine.fingerprint IS 'Digest of the suite or rule that refused it; another one of today has the article read again';
