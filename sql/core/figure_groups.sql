CREATE TABLE IF NOT EXISTS core.figure_groups (
    figure_group_id            VARCHAR NOT NULL,
    story_id                   VARCHAR,
    kind                       VARCHAR NOT NULL,
    unit                       VARCHAR,
    population                 VARCHAR,
    place                      VARCHAR,
    figure_count               INTEGER NOT NULL,
    article_count              INTEGER NOT NULL,
    independent_text_count     INTEGER NOT NULL,
    speaker_count              INTEGER NOT NULL,
    low                        DOUBLE,
    high                       DOUBLE,
    is_disputed                BOOLEAN NOT NULL,
    conservative_quantity_id   VARCHAR NOT NULL,
    informative_quantity_id    VARCHAR NOT NULL,
    representative_quantity_id VARCHAR NOT NULL,
    origin                     VARCHAR NOT NULL
);

COMMENT ON TABLE core.figure_groups IS 'Figures of one story that count one thing, current article versions only: range and three ways to pick one. Never a sum over articles.';
COMMENT ON COLUMN core.figure_groups.figure_group_id IS 'Group';
COMMENT ON COLUMN core.figure_groups.story_id IS 'Story';
COMMENT ON COLUMN core.figure_groups.kind IS 'What is counted: killed, wounded, displaced …';
COMMENT ON COLUMN core.figure_groups.unit IS 'Unit: person, km, USD …';
COMMENT ON COLUMN core.figure_groups.population IS 'Who is counted, where any figure says so';
COMMENT ON COLUMN core.figure_groups.place IS 'Place the most informative figure is stated for, as printed';
COMMENT ON COLUMN core.figure_groups.figure_count IS 'Figures';
COMMENT ON COLUMN core.figure_groups.article_count IS 'Articles';
COMMENT ON COLUMN core.figure_groups.independent_text_count IS 'Articles, copies of one text counted once';
COMMENT ON COLUMN core.figure_groups.speaker_count IS 'Distinct speakers';
COMMENT ON COLUMN core.figure_groups.low IS 'Lowest bound that any figure states';
COMMENT ON COLUMN core.figure_groups.high IS 'Highest bound that any figure states';
COMMENT ON COLUMN core.figure_groups.is_disputed IS 'Whether two of its claims contradict each other in these figures; a toll that grows is not disputed';
COMMENT ON COLUMN core.figure_groups.conservative_quantity_id IS 'Most conservative figure: the lowest';
COMMENT ON COLUMN core.figure_groups.informative_quantity_id IS 'Most informative figure: the most exact, then the one that says most about population, place and scope, then the newest';
COMMENT ON COLUMN core.figure_groups.representative_quantity_id IS 'Most representative figure: stated by most speakers, then in most texts, then the newest';
COMMENT ON COLUMN core.figure_groups.origin IS 'Component and version that made the row';
