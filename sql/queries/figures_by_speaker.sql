-- Who states which figures? Never add them up: kinds, scopes and populations differ.
SELECT kind, low, high, comparator, counted, place, scope, text, speaker_name, outlet_name, published_at, story_headline, url
FROM figures
WHERE kind IN ('killed', 'wounded', 'displaced', 'captured', 'arrested', 'missing')
ORDER BY story_headline, kind, published_at, reference
