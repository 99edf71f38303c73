CREATE TABLE IF NOT EXISTS core.figure_links (
    quantity_id       VARCHAR NOT NULL,
    other_quantity_id VARCHAR NOT NULL,
    reason            VARCHAR NOT NULL,
    origin            VARCHAR NOT NULL
);

COMMENT ON TABLE core.figure_links IS 'Pair of figures of one kind and unit in one story that count one thing.';
COMMENT ON COLUMN core.figure_links.quantity_id IS 'Figure with the smaller id';
COMMENT ON COLUMN core.figure_links.other_quantity_id IS 'Figure with the larger id';
COMMENT ON COLUMN core.figure_links.reason IS 'same (their claims say the same, with one value), contradicts or updates (their claims differ in these two figures)';
COMMENT ON COLUMN core.figure_links.origin IS 'Component and version that made the row';
