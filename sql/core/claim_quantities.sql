CREATE TABLE IF NOT EXISTS core.claim_quantities (
    quantity_id      VARCHAR NOT NULL,
    claim_id         VARCHAR NOT NULL,
    article_id       VARCHAR NOT NULL,
    start            INTEGER NOT NULL,
    "end"            INTEGER NOT NULL,
    text             VARCHAR NOT NULL,
    kind             VARCHAR NOT NULL,
    low              DOUBLE,
    high             DOUBLE,
    comparator       VARCHAR NOT NULL,
    unit             VARCHAR,
    is_unit_assumed  BOOLEAN,
    population       VARCHAR,
    scope            VARCHAR,
    scope_start_date DATE,
    place            VARCHAR,
    origin           VARCHAR NOT NULL
);

COMMENT ON TABLE core.claim_quantities IS 'Number in a claim.';
COMMENT ON COLUMN core.claim_quantities.quantity_id IS 'Claim and span of the number';
COMMENT ON COLUMN core.claim_quantities.claim_id IS 'Claim';
COMMENT ON COLUMN core.claim_quantities.article_id IS 'Article';
COMMENT ON COLUMN core.claim_quantities.start IS 'First code point in the body';
COMMENT ON COLUMN core.claim_quantities."end" IS 'Code point after the last one';
COMMENT ON COLUMN core.claim_quantities.text IS 'As printed';
COMMENT ON COLUMN core.claim_quantities.kind IS 'killed, wounded, displaced, captured, arrested, missing, people, distance, money, percent or other';
COMMENT ON COLUMN core.claim_quantities.low IS 'Lowest value it allows';
COMMENT ON COLUMN core.claim_quantities.high IS 'Highest value it allows';
COMMENT ON COLUMN core.claim_quantities.comparator IS 'exact, at_least, more_than, about, up_to, fewer_than, dozens …';
COMMENT ON COLUMN core.claim_quantities.unit IS 'Unit: person, km, USD …';
COMMENT ON COLUMN core.claim_quantities.is_unit_assumed IS 'Whether a sum is printed with a bare currency ("$", "pesos"): unit is that of the outlet''s country';
COMMENT ON COLUMN core.claim_quantities.population IS 'Who is counted: civilians, fighters';
COMMENT ON COLUMN core.claim_quantities.scope IS 'incident or cumulative';
COMMENT ON COLUMN core.claim_quantities.scope_start_date IS 'Day since when a cumulative number counts';
COMMENT ON COLUMN core.claim_quantities.place IS 'Place it is stated for, as printed';
COMMENT ON COLUMN core.claim_quantities.origin IS 'Component and version that made the row';
