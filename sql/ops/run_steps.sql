CREATE TABLE IF NOT EXISTS ops.run_steps (
    run_id     VARCHAR NOT NULL,
    step       VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    seconds    DOUBLE NOT NULL,
    row_count  BIGINT
);

COMMENT ON TABLE ops.run_steps IS 'Step of a run.';
COMMENT ON COLUMN ops.run_steps.run_id IS 'Run';
COMMENT ON COLUMN ops.run_steps.step IS 'ingest, clean, extract, transform, check, publish or report';
COMMENT ON COLUMN ops.run_steps.started_at IS 'UTC time of the start';
COMMENT ON COLUMN ops.run_steps.seconds IS 'Duration';
COMMENT ON COLUMN ops.run_steps.row_count IS 'Rows or documents it handled';
