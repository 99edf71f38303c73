-- Articles of the period with an earlier version: the version before beside the new one.
SELECT n.article_id, o.article_id AS old_article_id, n.story_id, t.story_headline, n.outlet_name, t.headline, o.headline AS old_headline, n.url,
    t.happened_at, t.is_day_only, n.version, n.correction, o.correction AS old_correction, t.outlet_name AS outlet
FROM core.articles AS n
JOIN told_articles AS t USING (article_id)
JOIN core.articles AS o ON o.first_version_id = n.first_version_id AND o.version = n.version - 1
WHERE t.is_in_period AND n.version > 1
ORDER BY t.happened_at DESC, n.article_id
