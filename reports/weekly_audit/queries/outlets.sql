-- How each outlet sources its claims.
SELECT
    coalesce(outlet_name, 'unknown') AS outlet_name,
    count(DISTINCT article_id) AS articles,
    count(*) AS claims,
    round(100 * avg((NOT is_named)::INT), 1) AS unnamed_percent,
    round(100 * avg((source_type IN ('state_media', 'partisan_media'))::INT), 1) AS party_media_percent,
    round(100 * avg((cue_stance <> 'neutral')::INT), 1) AS loaded_cue_percent,
    round(100 * avg((form = 'direct')::INT), 1) AS direct_percent
FROM mart.claims
GROUP BY ALL
ORDER BY claims DESC, outlet_name
