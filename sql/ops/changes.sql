CREATE TABLE IF NOT EXISTS ops.changes (
    table_name VARCHAR NOT NULL,
    row_key    VARCHAR NOT NULL,
    number     BIGINT NOT NULL
);

COMMENT ON TABLE ops.changes IS 'Rows that were written, changed or taken out since they were last checked, indexed and published. It stays in the database of the pipeline; readers find the table empty.';
COMMENT ON COLUMN ops.changes.table_name IS 'Table';
COMMENT ON COLUMN ops.changes.row_key IS 'Article of the row; document, indexed item, or first column where the table has no article';
COMMENT ON COLUMN ops.changes.number IS 'Which stretch between two looks it falls into; it grows';
