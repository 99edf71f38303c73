CREATE TABLE IF NOT EXISTS core.copies (
    article_id         VARCHAR NOT NULL,
    copy_group_id      VARCHAR NOT NULL,
    role               VARCHAR NOT NULL,
    first_article_id   VARCHAR NOT NULL,
    containment        DOUBLE NOT NULL,
    agency_name        VARCHAR,
    dropped_paragraphs INTEGER[] NOT NULL,
    origin             VARCHAR NOT NULL
);

COMMENT ON TABLE core.copies IS 'Article that carries the same text as another one.';
COMMENT ON COLUMN core.copies.article_id IS 'Article';
COMMENT ON COLUMN core.copies.copy_group_id IS 'Group of articles with the same text';
COMMENT ON COLUMN core.copies.role IS 'first, same, shortened, extended, edited, rewrite (same outlet) or version (same article)';
COMMENT ON COLUMN core.copies.first_article_id IS 'Article of the group that was published first';
COMMENT ON COLUMN core.copies.containment IS 'Share of word 5-grams of the shorter of this text and the first that the other has too';
COMMENT ON COLUMN core.copies.agency_name IS 'Agency that any article of the group credits: the source behind the source';
COMMENT ON COLUMN core.copies.dropped_paragraphs IS 'Paragraphs of the first text, from 0, that this one does not carry';
COMMENT ON COLUMN core.copies.origin IS 'Component and version that made the row';
