-- severity: critical
-- why: Documents in = articles + duplicates + refused + failed; nothing is lost and nothing is there twice.
SELECT * FROM (
    SELECT
        count(*) AS documents,
        count(*) FILTER (status = 'article') AS articles,
        count(*) FILTER (status = 'duplicate') AS duplicates,
        count(*) FILTER (status = 'refused') AS refused,
        count(*) FILTER (status = 'failed') AS failed,
        (SELECT count(*) FROM core.articles) AS rows_in_articles,
        (SELECT count(DISTINCT article_id) FROM ops.quarantine WHERE table_name = 'core.articles'
            AND article_id NOT IN (SELECT article_id FROM core.articles)) AS quarantined,
        (SELECT count(*) FROM ops.rejects) AS rows_in_rejects
    FROM raw.documents
)
WHERE documents <> articles + duplicates + refused + failed OR articles <> rows_in_articles + quarantined OR refused <> rows_in_rejects
