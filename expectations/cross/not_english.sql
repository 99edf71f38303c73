-- severity: info
-- why: Articles in other languages are kept, and left out of extraction.
SELECT article_id, language FROM core.articles WHERE run_id = getvariable('run_id') AND language <> 'en'
