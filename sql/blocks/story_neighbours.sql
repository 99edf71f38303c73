CREATE TABLE IF NOT EXISTS blocks.story_neighbours (
    unit_id       VARCHAR NOT NULL,
    other_unit_id VARCHAR NOT NULL,
    score         DOUBLE NOT NULL
);

COMMENT ON TABLE blocks.story_neighbours IS 'The units that are most like a unit, inside the time window: what stories are grouped along.';
COMMENT ON COLUMN blocks.story_neighbours.unit_id IS 'Group of copies, or article without a copy';
COMMENT ON COLUMN blocks.story_neighbours.other_unit_id IS 'One of those most like it';
COMMENT ON COLUMN blocks.story_neighbours.score IS 'Similarity of their terms, 0 to 1';
