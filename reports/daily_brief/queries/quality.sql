-- The day in numbers, and what was left out.
SELECT
    (SELECT count(*) FROM told_articles WHERE is_in_period AND is_current) AS articles,
    (SELECT count(DISTINCT outlet_name) FROM told_articles WHERE is_in_period AND is_current) AS outlets,
    (SELECT count(DISTINCT text_id) FROM told_articles WHERE is_in_period AND is_current) AS texts,
    (SELECT count(*) FROM told_claims WHERE is_in_period AND is_current AND NOT is_statement) AS claims,
    (SELECT count(*) FROM told_claims WHERE is_in_period AND is_current AND NOT is_statement AND is_anonymous) AS anonymous,
    (SELECT count(*) FROM told_articles WHERE is_in_period AND is_current AND language <> 'en') AS not_english,
    (SELECT count(*) FROM told_articles WHERE happened_at IS NULL) AS undated,
    (SELECT count(*) FROM ops.rejects) AS refused,
    (SELECT count(*) FROM core.location_mentions m JOIN told_articles a USING (article_id) WHERE a.is_in_period AND a.is_current AND m.location_id IS NULL) AS lost_places,
    (SELECT count(*) FROM ops.quarantine) AS quarantined
