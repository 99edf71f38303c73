-- How did a count change in a story? Figures of one kind by time of publication; words of the story's headline or of the claim.
-- param: kind = killed
-- param: subject = Homs
SELECT published_at, published_precision, outlet_name, speaker_name, text, low, high, counted, place, sentence_text, url
FROM figures
WHERE kind = $kind AND contains(lower(concat_ws(' ', story_headline, headline, sentence_text, place)), lower($subject))
ORDER BY published_at, reference
