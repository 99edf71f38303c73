-- What is said for the first time since a day?
-- param: day = 2024-12-06
SELECT first_reported_at, canonical_text, speakers, outlets, grade, story_headline
FROM claim_groups
WHERE first_reported_at >= CAST($day AS DATE) AND NOT is_statement
ORDER BY first_reported_at, claim_group_id
