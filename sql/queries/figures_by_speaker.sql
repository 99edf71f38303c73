-- Who states which figures? Never add them up: kinds, scopes and populations differ.
SELECT kind, low, high, comparator, population, scope, text, speaker_name, source_type, outlet_name, published_at, reference
FROM mart.figures
WHERE kind IN ('killed', 'wounded', 'displaced', 'captured', 'arrested', 'missing')
ORDER BY kind, published_at, reference
