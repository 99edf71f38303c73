-- Header numbers of the brief.
SELECT
    (SELECT count(*) FROM core.articles WHERE is_current) AS articles,
    (SELECT count(DISTINCT outlet_name) FROM core.articles WHERE is_current) AS outlets,
    (SELECT count(*) FROM mart.claims) AS claims,
    (SELECT count(DISTINCT coalesce(speaker_actor_id, speaker_name)) FROM mart.claims) AS speakers,
    (SELECT round(100 * avg((NOT is_named)::INT)) FROM mart.claims) AS unnamed_percent,
    (SELECT min(published_at) FROM core.articles WHERE is_current) AS first_at,
    (SELECT max(published_at) FROM core.articles WHERE is_current) AS last_at
