-- What did one speaker say about one subject? Words anywhere in speaker and content, any case.
-- param: speaker = Observatory
-- param: subject = Homs
SELECT published_at, outlet_name, speaker_name, content_text, certainty, chain_text, reference
FROM mart.claims
WHERE contains(lower(concat_ws(' ', speaker_name, chain_text)), lower($speaker)) AND contains(lower(content_text), lower($subject))
ORDER BY published_at, reference
