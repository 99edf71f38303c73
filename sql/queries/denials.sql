-- Who denies what? Denying cues, negated content and negated attribution.
SELECT published_at, outlet_name, speaker_name, cue_text, content_text, reference
FROM mart.claims
WHERE cue_stance = 'denial' OR polarity = 'negated'
ORDER BY published_at, reference
