CREATE TABLE IF NOT EXISTS ops.runs (
    run_id         VARCHAR NOT NULL,
    started_at     TIMESTAMP NOT NULL,
    ended_at       TIMESTAMP,
    status         VARCHAR NOT NULL,
    version        VARCHAR NOT NULL,
    model          VARCHAR,
    documents_read INTEGER,
    articles       INTEGER,
    duplicates     INTEGER,
    refused        INTEGER,
    failed         INTEGER,
    claims         INTEGER,
    checks_failed  INTEGER,
    checks_warned  INTEGER,
    summary        VARCHAR
);

COMMENT ON TABLE ops.runs IS 'Run of the pipeline.';
COMMENT ON COLUMN ops.runs.run_id IS 'Run';
COMMENT ON COLUMN ops.runs.started_at IS 'UTC time of the start';
COMMENT ON COLUMN ops.runs.ended_at IS 'UTC time of the end; empty while it runs or where it was killed';
COMMENT ON COLUMN ops.runs.status IS 'running, ingested, done, held, failed or killed';
COMMENT ON COLUMN ops.runs.version IS 'Version of newsledger';
COMMENT ON COLUMN ops.runs.model IS 'Language model in use';
COMMENT ON COLUMN ops.runs.documents_read IS 'Documents that came in';
COMMENT ON COLUMN ops.runs.articles IS 'Documents that became articles';
COMMENT ON COLUMN ops.runs.duplicates IS 'Documents seen before in other words or places';
COMMENT ON COLUMN ops.runs.refused IS 'Documents that could not be read';
COMMENT ON COLUMN ops.runs.failed IS 'Documents on which a stage failed; see ops.issues';
COMMENT ON COLUMN ops.runs.claims IS 'Claims read out of this run''s articles';
COMMENT ON COLUMN ops.runs.checks_failed IS 'Critical checks that failed';
COMMENT ON COLUMN ops.runs.checks_warned IS 'Checks that warned';
COMMENT ON COLUMN ops.runs.summary IS 'Last line of the run';
