-- Which figures exclude each other? The range, and who gives which; a toll that only grows is in toll_over_time.
SELECT g.story_headline, g.kind, g.low, g.high,
    string_agg(DISTINCT f.text || ' (' || coalesce(f.speaker_name, 'own voice of ' || f.outlet_name) || ')', '; '
        ORDER BY f.text || ' (' || coalesce(f.speaker_name, 'own voice of ' || f.outlet_name) || ')') AS figures,
    first(f.content_text ORDER BY f.published_at, f.reference) AS content_text, g.article_count
FROM figure_groups AS g
JOIN figures AS f USING (figure_group_id)
WHERE g.is_disputed
GROUP BY ALL
ORDER BY g.story_headline, g.kind, g.low
