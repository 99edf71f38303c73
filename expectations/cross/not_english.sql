-- severity: info
-- why: Articles in other languages are kept, and left out of extraction.
SELECT article_id, language FROM core.articles JOIN articles_to_check USING (article_id) WHERE language <> 'en'
