CREATE OR REPLACE VIEW mart.timeline AS
SELECT
    c.about_start_date,
    c.about_end_date,
    arg_min(c.about_precision, c.claim_id) AS about_precision,
    arg_min(c.tense, c.claim_id) AS tense,
    coalesce(any_value(g.canonical_text), arg_min(c.content_text, c.claim_id)) AS content_text,
    array_to_string(list_sort(list(
        DISTINCT coalesce(k.speakers, 'own voice of ' || coalesce(a.outlet_name, 'the outlet'))
        || CASE WHEN c.cue_stance = 'denial' OR c.is_attribution_negated THEN ' (denies)' ELSE '' END
    )), '; ') AS speakers,
    string_agg(DISTINCT coalesce(a.outlet_name, 'unknown'), '; ' ORDER BY coalesce(a.outlet_name, 'unknown')) AS outlets,
    string_agg(DISTINCT l.places, '; ' ORDER BY l.places) AS places,
    count(DISTINCT c.claim_id) AS claim_count,
    count(DISTINCT c.article_id) AS article_count,
    any_value(g.grade) AS grade,
    arg_min(a.url, (a.published_at, a.article_id)) AS url,
    min(a.published_at) AS first_reported_at,
    a.story_id,
    any_value(t.headline) AS story_headline,
    c.claim_group_id,
    coalesce(any_value(g.canonical_claim_id), min(c.claim_id)) AS claim_id
FROM core.claims AS c
JOIN core.articles AS a USING (article_id)
LEFT JOIN core.stories AS t ON t.story_id = a.story_id
LEFT JOIN core.claim_groups AS g ON g.claim_group_id = c.claim_group_id
LEFT JOIN mart.claims AS k ON k.claim_id = c.claim_id
LEFT JOIN (
    SELECT m.claim_id, string_agg(DISTINCT p.name, '; ' ORDER BY p.name) AS places
    FROM core.claim_locations AS m
    JOIN core.locations AS p USING (location_id)
    GROUP BY m.claim_id
) AS l ON l.claim_id = c.claim_id
WHERE a.is_current AND c.about_start_date IS NOT NULL AND c.cue_class NOT IN ('declined', 'credit')
GROUP BY a.story_id, coalesce(c.claim_group_id, c.claim_id), c.claim_group_id, c.about_start_date, c.about_end_date;

COMMENT ON VIEW mart.timeline IS 'What is said to have happened, or to come, on which days: one row per story, day and thing said, claims that say the same counted together. What outlets state in their own voice is in it.';
COMMENT ON COLUMN mart.timeline.about_start_date IS 'First day it is about';
COMMENT ON COLUMN mart.timeline.about_end_date IS 'Last day it is about, inclusive';
COMMENT ON COLUMN mart.timeline.about_precision IS 'hour, part_of_day, day, week, month, season, year, decade or open';
COMMENT ON COLUMN mart.timeline.tense IS 'happened, ongoing, future, hypothetical or historical';
COMMENT ON COLUMN mart.timeline.content_text IS 'What is said, in the words that stand for its group';
COMMENT ON COLUMN mart.timeline.speakers IS 'Who says so; (denies) stands behind those who deny it';
COMMENT ON COLUMN mart.timeline.outlets IS 'Outlets that report it';
COMMENT ON COLUMN mart.timeline.places IS 'Places it is about';
COMMENT ON COLUMN mart.timeline.claim_count IS 'Claims that say so';
COMMENT ON COLUMN mart.timeline.article_count IS 'Articles that report it';
COMMENT ON COLUMN mart.timeline.grade IS 'What stands behind it, as in core.claim_groups';
COMMENT ON COLUMN mart.timeline.url IS 'Address of the first article';
COMMENT ON COLUMN mart.timeline.first_reported_at IS 'UTC time of the first article';
COMMENT ON COLUMN mart.timeline.story_id IS 'Story';
COMMENT ON COLUMN mart.timeline.story_headline IS 'Headline of the first article of the story';
COMMENT ON COLUMN mart.timeline.claim_group_id IS 'Group of claims that say the same';
COMMENT ON COLUMN mart.timeline.claim_id IS 'Claim whose wording stands here';
