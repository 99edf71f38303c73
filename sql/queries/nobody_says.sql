-- Who says so: nobody? Events that the outlet states in its own voice.
SELECT a.published_at, a.outlet_name, c.content_text, c.about_start_date
FROM core.claims c JOIN core.articles a USING (article_id)
WHERE c.is_statement AND a.is_current
ORDER BY a.published_at, c.claim_id
