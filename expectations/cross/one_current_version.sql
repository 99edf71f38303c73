-- severity: critical
-- why: Exactly one version of an article is the current one.
SELECT first_version_id, count(*) FILTER (is_current) AS current_versions
FROM core.articles
GROUP BY first_version_id
HAVING current_versions <> 1
