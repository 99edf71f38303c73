CREATE TABLE IF NOT EXISTS core.sentences (
    sentence_id  VARCHAR NOT NULL,
    article_id   VARCHAR NOT NULL,
    sentence_no  INTEGER NOT NULL,
    paragraph_no INTEGER NOT NULL,
    start        INTEGER NOT NULL,
    "end"        INTEGER NOT NULL,
    text         VARCHAR NOT NULL,
    is_quoted    BOOLEAN NOT NULL,
    origin       VARCHAR NOT NULL
);

COMMENT ON TABLE core.sentences IS 'Sentence of an article''s body.';
COMMENT ON COLUMN core.sentences.sentence_id IS 'Article and number of the sentence';
COMMENT ON COLUMN core.sentences.article_id IS 'Article';
COMMENT ON COLUMN core.sentences.sentence_no IS 'Number in the article, from 0';
COMMENT ON COLUMN core.sentences.paragraph_no IS 'Number of its paragraph, from 0';
COMMENT ON COLUMN core.sentences.start IS 'First code point in the body';
COMMENT ON COLUMN core.sentences."end" IS 'Code point after the last one';
COMMENT ON COLUMN core.sentences.text IS 'Sentence as printed';
COMMENT ON COLUMN core.sentences.is_quoted IS 'Whether it stands wholly inside quotation marks';
COMMENT ON COLUMN core.sentences.origin IS 'Component and version that made the row';
