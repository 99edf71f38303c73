CREATE TABLE IF NOT EXISTS core.search_terms (
    term       VARCHAR NOT NULL,
    item_id    VARCHAR NOT NULL,
    term_count INTEGER NOT NULL
);

COMMENT ON TABLE core.search_terms IS 'Index of search(): which term stands in which claim or article.';
COMMENT ON COLUMN core.search_terms.term IS 'Word as search_term() folds it';
COMMENT ON COLUMN core.search_terms.item_id IS 'Claim or article, as in core.search_items';
COMMENT ON COLUMN core.search_terms.term_count IS 'How often';
