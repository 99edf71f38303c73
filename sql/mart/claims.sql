CREATE OR REPLACE VIEW mart.claims AS
SELECT
    c.claim_id,
    c.article_id,
    a.outlet_name,
    a.headline,
    a.published_at,
    k.speaker_name AS speaker_name,
    k.speaker_actor_id AS speaker_actor_id,
    c.source_type,
    c.is_named,
    coalesce(h.chain_text, o.surface) AS chain_text,
    coalesce(h.hop_count, CASE WHEN o.claim_id IS NOT NULL THEN 1 END) AS hop_count,
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
    c.claim_group_id,
    a.url,
    a.published_precision,
    a.agency_name,
    t.headline AS story_headline,
    s.text AS sentence_text,
    CASE WHEN m.claim_id IS NULL THEN k.speaker_name ELSE m.speakers END AS speakers,
    CASE WHEN m.claim_id IS NOT NULL THEN m.speaker_count WHEN k.claim_id IS NOT NULL THEN 1 END AS speaker_count,
    k.naming AS naming,
    k.speaker_kind AS speaker_kind,
    k.speaker_country_code AS speaker_country_code,
    k.speaker_side AS speaker_side,
    k.speaker_role AS speaker_role,
    k.speaker_gender AS speaker_gender,
    k.relays AS relays,
    l.places,
    l.place_country_codes,
    q.figures,
    c.is_attribution_negated,
    c.cue_stance = 'denial' AND c.cue_class = 'speech' AND NOT c.is_attribution_negated AS is_denial,
    d.denied_by,
    g.grade,
    g.article_count,
    g.independent_text_count,
    g.independent_origin_count
FROM core.claims AS c
JOIN core.articles AS a USING (article_id)
LEFT JOIN core.stories AS t ON t.story_id = a.story_id
LEFT JOIN core.sentences AS s ON s.sentence_id = c.sentence_id
LEFT JOIN core.claim_groups AS g ON g.claim_group_id = c.claim_group_id
LEFT JOIN mart.statements AS k ON k.claim_id = c.claim_id AND k.chain = 0
-- few claims have several speakers or hops: only these are gathered
LEFT JOIN (
    SELECT claim_id, string_agg(speaker_name, '; ' ORDER BY chain) AS speakers, count(*) AS speaker_count
    FROM mart.statements
    WHERE claim_id IN (SELECT claim_id FROM core.claim_sources WHERE chain > 0)
    GROUP BY claim_id
) AS m ON m.claim_id = c.claim_id
LEFT JOIN core.claim_sources AS o ON o.claim_id = c.claim_id AND o.chain = 0 AND o.hop = 0
LEFT JOIN (
    SELECT claim_id, string_agg(surface, ' → ' ORDER BY hop) AS chain_text, count(*) AS hop_count
    FROM core.claim_sources
    WHERE chain = 0 AND claim_id IN (SELECT claim_id FROM core.claim_sources WHERE chain = 0 AND hop > 0)
    GROUP BY claim_id
) AS h ON h.claim_id = c.claim_id
LEFT JOIN (
    SELECT
        m.claim_id,
        string_agg(DISTINCT p.name, '; ' ORDER BY p.name) AS places,
        string_agg(DISTINCT p.country_code, '; ' ORDER BY p.country_code) AS place_country_codes
    FROM core.claim_locations AS m
    JOIN core.locations AS p USING (location_id)
    GROUP BY m.claim_id
) AS l ON l.claim_id = c.claim_id
LEFT JOIN (
    SELECT claim_id, string_agg(text, '; ' ORDER BY start) AS figures
    FROM core.claim_quantities
    GROUP BY claim_id
) AS q ON q.claim_id = c.claim_id
LEFT JOIN (
    SELECT other_claim_id, string_agg(DISTINCT speaker_name, '; ' ORDER BY speaker_name) AS denied_by
    FROM mart.relations
    WHERE link_type = 'denies'
    GROUP BY other_claim_id
) AS d ON d.other_claim_id = c.claim_id
WHERE a.is_current AND NOT c.is_statement AND c.cue_class NOT IN ('declined', 'credit');

