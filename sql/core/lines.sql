CREATE TABLE IF NOT EXISTS core.lines (
    article_id VARCHAR NOT NULL,
    line_no    INTEGER NOT NULL,
    role       VARCHAR NOT NULL,
    rule       VARCHAR NOT NULL,
    text       VARCHAR NOT NULL,
    start      INTEGER,
    "end"      INTEGER,
    page_start INTEGER NOT NULL,
    page_end   INTEGER NOT NULL,
    origin     VARCHAR NOT NULL
);

COMMENT ON TABLE core.lines IS 'Line of the page with its role; nothing of the page is deleted.';
COMMENT ON COLUMN core.lines.article_id IS 'Article of the page';
COMMENT ON COLUMN core.lines.line_no IS 'Number of the line on the page, from 1';
COMMENT ON COLUMN core.lines.role IS 'headline, standfirst, byline, published_at, dateline, body, caption, photo_credit, wire_credit, prompt, donation, login, nav, related, copyright, correction, heading, contributor, social, comment or other';
COMMENT ON COLUMN core.lines.rule IS 'Rule or model that gave the role';
COMMENT ON COLUMN core.lines.text IS 'Line as printed';
COMMENT ON COLUMN core.lines.start IS 'First code point in the body; empty for a line outside of it';
COMMENT ON COLUMN core.lines."end" IS 'Code point after the last one in the body';
COMMENT ON COLUMN core.lines.page_start IS 'First code point in the page''s text';
COMMENT ON COLUMN core.lines.page_end IS 'Code point after the last one in the page''s text';
COMMENT ON COLUMN core.lines.origin IS 'Component and version that made the row';
