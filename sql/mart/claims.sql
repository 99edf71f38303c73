CREATE OR REPLACE VIEW mart.claims AS
SELECT
    c.claim_id,
    c.article_id,
    a.outlet_name,
    a.headline,
    a.published_at,
    c.speaker_name,
    c.speaker_actor_id,
    c.source_type,
    c.is_named,
    k.chain_text,
    k.hop_count,
    c.cue_text,
    c.cue_class,
    c.cue_type,
    c.cue_stance,
    c.form,
    c.content_text,
    c.polarity,
    c.certainty,
    c.tense,
    c.caveat,
    c.said_start_date,
    c.about_start_date,
    c.about_end_date,
    format('[{}:{}-{}]', c.article_id, c.content_spans[1].start, c.content_spans[len(c.content_spans)]."end") AS reference,
    a.story_id,
    a.copy_group_id,
    c.claim_group_id
FROM core.claims AS c
JOIN core.articles AS a USING (article_id)
LEFT JOIN (
    SELECT claim_id, string_agg(surface, ' → ' ORDER BY hop) AS chain_text, count(*) AS hop_count
    FROM core.claim_sources
    WHERE chain = 0
    GROUP BY claim_id
) AS k USING (claim_id)
WHERE a.is_current AND NOT c.is_statement AND c.cue_class NOT IN ('declined', 'credit');

COMMENT ON VIEW mart.claims IS 'Attributed claims of current article versions, readable: who, through whom, what, when, how firmly. Claims as reported, not verified.';
COMMENT ON COLUMN mart.claims.claim_id IS 'Claim';
COMMENT ON COLUMN mart.claims.article_id IS 'Article';
COMMENT ON COLUMN mart.claims.outlet_name IS 'Outlet that published it';
COMMENT ON COLUMN mart.claims.headline IS 'Headline of the article';
COMMENT ON COLUMN mart.claims.published_at IS 'UTC time of publication';
COMMENT ON COLUMN mart.claims.speaker_name IS 'Speaker';
COMMENT ON COLUMN mart.claims.speaker_actor_id IS 'Speaker across articles';
COMMENT ON COLUMN mart.claims.source_type IS 'Type of the speaker';
COMMENT ON COLUMN mart.claims.is_named IS 'Whether the speaker is named';
COMMENT ON COLUMN mart.claims.chain_text IS 'First chain of attribution from the speaker out to the outlet';
COMMENT ON COLUMN mart.claims.hop_count IS 'Hops in that chain';
COMMENT ON COLUMN mart.claims.cue_text IS 'Attributing words as printed';
COMMENT ON COLUMN mart.claims.cue_class IS 'speech, topic, attitude or evidential';
COMMENT ON COLUMN mart.claims.cue_type IS 'speaking, writing, question, request, denial, belief, intention, evaluation or evidential';
COMMENT ON COLUMN mart.claims.cue_stance IS 'neutral, assertive, factive or denial';
COMMENT ON COLUMN mart.claims.form IS 'direct, indirect or mixed';
COMMENT ON COLUMN mart.claims.content_text IS 'What is said';
COMMENT ON COLUMN mart.claims.polarity IS 'affirmed or negated';
COMMENT ON COLUMN mart.claims.certainty IS 'certain, probable, possible or doubtful';
COMMENT ON COLUMN mart.claims.tense IS 'happened, ongoing, future, hypothetical or historical';
COMMENT ON COLUMN mart.claims.caveat IS 'Words such as "could not be independently verified"';
COMMENT ON COLUMN mart.claims.said_start_date IS 'First day it may have been said';
COMMENT ON COLUMN mart.claims.about_start_date IS 'First day it is about';
COMMENT ON COLUMN mart.claims.about_end_date IS 'Last day it is about';
COMMENT ON COLUMN mart.claims.reference IS 'Article and code points of the content: [article:start-end]';
COMMENT ON COLUMN mart.claims.story_id IS 'Story of the article';
COMMENT ON COLUMN mart.claims.copy_group_id IS 'Group of articles with the same text';
COMMENT ON COLUMN mart.claims.claim_group_id IS 'Group of claims that say the same';
