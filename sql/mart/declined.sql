CREATE OR REPLACE VIEW mart.declined AS
SELECT
    c.claim_id,
    c.article_id,
    a.outlet_name,
    a.url,
    a.headline,
    a.published_at,
    a.published_precision,
    a.story_id,
    coalesce(p.canonical_name, c.speaker_name) AS speaker_name,
    c.speaker_actor_id,
    c.cue_text,
    c.content_text,
    s.text AS sentence_text
FROM core.claims AS c
JOIN core.articles AS a USING (article_id)
LEFT JOIN core.actors AS p ON p.actor_id = c.speaker_actor_id
LEFT JOIN core.sentences AS s ON s.sentence_id = c.sentence_id
WHERE a.is_current AND c.cue_class = 'declined';

COMMENT ON VIEW mart.declined IS 'Who was asked and would not say, or could not be reached; not in mart.claims. Current article versions only.';
COMMENT ON COLUMN mart.declined.claim_id IS 'Claim';
COMMENT ON COLUMN mart.declined.article_id IS 'Article';
COMMENT ON COLUMN mart.declined.outlet_name IS 'Outlet that says so';
COMMENT ON COLUMN mart.declined.url IS 'Address of the article';
COMMENT ON COLUMN mart.declined.headline IS 'Headline of the article';
COMMENT ON COLUMN mart.declined.published_at IS 'UTC time of publication';
COMMENT ON COLUMN mart.declined.published_precision IS 'second, minute, hour or day';
COMMENT ON COLUMN mart.declined.story_id IS 'Story of the article';
COMMENT ON COLUMN mart.declined.speaker_name IS 'Who did not answer';
COMMENT ON COLUMN mart.declined.speaker_actor_id IS 'The same across articles';
COMMENT ON COLUMN mart.declined.cue_text IS 'Words that say so';
COMMENT ON COLUMN mart.declined.content_text IS 'What was not answered, or the words that say so';
COMMENT ON COLUMN mart.declined.sentence_text IS 'Sentence it stands in';
