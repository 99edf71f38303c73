CREATE TABLE IF NOT EXISTS mart.statements (
    claim_id               VARCHAR NOT NULL,
    chain                  INTEGER NOT NULL,
    article_id             VARCHAR NOT NULL,
    outlet_name            VARCHAR,
    url                    VARCHAR,
    headline               VARCHAR,
    published_at           TIMESTAMP,
    published_precision    VARCHAR,
    agency_name            VARCHAR,
    story_id               VARCHAR,
    story_headline         VARCHAR,
    speaker_name           VARCHAR,
    speaker_as_printed     VARCHAR,
    speaker_actor_id       VARCHAR,
    source_type            VARCHAR,
    naming                 VARCHAR,
    speaker_kind           VARCHAR,
    speaker_country_code   VARCHAR,
    speaker_side           VARCHAR,
    speaker_role           VARCHAR,
    speaker_gender         VARCHAR,
    ground_rules           VARCHAR,
    source_count           INTEGER,
    relays                 VARCHAR,
    cue_text               VARCHAR,
    cue_class              VARCHAR,
    cue_stance             VARCHAR,
    form                   VARCHAR,
    content_text           VARCHAR,
    polarity               VARCHAR,
    is_attribution_negated BOOLEAN,
    is_denial              BOOLEAN,
    certainty              VARCHAR,
    tense                  VARCHAR,
    caveat                 VARCHAR,
    said_start_date        DATE,
    about_start_date       DATE,
    about_end_date         DATE,
    claim_group_id         VARCHAR,
    reference              VARCHAR
);

COMMENT ON TABLE mart.statements IS 'Who says what: one row per claim and speaker, so that a claim of two speakers has two rows. Count claims with count(DISTINCT claim_id). Current article versions only.';
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