COMMENT ON VIEW mart.claims IS 'The one table to begin with: one row per attributed claim of the current article versions, with who, through whom, what, where, when, how firmly, and who else says so. Claims as reported, not verified. What outlets state in their own voice is in mart.own_voice, refusals to comment are in mart.declined; each speaker has a row of its own in mart.statements.';
COMMENT ON COLUMN mart.claims.claim_id IS 'Claim';
COMMENT ON COLUMN mart.claims.article_id IS 'Article';
COMMENT ON COLUMN mart.claims.outlet_name IS 'Outlet that published it';
COMMENT ON COLUMN mart.claims.headline IS 'Headline of the article';
COMMENT ON COLUMN mart.claims.published_at IS 'UTC time of publication; how precise: published_precision';
COMMENT ON COLUMN mart.claims.speaker_name IS 'First speaker under the name the ledger lists; empty where nobody is named or described ("reportedly"). All of them: speakers';
COMMENT ON COLUMN mart.claims.speaker_actor_id IS 'First speaker across articles';
COMMENT ON COLUMN mart.claims.source_type IS 'Type of the first speaker, as in core.claim_sources; expert is an expert without a name, a named one is named_person';
COMMENT ON COLUMN mart.claims.is_named IS 'Whether a proper name stands for the first speaker. False also for documents and groups, which are not anonymous: see naming';
COMMENT ON COLUMN mart.claims.chain_text IS 'First chain of attribution as printed, from the speaker out to the outlet';
COMMENT ON COLUMN mart.claims.hop_count IS 'Hops in that chain';
COMMENT ON COLUMN mart.claims.cue_text IS 'Attributing words as printed';
COMMENT ON COLUMN mart.claims.cue_class IS 'speech, topic (what was spoken of, not what was said), attitude or evidential';
COMMENT ON COLUMN mart.claims.cue_type IS 'speaking, writing, question, request, denial, belief, intention, evaluation or evidential';
COMMENT ON COLUMN mart.claims.cue_stance IS 'neutral, assertive, factive or denial: what the verb is, not a judgement of the outlet';
COMMENT ON COLUMN mart.claims.form IS 'direct, indirect or mixed';
COMMENT ON COLUMN mart.claims.content_text IS 'What is said';
COMMENT ON COLUMN mart.claims.polarity IS 'affirmed, negative (it says itself that something is not so: "no one was hurt") or negated (the speaker rejects it: "denied that …", "does not believe that …")';
COMMENT ON COLUMN mart.claims.certainty IS 'certain, probable, possible or doubtful: how the speaker puts it';
COMMENT ON COLUMN mart.claims.tense IS 'happened, ongoing, future, hypothetical or historical';
COMMENT ON COLUMN mart.claims.caveat IS 'Words such as "could not be independently verified"';
COMMENT ON COLUMN mart.claims.said_start_date IS 'First day it may have been said';
COMMENT ON COLUMN mart.claims.about_start_date IS 'First day it is about';
COMMENT ON COLUMN mart.claims.about_end_date IS 'Last day it is about';
COMMENT ON COLUMN mart.claims.reference IS 'Article and code points of the content: [article:start-end]';
COMMENT ON COLUMN mart.claims.story_id IS 'Story of the article';
COMMENT ON COLUMN mart.claims.copy_group_id IS 'Group of articles with the same text';
COMMENT ON COLUMN mart.claims.claim_group_id IS 'Group of claims that say the same';
COMMENT ON COLUMN mart.claims.url IS 'Address of the article';
COMMENT ON COLUMN mart.claims.published_precision IS 'second, minute, hour or day; with day, the hour in published_at means nothing';
COMMENT ON COLUMN mart.claims.agency_name IS 'News agency the article is credited to';
COMMENT ON COLUMN mart.claims.story_headline IS 'Headline of the first article of the story';
COMMENT ON COLUMN mart.claims.sentence_text IS 'Sentence around it, as printed';
COMMENT ON COLUMN mart.claims.speakers IS 'All speakers, in the order of the article';
COMMENT ON COLUMN mart.claims.speaker_count IS 'How many speakers';
COMMENT ON COLUMN mart.claims.naming IS 'named (a proper name stands there), anonymous (a person, official, witness or expert without a name), group (police, the company, residents), document (a report, a letter), pronoun (she, where the text before does not tell who that is), nobody ("reportedly"; the outlet itself); of the first speaker';
COMMENT ON COLUMN mart.claims.speaker_kind IS 'Kind of the first speaker, as in core.actors';
COMMENT ON COLUMN mart.claims.speaker_country_code IS 'Country of the first speaker, ISO 3166-1 alpha-2';
COMMENT ON COLUMN mart.claims.speaker_side IS 'Side of the first speaker in the story, where one is known';
COMMENT ON COLUMN mart.claims.speaker_role IS 'Role that the article gives the first speaker, as printed';
COMMENT ON COLUMN mart.claims.speaker_gender IS 'male or female, by title, pronoun or first name';
COMMENT ON COLUMN mart.claims.relays IS 'Who stands between first speaker and outlet, from the speaker outwards';
COMMENT ON COLUMN mart.claims.places IS 'Places the claim is about';
COMMENT ON COLUMN mart.claims.place_country_codes IS 'Their countries, ISO 3166-1 alpha-2';
COMMENT ON COLUMN mart.claims.figures IS 'Figures in it, as printed; as numbers: mart.figures';
COMMENT ON COLUMN mart.claims.is_attribution_negated IS 'Whether the speaker is said not to have said it';
COMMENT ON COLUMN mart.claims.is_denial IS 'Whether the speaker denies what content_text says, read with the cue; who declines, refuses or did not say denies nothing';
COMMENT ON COLUMN mart.claims.denied_by IS 'Who denies it, in any article';
COMMENT ON COLUMN mart.claims.grade IS 'What stands behind it, as in core.claim_groups; withdrawn means gone from the newest version of every article, not that the speaker took it back';
COMMENT ON COLUMN mart.claims.article_count IS 'Articles that report the same';
COMMENT ON COLUMN mart.claims.independent_text_count IS 'These, copies of one text counted once';
COMMENT ON COLUMN mart.claims.independent_origin_count IS 'First speakers that it goes back to';
