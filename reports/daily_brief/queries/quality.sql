-- Quality box.
SELECT
    (SELECT count(*) FROM raw.documents) AS documents,
    (SELECT count(*) FROM raw.documents WHERE status = 'duplicate') AS duplicates,
    (SELECT count(*) FROM raw.documents WHERE status = 'refused') AS refused,
    (SELECT count(*) FROM ops.checks WHERE run_id = (SELECT max(run_id) FROM ops.checks) AND is_passed) AS passed,
    (SELECT count(*) FROM ops.checks WHERE run_id = (SELECT max(run_id) FROM ops.checks) AND NOT is_passed AND severity = 'warning') AS warned,
    (SELECT count(*) FROM ops.quarantine) AS quarantined,
    (SELECT count(*) FROM core.location_mentions WHERE location_id IS NULL) AS unresolved_places,
    (SELECT count(*) FROM core.articles WHERE language <> 'en') AS not_english,
    (SELECT string_agg(check_name, ', ' ORDER BY check_name) FROM ops.checks
        WHERE run_id = (SELECT max(run_id) FROM ops.checks) AND NOT is_passed AND severity = 'warning') AS warnings
