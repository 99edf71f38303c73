-- How does each outlet source its claims? Shares in percent of attributed claims, by their first speaker.
SELECT outlet_name, count(*) AS claims,
    round(100 * avg((naming = 'named')::INT), 1) AS named_percent,
    round(100 * avg((naming = 'anonymous')::INT), 1) AS anonymous_percent,
    round(100 * avg((naming = 'group')::INT), 1) AS group_percent,
    round(100 * avg((naming = 'document')::INT), 1) AS document_percent,
    round(100 * avg((naming = 'nobody')::INT), 1) AS nobody_percent,
    round(100 * avg((form = 'direct')::INT), 1) AS direct_percent,
    round(100 * avg((source_type IN ('state_media', 'partisan_media'))::INT), 1) AS state_or_partisan_media_percent
FROM claims
GROUP BY outlet_name
ORDER BY claims DESC, outlet_name
