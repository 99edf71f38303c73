-- Who was asked and would not say?
SELECT published_at, outlet_name, speaker_name, cue_text, sentence_text, url
FROM declined
ORDER BY published_at, claim_id
