-- Which agencies stand behind which outlets?
SELECT outlet_name, agency_name, count(*) AS articles
FROM core.articles
WHERE agency_name IS NOT NULL AND is_current
GROUP BY ALL
ORDER BY articles DESC, outlet_name, agency_name
