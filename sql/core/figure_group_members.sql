CREATE TABLE IF NOT EXISTS core.figure_group_members (
    figure_group_id VARCHAR NOT NULL,
    quantity_id     VARCHAR NOT NULL,
    origin          VARCHAR NOT NULL
);

COMMENT ON TABLE core.figure_group_members IS 'Figure in its group.';
COMMENT ON COLUMN core.figure_group_members.figure_group_id IS 'Group';
COMMENT ON COLUMN core.figure_group_members.quantity_id IS 'Figure, as in core.claim_quantities';
COMMENT ON COLUMN core.figure_group_members.origin IS 'Component and version that made the row';
