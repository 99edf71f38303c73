-- Figures stated about people, and by whom.
SELECT kind, low, high, comparator, population, scope, text, coalesce(speaker_name, outlet_name || ' (own voice)') AS speaker_name, outlet_name, reference
FROM mart.figures
WHERE kind IN ('killed', 'wounded', 'displaced', 'captured', 'arrested', 'missing', 'people')
ORDER BY kind, coalesce(low, high) DESC, speaker_name, reference
