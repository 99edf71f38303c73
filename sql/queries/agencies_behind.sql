-- Which agencies stand behind which outlets?
SELECT outlet_name, agency_name, count(*) AS articles
FROM articles
WHERE agency_name IS NOT NULL
GROUP BY ALL
ORDER BY articles DESC, outlet_name, agency_name
