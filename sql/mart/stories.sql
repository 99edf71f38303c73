CREATE OR REPLACE VIEW mart.stories AS
SELECT
    s.story_id,
    s.headline,
    s.article_count,
    s.outlet_count,
    s.independent_text_count,
    s.first_published_at,
    s.last_published_at,
    coalesce(g.claim_group_count, 0) AS claim_group_count,
    coalesce(g.contested_count, 0) AS contested_count,
    coalesce(g.independent_count, 0) AS independent_count
FROM core.stories AS s
LEFT JOIN (
    SELECT
        story_id,
        count(*) AS claim_group_count,
        count(*) FILTER (is_contested OR is_denied) AS contested_count,
        count(*) FILTER (independent_origin_count > 1) AS independent_count
    FROM core.claim_groups
    GROUP BY story_id
) AS g USING (story_id);

COMMENT ON VIEW mart.stories IS 'Stories: articles about one event, with what is claimed in them.';
COMMENT ON COLUMN mart.stories.story_id IS 'Story';
COMMENT ON COLUMN mart.stories.headline IS 'Headline of its first article';
COMMENT ON COLUMN mart.stories.article_count IS 'Articles';
COMMENT ON COLUMN mart.stories.outlet_count IS 'Outlets';
COMMENT ON COLUMN mart.stories.independent_text_count IS 'Texts; copies count once';
COMMENT ON COLUMN mart.stories.first_published_at IS 'UTC time of the first article';
COMMENT ON COLUMN mart.stories.last_published_at IS 'UTC time of the last';
COMMENT ON COLUMN mart.stories.claim_group_count IS 'Different claims';
COMMENT ON COLUMN mart.stories.contested_count IS 'Of these contested or denied';
COMMENT ON COLUMN mart.stories.independent_count IS 'Of these with two or more independent origins';
