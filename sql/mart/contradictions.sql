CREATE OR REPLACE VIEW mart.contradictions AS
SELECT
    x.claim_group_id,
    y.claim_group_id AS other_claim_group_id,
    a.story_id,
    split_part(l.reason, ';', 1) AS differs_in,
    x.content_text,
    coalesce(x.speaker_name, 'no source named') AS speaker_name,
    a.outlet_name,
    a.published_at,
    y.content_text AS other_content_text,
    coalesce(y.speaker_name, 'no source named') AS other_speaker_name,
    b.outlet_name AS other_outlet_name,
    b.published_at AS other_published_at,
    l.score,
    l.claim_id,
    l.other_claim_id
FROM core.claim_links AS l
JOIN core.claims AS x ON x.claim_id = l.claim_id
JOIN core.claims AS y ON y.claim_id = l.other_claim_id
JOIN core.articles AS a ON a.article_id = x.article_id
JOIN core.articles AS b ON b.article_id = y.article_id
WHERE l.link_type = 'contradicts';

COMMENT ON VIEW mart.contradictions IS 'Pairs of claims that contradict each other, with what they differ in.';
COMMENT ON COLUMN mart.contradictions.claim_group_id IS 'Group of the first claim';
COMMENT ON COLUMN mart.contradictions.other_claim_group_id IS 'Group of the other claim';
COMMENT ON COLUMN mart.contradictions.story_id IS 'Story of the first';
COMMENT ON COLUMN mart.contradictions.differs_in IS 'polarity, figures, place, who, time, opposites (two judge one thing in opposite ways) or doubt';
COMMENT ON COLUMN mart.contradictions.content_text IS 'What the first says';
COMMENT ON COLUMN mart.contradictions.speaker_name IS 'Who says it';
COMMENT ON COLUMN mart.contradictions.outlet_name IS 'Where';
COMMENT ON COLUMN mart.contradictions.published_at IS 'When, UTC';
COMMENT ON COLUMN mart.contradictions.other_content_text IS 'What the other says';
COMMENT ON COLUMN mart.contradictions.other_speaker_name IS 'Who says that';
COMMENT ON COLUMN mart.contradictions.other_outlet_name IS 'Where';
COMMENT ON COLUMN mart.contradictions.other_published_at IS 'When, UTC';
COMMENT ON COLUMN mart.contradictions.score IS 'How much the two have in common, 0 to 1';
COMMENT ON COLUMN mart.contradictions.claim_id IS 'First claim';
COMMENT ON COLUMN mart.contradictions.other_claim_id IS 'Other claim';
