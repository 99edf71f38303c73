CREATE TABLE IF NOT EXISTS ops.issues (
    issue_id      VARCHAR NOT NULL,
    stage         VARCHAR NOT NULL,
    document_id   VARCHAR,
    article_id    VARCHAR,
    source_name   VARCHAR,
    kind          VARCHAR NOT NULL,
    message       VARCHAR NOT NULL,
    place         VARCHAR,
    fingerprint   VARCHAR,
    run_id        VARCHAR NOT NULL,
    first_seen_at TIMESTAMP NOT NULL,
    last_seen_at  TIMESTAMP NOT NULL,
    resolved_at   TIMESTAMP
);

COMMENT ON TABLE ops.issues IS 'Thing that went wrong with one article, document or source, and cost only that; tried again when the code of the stage has changed.';
COMMENT ON COLUMN ops.issues.issue_id IS 'Hash of stage and owner';
COMMENT ON COLUMN ops.issues.stage IS 'Stage in which it went wrong: read, clean, extract or write';
COMMENT ON COLUMN ops.issues.document_id IS 'Document, where it is one';
COMMENT ON COLUMN ops.issues.article_id IS 'Article, where it became one';
COMMENT ON COLUMN ops.issues.source_name IS 'Source, where that is what failed: row of seeds/sources.csv, path or address';
COMMENT ON COLUMN ops.issues.kind IS 'Class of the error, TimeLimit, or silent for a source that yields nothing where it used to';
COMMENT ON COLUMN ops.issues.message IS 'First line of the error';
COMMENT ON COLUMN ops.issues.place IS 'File and line of the code';
COMMENT ON COLUMN ops.issues.fingerprint IS 'Fingerprint of the stage that failed';
COMMENT ON COLUMN ops.issues.run_id IS 'Run that saw it last';
COMMENT ON COLUMN ops.issues.first_seen_at IS 'UTC time it was seen first';
COMMENT ON COLUMN ops.issues.last_seen_at IS 'UTC time it was seen last';
COMMENT ON COLUMN ops.issues.resolved_at IS 'UTC time it was in order again; empty while it is not';
