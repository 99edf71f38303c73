-- Everything said in a story, in the order it was reported; words of its headline.
-- param: headline = Homs
SELECT published_at, published_precision, outlet_name, speakers, naming, relays, is_denial, content_text, places, figures, denied_by, grade, url
FROM claims
WHERE story_id IN (SELECT story_id FROM stories WHERE contains(lower(headline), lower($headline)))
ORDER BY published_at, reference
