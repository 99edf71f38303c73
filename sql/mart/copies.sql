CREATE OR REPLACE VIEW mart.copies AS
SELECT
    c.copy_group_id,
    c.article_id,
    a.outlet_name,
    a.headline,
    a.published_at,
    c.role,
    c.containment,
    c.agency_name,
    c.first_article_id,
    f.outlet_name AS first_outlet_name,
    c.dropped_paragraphs
FROM core.copies AS c
JOIN core.articles AS a USING (article_id)
JOIN core.articles AS f ON f.article_id = c.first_article_id;

COMMENT ON VIEW mart.copies IS 'Articles that carry the same text, with the one that had it first and the agency behind it.';
COMMENT ON COLUMN mart.copies.copy_group_id IS 'Group of articles with one text';
COMMENT ON COLUMN mart.copies.article_id IS 'Article';
COMMENT ON COLUMN mart.copies.outlet_name IS 'Outlet';
COMMENT ON COLUMN mart.copies.headline IS 'Headline';
COMMENT ON COLUMN mart.copies.published_at IS 'UTC time of publication';
COMMENT ON COLUMN mart.copies.role IS 'first, same, shortened, extended, edited, rewrite or version';
COMMENT ON COLUMN mart.copies.containment IS 'Share of word 5-grams of the shorter text that the other has too';
COMMENT ON COLUMN mart.copies.agency_name IS 'Agency that the group is credited to';
COMMENT ON COLUMN mart.copies.first_article_id IS 'Article that had the text first';
COMMENT ON COLUMN mart.copies.first_outlet_name IS 'Its outlet';
COMMENT ON COLUMN mart.copies.dropped_paragraphs IS 'Paragraphs of the first text that this one lacks, from 0';
