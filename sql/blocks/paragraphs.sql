CREATE TABLE IF NOT EXISTS blocks.paragraphs (
    article_id VARCHAR NOT NULL,
    line       UBIGINT,
    statement  UBIGINT,
    headline   UBIGINT NOT NULL,
    lead       UBIGINT NOT NULL
);

COMMENT ON TABLE blocks.paragraphs IS 'Paragraph of an article, for telling which lines an outlet repeats and which statements many articles carry.';
COMMENT ON COLUMN blocks.paragraphs.article_id IS 'Article';
COMMENT ON COLUMN blocks.paragraphs.line IS 'Hash of outlet and text; null without an outlet';
COMMENT ON COLUMN blocks.paragraphs.statement IS 'Hash of a text that is mostly quoted, else null';
COMMENT ON COLUMN blocks.paragraphs.headline IS 'Hash of the headline of the article';
COMMENT ON COLUMN blocks.paragraphs.lead IS 'Hash of the first long paragraph of the article';
