CREATE OR REPLACE VIEW mart.statements AS
SELECT
    s.claim_id,
    s.chain,
    s.article_id,
    a.outlet_name,
    a.url,
    a.headline,
    a.published_at,
    a.published_precision,
    a.agency_name,
    a.story_id,
    t.headline AS story_headline,
    CASE
        WHEN s.source_type IN ('unattributed', 'own_reporting') THEN NULL
        WHEN s.chain = 0 THEN coalesce(p.canonical_name, c.speaker_name, s.surface)
        ELSE coalesce(p.canonical_name, s.surface)
    END AS speaker_name,
    s.surface AS speaker_as_printed,
    coalesce(s.actor_id, CASE WHEN s.chain = 0 THEN c.speaker_actor_id END) AS speaker_actor_id,
    s.source_type,
    CASE
        WHEN s.source_type IN ('unattributed', 'own_reporting') THEN 'nobody'
        WHEN s.is_named THEN 'named'
        WHEN s.source_type = 'document' THEN 'document'
        WHEN s.article_actor_id IS NULL AND regexp_full_match(lower(s.surface), '(he|she|it|they|i|we|you|who|this|that)([''’][a-z]+)?') THEN 'pronoun'
        WHEN s.source_type IN ('unnamed_official', 'unnamed_person', 'eyewitness', 'expert') THEN 'anonymous'
        ELSE 'group'
    END AS naming,
    coalesce(p.kind, aa.kind) AS speaker_kind,
    coalesce(p.country_code, aa.country_code) AS speaker_country_code,
    coalesce(s.party_role, aa.party_role, p.party_role) AS speaker_side,
    r.role AS speaker_role,
    aa.gender AS speaker_gender,
    s.ground_rules,
    s.source_count,
    h.relays,
    c.cue_text,
    c.cue_class,
    c.cue_stance,
    c.form,
    c.content_text,
    c.polarity,
    c.is_attribution_negated,
    c.cue_stance = 'denial' AND c.cue_class = 'speech' AND NOT c.is_attribution_negated AS is_denial,
    c.certainty,
    c.tense,
    c.caveat,
    c.said_start_date,
    c.about_start_date,
    c.about_end_date,
    c.claim_group_id,
    format('[{}:{}-{}]', c.article_id, c.content_spans[1].start, c.content_spans[len(c.content_spans)]."end") AS reference
FROM core.claim_sources AS s
JOIN core.claims AS c ON c.claim_id = s.claim_id
JOIN core.articles AS a ON a.article_id = s.article_id
LEFT JOIN core.stories AS t ON t.story_id = a.story_id
LEFT JOIN core.actors AS p ON p.actor_id = coalesce(s.actor_id, CASE WHEN s.chain = 0 THEN c.speaker_actor_id END)
LEFT JOIN core.article_actors AS aa
    ON aa.article_actor_id = coalesce(s.article_actor_id, CASE WHEN s.chain = 0 THEN c.speaker_article_actor_id END)
LEFT JOIN (
    SELECT article_actor_id, arg_min(text, start) AS role
    FROM core.actor_roles
    GROUP BY article_actor_id
) AS r ON r.article_actor_id = aa.article_actor_id
LEFT JOIN (
    SELECT s.claim_id, s.chain, string_agg(coalesce(p.canonical_name, s.surface), ' → ' ORDER BY s.hop) AS relays
    FROM core.claim_sources AS s
    JOIN core.articles AS a USING (article_id)
    LEFT JOIN core.actors AS p ON p.actor_id = s.actor_id
    WHERE s.hop > 0 AND s.surface IS DISTINCT FROM a.outlet_name
    GROUP BY s.claim_id, s.chain
) AS h ON h.claim_id = s.claim_id AND h.chain = s.chain
WHERE s.hop = 0 AND a.is_current AND NOT c.is_statement AND c.cue_class NOT IN ('declined', 'credit');

