CREATE TABLE IF NOT EXISTS core.time_mentions (
    article_id VARCHAR NOT NULL,
    start      INTEGER NOT NULL,
    "end"      INTEGER NOT NULL,
    text       VARCHAR NOT NULL,
    start_date DATE,
    end_date   DATE,
    precision  VARCHAR NOT NULL,
    rule       VARCHAR NOT NULL,
    origin     VARCHAR NOT NULL
);

COMMENT ON TABLE core.time_mentions IS 'Date or time expression, as days of the publication''s time zone.';
COMMENT ON COLUMN core.time_mentions.article_id IS 'Article';
COMMENT ON COLUMN core.time_mentions.start IS 'First code point in the body';
COMMENT ON COLUMN core.time_mentions."end" IS 'Code point after the last one';
COMMENT ON COLUMN core.time_mentions.text IS 'Expression as printed';
COMMENT ON COLUMN core.time_mentions.start_date IS 'First day it covers';
COMMENT ON COLUMN core.time_mentions.end_date IS 'Last day it covers, inclusive';
COMMENT ON COLUMN core.time_mentions.precision IS 'hour, part_of_day, day, week, month, season, year, decade or open';
COMMENT ON COLUMN core.time_mentions.rule IS 'Rule that read it';
COMMENT ON COLUMN core.time_mentions.origin IS 'Component and version that made the row';
