CREATE TABLE IF NOT EXISTS core.articles (
    article_id          VARCHAR NOT NULL,
    document_id         VARCHAR NOT NULL,
    first_version_id    VARCHAR,  -- by resolve
    version             INTEGER,  -- by resolve
    is_current          BOOLEAN,  -- by resolve
    outlet_name         VARCHAR,
    outlet_given        VARCHAR,
    outlet_domain       VARCHAR,
    agency_name         VARCHAR,
    headline            VARCHAR,
    standfirst          VARCHAR,
    authors             VARCHAR[],
    contributors        VARCHAR[],
    published_at        TIMESTAMP,
    published_precision VARCHAR,
    published_text      VARCHAR,
    utc_offset_minutes  INTEGER,
    modified_at         TIMESTAMP,
    dateline            VARCHAR,
    dateline_place      VARCHAR,
    section             VARCHAR,
    language            VARCHAR,
    url                 VARCHAR,
    correction          VARCHAR,
    body                VARCHAR NOT NULL,
    page_text           VARCHAR,
    text_key           VARCHAR,
    word_count          INTEGER,
    copy_group_id       VARCHAR,  -- by resolve
    story_id            VARCHAR,  -- by resolve
    origin              VARCHAR NOT NULL,
    run_id              VARCHAR NOT NULL
);

COMMENT ON TABLE core.articles IS 'Distinct article version, cleaned. Offsets of all other tables point into its body.';
COMMENT ON COLUMN core.articles.article_id IS 'Hash of the document''s bytes';
COMMENT ON COLUMN core.articles.document_id IS 'Document it was cleaned from';
COMMENT ON COLUMN core.articles.first_version_id IS 'article_id of the first version of the same article';
COMMENT ON COLUMN core.articles.version IS '1 for the first version seen, 2 for the next …';
COMMENT ON COLUMN core.articles.is_current IS 'Whether this is the newest version';
COMMENT ON COLUMN core.articles.outlet_name IS 'Outlet that published it: one name for all of its articles';
COMMENT ON COLUMN core.articles.outlet_given IS 'Outlet as the page, its feed or its record names it';
COMMENT ON COLUMN core.articles.outlet_domain IS 'Internet domain of the outlet';
COMMENT ON COLUMN core.articles.agency_name IS 'News agency it is credited to, several joined by "; "';
COMMENT ON COLUMN core.articles.headline IS 'Headline as printed';
COMMENT ON COLUMN core.articles.standfirst IS 'Standfirst or summary below the headline';
COMMENT ON COLUMN core.articles.authors IS 'Authors by the byline';
COMMENT ON COLUMN core.articles.contributors IS 'Contributors by the credit line at the end';
COMMENT ON COLUMN core.articles.published_at IS 'UTC time of publication';
COMMENT ON COLUMN core.articles.published_precision IS 'second, minute, hour or day';
COMMENT ON COLUMN core.articles.published_text IS 'Time of publication as printed';
COMMENT ON COLUMN core.articles.utc_offset_minutes IS 'Offset of the publication''s time zone from UTC';
COMMENT ON COLUMN core.articles.modified_at IS 'UTC time of the last change, as the page states it';
COMMENT ON COLUMN core.articles.dateline IS 'Dateline as printed: BEIRUT (AP) —';
COMMENT ON COLUMN core.articles.dateline_place IS 'Place of the dateline';
COMMENT ON COLUMN core.articles.section IS 'Section of the outlet';
COMMENT ON COLUMN core.articles.language IS 'ISO 639-1 code; only English is read for claims';
COMMENT ON COLUMN core.articles.url IS 'Canonical URL';
COMMENT ON COLUMN core.articles.correction IS 'Text of a correction notice';
COMMENT ON COLUMN core.articles.body IS 'Article text without boilerplate, paragraphs apart by a blank line';
COMMENT ON COLUMN core.articles.page_text IS 'Whole page as text, where it is not the raw document itself; page offsets of core.lines point here';
COMMENT ON COLUMN core.articles.text_key IS 'Key of outlet, headline and body: the same words of one outlet are one article';
COMMENT ON COLUMN core.articles.word_count IS 'Words in the body';
COMMENT ON COLUMN core.articles.copy_group_id IS 'Group of articles that carry the same text';
COMMENT ON COLUMN core.articles.story_id IS 'Story: articles about one event';
COMMENT ON COLUMN core.articles.origin IS 'Component and version that made the row';
COMMENT ON COLUMN core.articles.run_id IS 'Run that made the row';
