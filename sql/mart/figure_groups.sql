CREATE OR REPLACE VIEW mart.figure_groups AS
SELECT
    g.figure_group_id,
    g.story_id,
    s.headline AS story_headline,
    g.kind,
    g.unit,
    g.population,
    g.place,
    g.low,
    g.high,
    g.is_disputed,
    g.figure_count,
    g.speaker_count,
    g.article_count,
    g.independent_text_count,
    c.text AS conservative_text,
    i.text AS informative_text,
    r.text AS representative_text,
    coalesce(cc.speaker_name, 'no source named') AS conservative_speaker,
    coalesce(ic.speaker_name, 'no source named') AS informative_speaker,
    coalesce(rc.speaker_name, 'no source named') AS representative_speaker
FROM core.figure_groups AS g
LEFT JOIN core.stories AS s USING (story_id)
JOIN core.claim_quantities AS c ON c.quantity_id = g.conservative_quantity_id
JOIN core.claim_quantities AS i ON i.quantity_id = g.informative_quantity_id
JOIN core.claim_quantities AS r ON r.quantity_id = g.representative_quantity_id
JOIN core.claims AS cc ON cc.claim_id = c.claim_id
JOIN core.claims AS ic ON ic.claim_id = i.claim_id
JOIN core.claims AS rc ON rc.claim_id = r.claim_id;

COMMENT ON VIEW mart.figure_groups IS 'Figures that count one thing, as far as claims that say the same, contradict or update each other show it: range, and the most conservative, most informative and most representative one. Never a sum over articles.';
COMMENT ON COLUMN mart.figure_groups.figure_group_id IS 'Figures that count one thing';
COMMENT ON COLUMN mart.figure_groups.story_id IS 'Story';
COMMENT ON COLUMN mart.figure_groups.story_headline IS 'Headline of the story';
COMMENT ON COLUMN mart.figure_groups.kind IS 'What is counted';
COMMENT ON COLUMN mart.figure_groups.unit IS 'Unit';
COMMENT ON COLUMN mart.figure_groups.population IS 'Who is counted';
COMMENT ON COLUMN mart.figure_groups.place IS 'Where';
COMMENT ON COLUMN mart.figure_groups.low IS 'Lowest value';
COMMENT ON COLUMN mart.figure_groups.high IS 'Highest value';
COMMENT ON COLUMN mart.figure_groups.is_disputed IS 'Whether two claims contradict each other in these figures; a toll that grows is not disputed';
COMMENT ON COLUMN mart.figure_groups.figure_count IS 'Figures in the group';
COMMENT ON COLUMN mart.figure_groups.speaker_count IS 'Different speakers';
COMMENT ON COLUMN mart.figure_groups.article_count IS 'Articles';
COMMENT ON COLUMN mart.figure_groups.independent_text_count IS 'Texts; copies count once';
COMMENT ON COLUMN mart.figure_groups.conservative_text IS 'Figure with the lowest value, as printed';
COMMENT ON COLUMN mart.figure_groups.informative_text IS 'Narrowest figure, as printed';
COMMENT ON COLUMN mart.figure_groups.representative_text IS 'Figure that the most speakers give, as printed';
COMMENT ON COLUMN mart.figure_groups.conservative_speaker IS 'Who gives the lowest';
COMMENT ON COLUMN mart.figure_groups.informative_speaker IS 'Who gives the narrowest';
COMMENT ON COLUMN mart.figure_groups.representative_speaker IS 'Who gives the most given';
