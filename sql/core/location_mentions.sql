CREATE TABLE IF NOT EXISTS core.location_mentions (
    article_id      VARCHAR NOT NULL,
    location_id     VARCHAR,
    start           INTEGER NOT NULL,
    "end"           INTEGER NOT NULL,
    text            VARCHAR NOT NULL,
    label           VARCHAR NOT NULL,
    candidate_count INTEGER NOT NULL,
    rule            VARCHAR NOT NULL,
    score           DOUBLE NOT NULL,
    is_focus        BOOLEAN NOT NULL,
    is_metonym      BOOLEAN NOT NULL,
    is_demonym      BOOLEAN NOT NULL,
    direction       VARCHAR,
    distance_km     DOUBLE,
    origin          VARCHAR NOT NULL
);

COMMENT ON TABLE core.location_mentions IS 'Span that names a place; without location_id where no candidate was good enough.';
COMMENT ON COLUMN core.location_mentions.article_id IS 'Article';
COMMENT ON COLUMN core.location_mentions.location_id IS 'Place it is resolved to';
COMMENT ON COLUMN core.location_mentions.start IS 'First code point in the body';
COMMENT ON COLUMN core.location_mentions."end" IS 'Code point after the last one';
COMMENT ON COLUMN core.location_mentions.text IS 'Mention as printed';
COMMENT ON COLUMN core.location_mentions.label IS 'GPE, LOC, FAC (a building, or a place inside the name of one or of an institution) or NORP (demonym)';
COMMENT ON COLUMN core.location_mentions.candidate_count IS 'Places of that name in the gazetteer';
COMMENT ON COLUMN core.location_mentions.rule IS 'What decided among them';
COMMENT ON COLUMN core.location_mentions.score IS 'How sure, 0 to 1';
COMMENT ON COLUMN core.location_mentions.is_focus IS 'Whether the article is about this place';
COMMENT ON COLUMN core.location_mentions.is_metonym IS 'Whether the name stands for a government';
COMMENT ON COLUMN core.location_mentions.is_demonym IS 'Whether it names people of the place, not the spot';
COMMENT ON COLUMN core.location_mentions.direction IS 'north, near … in "north of Homs"';
COMMENT ON COLUMN core.location_mentions.distance_km IS 'Kilometres in "5 kilometers from Homs"';
COMMENT ON COLUMN core.location_mentions.origin IS 'Component and version that made the row';
