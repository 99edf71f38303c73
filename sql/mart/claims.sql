CREATE TABLE IF NOT EXISTS mart.claims (
    claim_id                 VARCHAR NOT NULL,
    article_id               VARCHAR NOT NULL,
    outlet_name              VARCHAR,
    headline                 VARCHAR,
    published_at             TIMESTAMP,
    speaker_name             VARCHAR,
    speaker_actor_id         VARCHAR,
    source_type              VARCHAR,
    is_named                 BOOLEAN,
    chain_text               VARCHAR,
    hop_count                BIGINT,
    cue_text                 VARCHAR,
    cue_class                VARCHAR,
    cue_type                 VARCHAR,
    cue_stance               VARCHAR,
    form                     VARCHAR,
    content_text             VARCHAR,
    polarity                 VARCHAR,
    certainty                VARCHAR,
    tense                    VARCHAR,
    caveat                   VARCHAR,
    said_start_date          DATE,
    about_start_date         DATE,
    about_end_date           DATE,
    reference                VARCHAR,
    story_id                 VARCHAR,
    copy_group_id            VARCHAR,
    claim_group_id           VARCHAR,
    url                      VARCHAR,
    published_precision      VARCHAR,
    agency_name              VARCHAR,
    story_headline           VARCHAR,
    sentence_text            VARCHAR,
    speakers                 VARCHAR,
    speaker_count            BIGINT,
    naming                   VARCHAR,
    speaker_kind             VARCHAR,
    speaker_country_code     VARCHAR,
    speaker_side             VARCHAR,
    speaker_role             VARCHAR,
    speaker_gender           VARCHAR,
    relays                   VARCHAR,
    places                   VARCHAR,
    place_country_codes      VARCHAR,
    figures                  VARCHAR,
    is_attribution_negated   BOOLEAN,
    is_denial                BOOLEAN,
    denied_by                VARCHAR,
    grade                    VARCHAR,
    article_count            INTEGER,
    independent_text_count   INTEGER,
    independent_origin_count INTEGER
);

COMMENT ON TABLE mart.claims IS 'The one table to begin with: one row per attributed claim of the current article versions, with who, through whom, what, where, when, how firmly, and who else says so. Claims as reported, not verified. What outlets state in their own voice is in mart.own_voice, refusals to comment are in mart.declined; each speaker has a row of its own in mart.statements.';
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
