CREATE TABLE IF NOT EXISTS core.figure_links (
    quantity_id       VARCHAR NOT NULL,
    other_quantity_id VARCHAR NOT NULL,
    is_comparable     BOOLEAN NOT NULL,
    reason            VARCHAR NOT NULL,
    origin            VARCHAR NOT NULL
);

COMMENT ON TABLE core.figure_links IS 'Pair of figures of one kind and unit in one story: comparable, or why not.';
COMMENT ON COLUMN core.figure_links.quantity_id IS 'Figure with the smaller id';
COMMENT ON COLUMN core.figure_links.other_quantity_id IS 'Figure with the larger id';
COMMENT ON COLUMN core.figure_links.is_comparable IS 'Whether the two may be compared';
COMMENT ON COLUMN core.figure_links.reason IS 'comparable, or what differs: population, scope, place, period, tense or subject';
COMMENT ON COLUMN core.figure_links.origin IS 'Component and version that made the row';
