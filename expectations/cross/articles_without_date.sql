-- severity: warning
-- why: Without a time of publication, weekdays cannot be read.
SELECT article_id, headline FROM core.articles JOIN articles_to_check USING (article_id) WHERE published_at IS NULL
