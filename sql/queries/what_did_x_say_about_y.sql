-- What did one speaker say about one subject? Words anywhere in speakers and content, any case.
-- param: speaker = Observatory
-- param: subject = Homs
SELECT published_at, outlet_name, speakers, is_denial, content_text, certainty, chain_text, url
FROM claims
WHERE contains(lower(concat_ws(' ', speakers, chain_text)), lower($speaker)) AND contains(lower(concat_ws(' ', content_text, places)), lower($subject))
ORDER BY published_at, reference
