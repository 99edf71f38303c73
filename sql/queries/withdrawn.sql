-- What stood in an earlier version of an article and is gone? Not that a speaker took it back.
SELECT canonical_text, speakers, outlets, first_reported_at, story_headline
FROM claim_groups
WHERE is_withdrawn
ORDER BY first_reported_at, claim_group_id
