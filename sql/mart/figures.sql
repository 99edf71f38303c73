CREATE OR REPLACE VIEW mart.figures AS
SELECT
    q.quantity_id,
    q.claim_id,
    q.article_id,
    a.outlet_name,
    a.published_at,
    q.kind,
    q.low,
    q.high,
    q.comparator,
    q.unit,
    q.population,
    q.scope,
    q.text,
    c.speaker_name,
    c.source_type,
    c.content_text,
    c.is_statement,
    format('[{}:{}-{}]', q.article_id, q.start, q."end") AS reference
FROM core.claim_quantities AS q
JOIN core.claims AS c USING (claim_id)
JOIN core.articles AS a ON a.article_id = q.article_id
WHERE a.is_current;

COMMENT ON VIEW mart.figures IS 'Figures stated in current article versions, with who states them.';
COMMENT ON COLUMN mart.figures.quantity_id IS 'Figure';
COMMENT ON COLUMN mart.figures.claim_id IS 'Claim that states it';
COMMENT ON COLUMN mart.figures.article_id IS 'Article';
COMMENT ON COLUMN mart.figures.outlet_name IS 'Outlet';
COMMENT ON COLUMN mart.figures.published_at IS 'UTC time of publication';
COMMENT ON COLUMN mart.figures.kind IS 'What is counted: killed, wounded, displaced …';
COMMENT ON COLUMN mart.figures.low IS 'Lowest value it allows';
COMMENT ON COLUMN mart.figures.high IS 'Highest value it allows';
COMMENT ON COLUMN mart.figures.comparator IS 'exact, at_least, more_than, about, up_to …';
COMMENT ON COLUMN mart.figures.unit IS 'Unit';
COMMENT ON COLUMN mart.figures.population IS 'Who is counted';
COMMENT ON COLUMN mart.figures.scope IS 'incident or cumulative';
COMMENT ON COLUMN mart.figures.text IS 'As printed';
COMMENT ON COLUMN mart.figures.speaker_name IS 'Who states it';
COMMENT ON COLUMN mart.figures.source_type IS 'Type of who states it';
COMMENT ON COLUMN mart.figures.content_text IS 'Claim it stands in';
COMMENT ON COLUMN mart.figures.is_statement IS 'Whether the outlet states it in its own voice';
COMMENT ON COLUMN mart.figures.reference IS 'Article and code points: [article:start-end]';
