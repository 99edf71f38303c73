-- severity: warning
-- why: An article dated more than a day after it was fetched was probably misread.
SELECT article_id, published_at, fetched_at
FROM core.articles JOIN raw.documents USING (document_id)
WHERE core.articles.run_id = getvariable('run_id') AND published_at > fetched_at + INTERVAL 1 DAY
