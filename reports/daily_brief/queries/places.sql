-- Places that the stories of the period name, without those that stand for people or governments.
SELECT a.story_id, l.location_id, l.name, l.kind, l.country_code, l.lat, l.lon, count(*) AS mentions, bool_or(m.is_focus) AS is_focus
FROM core.location_mentions AS m
JOIN core.locations AS l USING (location_id)
JOIN told_articles AS a USING (article_id)
WHERE a.is_current AND (a.is_in_period OR a.is_before) AND NOT m.is_demonym AND NOT m.is_metonym
    AND a.story_id IN (SELECT story_id FROM told_articles WHERE is_in_period AND is_current)
GROUP BY ALL
ORDER BY a.story_id, is_focus DESC, mentions DESC, l.name
