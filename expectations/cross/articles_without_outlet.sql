-- severity: warning
-- why: Without an outlet the chain of attribution has no last hop, and copies cannot be told from originals.
SELECT article_id, headline FROM core.articles JOIN articles_to_check USING (article_id) WHERE outlet_name IS NULL
