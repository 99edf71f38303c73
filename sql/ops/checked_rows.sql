CREATE TABLE IF NOT EXISTS ops.checked_rows (
    table_name  VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    row_hash    UBIGINT NOT NULL
);

COMMENT ON TABLE ops.checked_rows IS 'Row that every check of its suite has seen and let pass, as it is; a row that changes, or whose suite changes, is seen again. It stays in the database of the pipeline; readers find the table empty.';
COMMENT ON COLUMN ops.checked_rows.table_name IS 'Table; for an article with all its rows, seen by the rules over several tables, rows (before comparing) or cross (after it)';
COMMENT ON COLUMN ops.checked_rows.fingerprint IS 'Digest of the suite or the rules, and version of DuckDB';
COMMENT ON COLUMN ops.checked_rows.row_hash IS 'Hash of the columns that the suite reads';
