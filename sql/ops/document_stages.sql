CREATE TABLE IF NOT EXISTS ops.document_stages (
    document_id VARCHAR NOT NULL,
    stage       VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL
);

COMMENT ON TABLE ops.document_stages IS 'What made the rows of a document: the fingerprint of each stage it went through. Where today has another one, the document is stale and is read again.';
COMMENT ON COLUMN ops.document_stages.document_id IS 'Document';
COMMENT ON COLUMN ops.document_stages.stage IS 'clean or extract';
COMMENT ON COLUMN ops.document_stages.fingerprint IS 'Digests of code, seeds and weights, and the language model';
