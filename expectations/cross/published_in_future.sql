-- severity: warning
-- why: An article dated more than a day after it was fetched was probably misread.
SELECT article_id, published_at, fetched_at
FROM core.articles JOIN articles_to_check USING (article_id) JOIN raw.documents USING (document_id)
WHERE published_at > fetched_at + INTERVAL 1 DAY
