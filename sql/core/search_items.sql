CREATE TABLE IF NOT EXISTS core.search_items (
    item_id     VARCHAR NOT NULL,
    item_type   VARCHAR NOT NULL,
    article_id  VARCHAR NOT NULL,  -- by publish
    text_digest VARCHAR NOT NULL,
    word_count  INTEGER NOT NULL
);

COMMENT ON TABLE core.search_items IS 'What search() looks through: each attributed claim and each article of the current versions.';
COMMENT ON COLUMN core.search_items.item_id IS 'Claim or article';
COMMENT ON COLUMN core.search_items.item_type IS 'claim or article';
COMMENT ON COLUMN core.search_items.article_id IS 'Article';
COMMENT ON COLUMN core.search_items.text_digest IS 'Digest of the words indexed: an item is indexed again where they change';
COMMENT ON COLUMN core.search_items.word_count IS 'Words indexed';
