CREATE OR REPLACE VIEW mart.own_voice AS
SELECT
    c.claim_id,
    c.article_id,
    a.outlet_name,
    a.url,
    a.headline,
    a.published_at,
    a.published_precision,
    a.agency_name,
    a.story_id,
    t.headline AS story_headline,
    c.content_text,
    c.construction = 'statement' AS is_event,
    s.text AS sentence_text,
    c.polarity,
    c.certainty,
    c.tense,
    c.about_start_date,
    c.about_end_date,
    g.grade,
    c.claim_group_id,
    format('[{}:{}-{}]', c.article_id, c.content_spans[1].start, c.content_spans[len(c.content_spans)]."end") AS reference
FROM core.claims AS c
JOIN core.articles AS a USING (article_id)
LEFT JOIN core.sentences AS s ON s.sentence_id = c.sentence_id
LEFT JOIN core.stories AS t ON t.story_id = a.story_id
LEFT JOIN core.claim_groups AS g ON g.claim_group_id = c.claim_group_id
WHERE a.is_current AND c.is_statement;

COMMENT ON VIEW mart.own_voice IS 'What an outlet states in its own voice, without a source; not in mart.claims. Current article versions only.';
COMMENT ON COLUMN mart.own_voice.claim_id IS 'Claim';
COMMENT ON COLUMN mart.own_voice.article_id IS 'Article';
COMMENT ON COLUMN mart.own_voice.outlet_name IS 'Outlet that states it';
COMMENT ON COLUMN mart.own_voice.url IS 'Address of the article';
COMMENT ON COLUMN mart.own_voice.headline IS 'Headline of the article';
COMMENT ON COLUMN mart.own_voice.published_at IS 'UTC time of publication';
COMMENT ON COLUMN mart.own_voice.published_precision IS 'second, minute, hour or day';
COMMENT ON COLUMN mart.own_voice.agency_name IS 'News agency the article is credited to';
COMMENT ON COLUMN mart.own_voice.story_id IS 'Story of the article';
COMMENT ON COLUMN mart.own_voice.story_headline IS 'Headline of the first article of the story';
COMMENT ON COLUMN mart.own_voice.content_text IS 'What is stated';
COMMENT ON COLUMN mart.own_voice.is_event IS 'Whether it tells an event; else background, plan or state';
COMMENT ON COLUMN mart.own_voice.sentence_text IS 'Sentence it stands in';
COMMENT ON COLUMN mart.own_voice.polarity IS 'affirmed, negative (it says itself that something is not so: "no one was hurt") or negated (the speaker rejects it: "denied that …", "does not believe that …")';
COMMENT ON COLUMN mart.own_voice.certainty IS 'certain, probable, possible or doubtful';
COMMENT ON COLUMN mart.own_voice.tense IS 'happened, ongoing, future, hypothetical or historical';
COMMENT ON COLUMN mart.own_voice.about_start_date IS 'First day it is about';
COMMENT ON COLUMN mart.own_voice.about_end_date IS 'Last day it is about';
COMMENT ON COLUMN mart.own_voice.grade IS 'Grade of its group, as in core.claim_groups';
COMMENT ON COLUMN mart.own_voice.claim_group_id IS 'Group of claims that say the same';
COMMENT ON COLUMN mart.own_voice.reference IS 'Article and code points: [article:start-end]';
