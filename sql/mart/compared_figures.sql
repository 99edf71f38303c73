CREATE OR REPLACE VIEW mart.compared_figures AS
SELECT
    m.figure_group_id,
    q.quantity_id,
    q.claim_id,
    q.article_id,
    a.outlet_name,
    a.published_at,
    coalesce(c.speaker_name, coalesce(a.outlet_name, 'unknown') || ' (own voice)') AS speaker_name,
    q.kind,
    q.low,
    q.high,
    q.comparator,
    q.text,
    q.scope,
    format('[{}:{}-{}]', q.article_id, q.start, q."end") AS reference
FROM core.figure_group_members AS m
JOIN core.claim_quantities AS q USING (quantity_id)
JOIN core.claims AS c ON c.claim_id = q.claim_id
JOIN core.articles AS a ON a.article_id = q.article_id;

COMMENT ON VIEW mart.compared_figures IS 'Figures by the group they may be compared in.';
COMMENT ON COLUMN mart.compared_figures.figure_group_id IS 'Figures that count one thing';
COMMENT ON COLUMN mart.compared_figures.quantity_id IS 'Figure';
COMMENT ON COLUMN mart.compared_figures.claim_id IS 'Claim';
COMMENT ON COLUMN mart.compared_figures.article_id IS 'Article';
COMMENT ON COLUMN mart.compared_figures.outlet_name IS 'Outlet';
COMMENT ON COLUMN mart.compared_figures.published_at IS 'UTC time of publication';
COMMENT ON COLUMN mart.compared_figures.speaker_name IS 'Who gives it';
COMMENT ON COLUMN mart.compared_figures.kind IS 'What is counted';
COMMENT ON COLUMN mart.compared_figures.low IS 'Lowest value the words allow';
COMMENT ON COLUMN mart.compared_figures.high IS 'Highest value';
COMMENT ON COLUMN mart.compared_figures.comparator IS 'exact, at_least, more_than, about, up_to, dozens …';
COMMENT ON COLUMN mart.compared_figures.text IS 'As printed';
COMMENT ON COLUMN mart.compared_figures.scope IS 'This incident, or cumulative';
COMMENT ON COLUMN mart.compared_figures.reference IS 'Article and code points';
