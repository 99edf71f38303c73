-- Events stated without a source, by outlet.
SELECT coalesce(a.outlet_name, 'unknown') AS outlet_name, count(*) AS statements
FROM core.claims c JOIN core.articles a USING (article_id)
WHERE c.is_statement AND a.is_current
GROUP BY ALL
ORDER BY outlet_name