COMMENT ON VIEW mart.statements IS 'Who says what: one row per claim and speaker, so that a claim of two speakers has two rows. Count claims with count(DISTINCT claim_id). Current article versions only.';
COMMENT ON COLUMN mart.statements.claim_id IS 'Claim';
COMMENT ON COLUMN mart.statements.chain IS 'Number of the speaker in the claim, from 0';
COMMENT ON COLUMN mart.statements.article_id IS 'Article';
COMMENT ON COLUMN mart.statements.outlet_name IS 'Outlet that published it';
COMMENT ON COLUMN mart.statements.url IS 'Address of the article';
COMMENT ON COLUMN mart.statements.headline IS 'Headline of the article';
COMMENT ON COLUMN mart.statements.published_at IS 'UTC time of publication; how precise: published_precision';
COMMENT ON COLUMN mart.statements.published_precision IS 'second, minute, hour or day; with day, the hour in published_at means nothing';
COMMENT ON COLUMN mart.statements.agency_name IS 'News agency the article is credited to';
COMMENT ON COLUMN mart.statements.story_id IS 'Story of the article';
COMMENT ON COLUMN mart.statements.story_headline IS 'Headline of the first article of the story';
COMMENT ON COLUMN mart.statements.speaker_name IS 'Speaker under the name the ledger lists; empty where nobody is named or described ("reportedly")';
COMMENT ON COLUMN mart.statements.speaker_as_printed IS 'Words of the article that stand for the speaker: a name, a description, a pronoun';
COMMENT ON COLUMN mart.statements.speaker_actor_id IS 'Speaker across articles';
COMMENT ON COLUMN mart.statements.source_type IS 'Type of the speaker, as in core.claim_sources; expert is an expert without a name, a named one is named_person';
COMMENT ON COLUMN mart.statements.naming IS 'named (a proper name stands there), anonymous (a person, official, witness or expert without a name), group (police, the company, residents), document (a report, a letter), pronoun (she, where the text before does not tell who that is), nobody ("reportedly"; the outlet itself)';
COMMENT ON COLUMN mart.statements.speaker_kind IS 'Kind of the speaker, as in core.actors';
COMMENT ON COLUMN mart.statements.speaker_country_code IS 'Country of the speaker, ISO 3166-1 alpha-2';
COMMENT ON COLUMN mart.statements.speaker_side IS 'Side of the speaker in the story, where one is known';
COMMENT ON COLUMN mart.statements.speaker_role IS 'Role that the article gives the speaker, as printed';
COMMENT ON COLUMN mart.statements.speaker_gender IS 'male or female, by title, pronoun or first name';
COMMENT ON COLUMN mart.statements.ground_rules IS 'Terms of anonymity as printed';
COMMENT ON COLUMN mart.statements.source_count IS 'Number of speakers as stated: two officials';
COMMENT ON COLUMN mart.statements.relays IS 'Who stands between speaker and outlet, from the speaker outwards';
COMMENT ON COLUMN mart.statements.cue_text IS 'Attributing words as printed';
COMMENT ON COLUMN mart.statements.cue_class IS 'speech, topic (what was spoken of, not what was said), attitude or evidential';
COMMENT ON COLUMN mart.statements.cue_stance IS 'neutral, assertive, factive or denial: what the verb is, not a judgement of the outlet';
COMMENT ON COLUMN mart.statements.form IS 'direct, indirect or mixed';
COMMENT ON COLUMN mart.statements.content_text IS 'What is said';
COMMENT ON COLUMN mart.statements.polarity IS 'affirmed, negative (it says itself that something is not so: "no one was hurt") or negated (the speaker rejects it: "denied that …", "does not believe that …")';
COMMENT ON COLUMN mart.statements.is_attribution_negated IS 'Whether the speaker is said not to have said it';
COMMENT ON COLUMN mart.statements.is_denial IS 'Whether the speaker denies what content_text says, read with the cue; who declines, refuses or did not say denies nothing';
COMMENT ON COLUMN mart.statements.certainty IS 'certain, probable, possible or doubtful: how the speaker puts it';
COMMENT ON COLUMN mart.statements.tense IS 'happened, ongoing, future, hypothetical or historical';
COMMENT ON COLUMN mart.statements.caveat IS 'Words such as "could not be independently verified"';
COMMENT ON COLUMN mart.statements.said_start_date IS 'First day it may have been said';
COMMENT ON COLUMN mart.statements.about_start_date IS 'First day it is about';
COMMENT ON COLUMN mart.statements.about_end_date IS 'Last day it is about';
COMMENT ON COLUMN mart.statements.claim_group_id IS 'Group of claims that say the same';
COMMENT ON COLUMN mart.statements.reference IS 'Article and code points of the content: [article:start-end]';
