-- Who was asked and would not say?
SELECT a.published_at, a.outlet_name, c.speaker_name, c.cue_text, s.text AS sentence
FROM core.claims c JOIN core.articles a USING (article_id) JOIN core.sentences s USING (sentence_id)
WHERE c.cue_class = 'declined' AND a.is_current
ORDER BY a.published_at, c.claim_id
