-- severity: critical
-- why: Documents in = articles + duplicates + refused; nothing is lost and nothing is there twice.
SELECT * FROM (
    SELECT
        count(*) AS documents,
        count(*) FILTER (status = 'article') AS articles,
        count(*) FILTER (status = 'duplicate') AS duplicates,
        count(*) FILTER (status = 'refused') AS refused,
        (SELECT count(*) FROM core.articles) AS rows_in_articles,
        (SELECT count(DISTINCT row ->> 'article_id') FROM ops.quarantine q WHERE table_name = 'core.articles'
            AND (row ->> 'article_id') NOT IN (SELECT article_id FROM core.articles)) AS quarantined,
        (SELECT count(*) FROM ops.rejects) AS rows_in_rejects
    FROM raw.documents
)
WHERE documents <> articles + duplicates + refused OR articles <> rows_in_articles + quarantined OR refused <> rows_in_rejects
