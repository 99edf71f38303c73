-- severity: warning
-- why: Without a time of publication, weekdays cannot be read.
SELECT article_id, headline FROM core.articles WHERE run_id = getvariable('run_id') AND published_at IS NULL
