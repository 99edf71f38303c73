CREATE OR REPLACE VIEW mart.tolls AS
SELECT
    f.story_id,
    f.story_headline,
    f.figure_group_id,
    f.kind,
    f.counted,
    f.place,
    (row_number() OVER series)::INTEGER AS step_no,
    f.published_at,
    f.published_precision,
    f.outlet_name,
    f.speaker_name,
    f.naming,
    f.low,
    f.high,
    f.comparator,
    f.text,
    max(f.low) OVER (series ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS highest_before,
    f.is_disputed,
    f.quantity_id,
    f.claim_id,
    f.article_id,
    f.reference,
    f.url
FROM mart.figures AS f
WHERE f.figure_group_id IS NOT NULL AND f.kind IN ('killed', 'wounded', 'missing', 'displaced', 'arrested', 'captured')
WINDOW series AS (PARTITION BY f.figure_group_id ORDER BY f.published_at NULLS LAST, f.reference);

COMMENT ON VIEW mart.tolls IS 'How a toll was told in time: counts of the same people, in order of publication, with who gives each.';
COMMENT ON COLUMN mart.tolls.story_id IS 'Story of the article';
COMMENT ON COLUMN mart.tolls.story_headline IS 'Headline of the first article of the story';
COMMENT ON COLUMN mart.tolls.figure_group_id IS 'Series: the group of figures that count the same people, as in mart.figure_groups';
COMMENT ON COLUMN mart.tolls.kind IS 'What happened to those counted: killed, wounded, missing, displaced, arrested or captured';
COMMENT ON COLUMN mart.tolls.counted IS 'Who is counted, in one word, as in mart.figures';
COMMENT ON COLUMN mart.tolls.place IS 'Place it is stated for, as printed';
COMMENT ON COLUMN mart.tolls.step_no IS 'Place in the series, from 1; figures of one time by article and position';
COMMENT ON COLUMN mart.tolls.published_at IS 'UTC time of publication; how precise: published_precision';
COMMENT ON COLUMN mart.tolls.published_precision IS 'second, minute, hour or day';
COMMENT ON COLUMN mart.tolls.outlet_name IS 'Outlet';
COMMENT ON COLUMN mart.tolls.speaker_name IS 'Who gives it, all speakers; empty where the outlet states it in its own voice';
COMMENT ON COLUMN mart.tolls.naming IS 'named, anonymous, group, document, pronoun or nobody, of the first speaker';
COMMENT ON COLUMN mart.tolls.low IS 'Lowest value it allows';
COMMENT ON COLUMN mart.tolls.high IS 'Highest value it allows';
COMMENT ON COLUMN mart.tolls.comparator IS 'exact, at_least, more_than, about, up_to …';
COMMENT ON COLUMN mart.tolls.text IS 'As printed';
COMMENT ON COLUMN mart.tolls.highest_before IS 'Highest of the lowest values told earlier in the series; empty at its beginning';
COMMENT ON COLUMN mart.tolls.is_disputed IS 'Whether claims contradict each other in figures of the series';
COMMENT ON COLUMN mart.tolls.quantity_id IS 'Figure';
COMMENT ON COLUMN mart.tolls.claim_id IS 'Claim that states it';
COMMENT ON COLUMN mart.tolls.article_id IS 'Article';
COMMENT ON COLUMN mart.tolls.reference IS 'Article and code points: [article:start-end]';
COMMENT ON COLUMN mart.tolls.url IS 'Address of the article';
