-- What is announced, expected or promised, and by whom?
SELECT about_start_date, about_end_date, speakers, cue_text, content_text, certainty, outlet_name, published_at, url
FROM claims
WHERE tense = 'future'
ORDER BY about_start_date NULLS LAST, published_at, reference
