-- Figures that count the same thing and exclude each other, with who gives the lowest and the highest.
SELECT
    g.figure_group_id, g.kind, g.population, g.place, g.low, g.high, g.speaker_count, g.article_count, g.story_headline,
    g.representative_text, g.conservative_text, g.conservative_speaker, max(v.speaker_name) FILTER (coalesce(v.high, v.low) = g.high) AS high_speaker,
    max(v.text) FILTER (coalesce(v.high, v.low) = g.high) AS high_text,
    list(DISTINCT coalesce(v.low, v.high) ORDER BY coalesce(v.low, v.high)) AS stated
FROM mart.figure_groups AS g
JOIN mart.compared_figures AS v USING (figure_group_id)
WHERE g.is_disputed
GROUP BY ALL
ORDER BY g.article_count DESC, g.kind, g.high DESC, g.figure_group_id
