-- Figures stated about people, and by whom; the same words of the same source in several articles are one row.
SELECT
    kind, low, high, any_value(comparator) AS comparator, any_value(scope) AS scope, text,
    coalesce(speaker_name, outlet_name || ' (own voice)') AS speaker_name,
    count(DISTINCT article_id) AS articles,
    min(reference) AS reference
FROM mart.figures
WHERE kind IN ('killed', 'wounded', 'displaced', 'captured', 'arrested', 'missing', 'people')
GROUP BY kind, low, high, text, coalesce(speaker_name, outlet_name || ' (own voice)')
ORDER BY kind, coalesce(low, high) DESC, speaker_name, reference
