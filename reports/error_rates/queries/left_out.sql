-- Documents and rows that did not make it, by reason.
SELECT 'refused' AS what, reason, count(*) AS rows FROM ops.rejects GROUP BY ALL
UNION ALL
SELECT 'set aside by a check' AS what, rule AS reason, count(*) AS rows FROM ops.quarantine GROUP BY ALL
ORDER BY what, rows DESC, reason
