-- Corrections of people that the newest run applied, and those that match nothing any more.
SELECT file, count(*) AS lines, sum(matched_count) AS matched, count(*) FILTER (is_orphaned) AS orphaned, count(DISTINCT who) AS people, max(decided_on) AS last_on
FROM ops.overrides_applied
WHERE run_id = (SELECT max(run_id) FROM ops.overrides_applied)
GROUP BY file ORDER BY file
