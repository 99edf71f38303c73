CREATE TABLE IF NOT EXISTS blocks.story_terms (
    unit_id VARCHAR NOT NULL,
    term    VARCHAR NOT NULL,
    weight  INTEGER NOT NULL
);

COMMENT ON TABLE blocks.story_terms IS 'Term of the headline and first words of an article or of a group of copies, weighed.';
COMMENT ON COLUMN blocks.story_terms.unit_id IS 'Group of copies, or article without a copy';
COMMENT ON COLUMN blocks.story_terms.term IS 'Folded word';
COMMENT ON COLUMN blocks.story_terms.weight IS 'Weight by rarity in the news at large';
