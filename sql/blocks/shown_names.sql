CREATE TABLE IF NOT EXISTS blocks.shown_names (
    id     VARCHAR NOT NULL,
    digest UBIGINT NOT NULL
);

COMMENT ON TABLE blocks.shown_names IS 'Actor, place or story as mart.claims and mart.statements show it.';
COMMENT ON COLUMN blocks.shown_names.id IS 'Actor, place or story';
COMMENT ON COLUMN blocks.shown_names.digest IS 'Hash of what of it is shown';
