-- Claims of the period by how sure the reading of who says what is.
SELECT
    count(*) AS claims, count(*) FILTER (NOT t.is_statement AND len(t.speakers) = 0) AS nobody, count(*) FILTER (NOT t.is_statement) AS sourced,
    count(*) FILTER (t.claim_group_id IS NULL) AS alone
FROM told_claims AS t WHERE t.is_in_period AND t.is_current
