CREATE TABLE IF NOT EXISTS raw.documents (
    document_id  VARCHAR NOT NULL,
    source_uri   VARCHAR NOT NULL,
    source_name  VARCHAR,
    sha256       VARCHAR,
    byte_count   BIGINT,
    media_type   VARCHAR,
    encoding     VARCHAR,
    text         VARCHAR,
    hints        JSON,
    fetched_at   TIMESTAMP NOT NULL,
    status       VARCHAR NOT NULL,
    reason       VARCHAR,
    duplicate_of VARCHAR,
    run_id       VARCHAR NOT NULL
);

COMMENT ON TABLE raw.documents IS 'File, feed entry or page as it arrived; never edited. Every document is an article, a duplicate, refused or failed.';
COMMENT ON COLUMN raw.documents.document_id IS 'Hash of source address and content';
COMMENT ON COLUMN raw.documents.source_uri IS 'Path or URL it was read from';
COMMENT ON COLUMN raw.documents.source_name IS 'Row of seeds/sources.csv it came through';
COMMENT ON COLUMN raw.documents.sha256 IS 'SHA-256 of the bytes as they arrived; empty where nothing could be read';
COMMENT ON COLUMN raw.documents.byte_count IS 'Size in bytes';
COMMENT ON COLUMN raw.documents.media_type IS 'Media type: text/plain, text/html …';
COMMENT ON COLUMN raw.documents.encoding IS 'Character encoding that was found';
COMMENT ON COLUMN raw.documents.text IS 'Decoded text with line ends made \n, otherwise as it arrived; empty where it could not be read';
COMMENT ON COLUMN raw.documents.hints IS 'What the feed entry, table row or response says: title, url, outlet, times';
COMMENT ON COLUMN raw.documents.fetched_at IS 'UTC time the document was fetched, or the file last changed';
COMMENT ON COLUMN raw.documents.status IS 'article, duplicate, refused, or failed where a stage broke on it (see ops.issues)';
COMMENT ON COLUMN raw.documents.reason IS 'Why it was refused (closed list), what it is a duplicate by (same_bytes, same_text), or the stage that failed';
COMMENT ON COLUMN raw.documents.duplicate_of IS 'document_id of the document that it repeats';
COMMENT ON COLUMN raw.documents.run_id IS 'Run that read it';
