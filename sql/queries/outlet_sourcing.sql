-- How does each outlet source its claims? Shares in percent.
SELECT outlet_name, count(*) AS claims,
    round(100 * avg((NOT is_named)::INT), 1) AS unnamed_percent,
    round(100 * avg((form = 'direct')::INT), 1) AS direct_percent,
    round(100 * avg((source_type IN ('state_media', 'partisan_media'))::INT), 1) AS state_or_partisan_media_percent
FROM mart.claims
GROUP BY outlet_name
ORDER BY claims DESC, outlet_name
