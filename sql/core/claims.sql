CREATE TABLE IF NOT EXISTS core.claims (
    claim_id                 VARCHAR NOT NULL,
    article_id               VARCHAR NOT NULL,
    sentence_id              VARCHAR,
    parent_claim_id          VARCHAR,
    speaker_article_actor_id VARCHAR,
    speaker_actor_id         VARCHAR,  -- by resolve
    speaker_name             VARCHAR,
    source_type              VARCHAR NOT NULL,
    is_named                 BOOLEAN NOT NULL,
    content_text             VARCHAR NOT NULL,
    content_spans            STRUCT(start INTEGER, "end" INTEGER)[] NOT NULL,
    source_spans             STRUCT(start INTEGER, "end" INTEGER)[] NOT NULL,
    cue_spans                STRUCT(start INTEGER, "end" INTEGER)[] NOT NULL,
    cue_text                 VARCHAR,
    cue_lemma                VARCHAR,
    cue_start                INTEGER,
    cue_end                  INTEGER,
    form                     VARCHAR NOT NULL,
    cue_class                VARCHAR NOT NULL,
    cue_type                 VARCHAR NOT NULL,
    cue_stance               VARCHAR NOT NULL,
    polarity                 VARCHAR NOT NULL,
    certainty                VARCHAR NOT NULL,
    hedges                   VARCHAR[] NOT NULL,
    tense                    VARCHAR NOT NULL,
    is_attribution_negated   BOOLEAN NOT NULL,
    caveat                   VARCHAR,
    said_start_date          DATE,
    said_end_date            DATE,
    said_precision           VARCHAR,
    about_start_date         DATE,
    about_end_date           DATE,
    about_precision          VARCHAR,
    is_statement             BOOLEAN NOT NULL,
    construction             VARCHAR NOT NULL,
    score                    DOUBLE NOT NULL,
    claim_group_id           VARCHAR,  -- by resolve
    origin                   VARCHAR NOT NULL
);

COMMENT ON TABLE core.claims IS 'Claim as one article reports it: reported, not verified.';
COMMENT ON COLUMN core.claims.claim_id IS 'Hash of article, content, cue and ordinal';
COMMENT ON COLUMN core.claims.article_id IS 'Article';
COMMENT ON COLUMN core.claims.sentence_id IS 'Sentence its cue, or else its content, stands in';
COMMENT ON COLUMN core.claims.parent_claim_id IS 'Claim whose content this one is nested in';
COMMENT ON COLUMN core.claims.speaker_article_actor_id IS 'Speaker inside the article';
COMMENT ON COLUMN core.claims.speaker_actor_id IS 'Speaker across articles';
COMMENT ON COLUMN core.claims.speaker_name IS 'Speaker as listed: canonical name, or the words that stand for one';
COMMENT ON COLUMN core.claims.source_type IS 'Type of the speaker, as in core.claim_sources';
COMMENT ON COLUMN core.claims.is_named IS 'Whether the speaker is named';
COMMENT ON COLUMN core.claims.content_text IS 'What is said, pieces joined and marks folded';
COMMENT ON COLUMN core.claims.content_spans IS 'Pieces of the content in the body';
COMMENT ON COLUMN core.claims.source_spans IS 'Words that name the source; empty where nobody is named';
COMMENT ON COLUMN core.claims.cue_spans IS 'Words that attribute';
COMMENT ON COLUMN core.claims.cue_text IS 'First cue as printed';
COMMENT ON COLUMN core.claims.cue_lemma IS 'Cue as listed in seeds/cues.csv';
COMMENT ON COLUMN core.claims.cue_start IS 'First code point of the first cue in the body';
COMMENT ON COLUMN core.claims.cue_end IS 'Code point after it';
COMMENT ON COLUMN core.claims.form IS 'direct, indirect or mixed';
COMMENT ON COLUMN core.claims.cue_class IS 'speech; topic (what was spoken of, not what was said); attitude; evidential; declined (refused to comment); credit (who made a picture); statement (the outlet itself)';
COMMENT ON COLUMN core.claims.cue_type IS 'speaking, writing, question, request, denial, refusal, belief, intention, evaluation, evidential, or none';
COMMENT ON COLUMN core.claims.cue_stance IS 'neutral, assertive, factive or denial';
COMMENT ON COLUMN core.claims.polarity IS 'affirmed, negative (it says itself that something is not so: "no one was hurt") or negated (the speaker rejects it: "denied that …", "does not believe that …")';
COMMENT ON COLUMN core.claims.certainty IS 'certain, probable, possible or doubtful';
COMMENT ON COLUMN core.claims.hedges IS 'Hedging words as printed';
COMMENT ON COLUMN core.claims.tense IS 'happened, ongoing, future, hypothetical or historical';
COMMENT ON COLUMN core.claims.is_attribution_negated IS 'Whether the source is said not to have said it';
COMMENT ON COLUMN core.claims.caveat IS 'Words such as "could not be independently verified"';
COMMENT ON COLUMN core.claims.said_start_date IS 'First day it may have been said';
COMMENT ON COLUMN core.claims.said_end_date IS 'Last day it may have been said';
COMMENT ON COLUMN core.claims.said_precision IS 'Precision of the day it was said';
COMMENT ON COLUMN core.claims.about_start_date IS 'First day it is about';
COMMENT ON COLUMN core.claims.about_end_date IS 'Last day it is about';
COMMENT ON COLUMN core.claims.about_precision IS 'Precision of the days it is about';
COMMENT ON COLUMN core.claims.is_statement IS 'Whether the outlet asserts it in its own voice (low priority)';
COMMENT ON COLUMN core.claims.construction IS 'Construction that was recognised; of the outlet itself: statement (it tells an event) or narration (background, plans, states)';
COMMENT ON COLUMN core.claims.score IS 'How sure, 0 to 1';
COMMENT ON COLUMN core.claims.claim_group_id IS 'Group of claims that say the same';
COMMENT ON COLUMN core.claims.origin IS 'Component and version that made the row';
