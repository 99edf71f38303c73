-- severity: warning
-- why: Without an outlet the chain of attribution has no last hop, and copies cannot be told from originals.
SELECT article_id, headline FROM core.articles WHERE run_id = getvariable('run_id') AND outlet_name IS NULL
