CREATE OR REPLACE VIEW mart.outlet_lines AS
SELECT
    coalesce(a.outlet_name, a.outlet_domain) AS outlet_name,
    l.text,
    count(DISTINCT a.article_id) AS article_count,
    count(DISTINCT a.article_id) FILTER (WHERE l.role = 'body') AS body_count,
    mode(l.role ORDER BY l.role) AS role,
    min(a.published_at) AS first_seen_at,
    max(a.published_at) AS last_seen_at
FROM core.lines AS l
JOIN core.articles AS a USING (article_id)
GROUP BY ALL
HAVING count(DISTINCT a.article_id) > 1;

COMMENT ON VIEW mart.outlet_lines IS 'Line that an outlet prints in several articles: the outlet''s profile, by which cleaning tells furniture from text.';
COMMENT ON COLUMN mart.outlet_lines.outlet_name IS 'Outlet, or its domain where the name is not known';
COMMENT ON COLUMN mart.outlet_lines.text IS 'Line as printed';
COMMENT ON COLUMN mart.outlet_lines.article_count IS 'Articles that print it';
COMMENT ON COLUMN mart.outlet_lines.body_count IS 'Articles in whose body it is';
COMMENT ON COLUMN mart.outlet_lines.role IS 'Role that it has most often';
COMMENT ON COLUMN mart.outlet_lines.first_seen_at IS 'UTC time of the first of these articles';
COMMENT ON COLUMN mart.outlet_lines.last_seen_at IS 'UTC time of the last of these articles';
