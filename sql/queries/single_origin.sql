-- What do several articles report that goes back to one speaker only?
SELECT canonical_text, speakers, article_count, independent_text_count, outlets, first_reported_at, story_headline
FROM claim_groups
WHERE independent_origin_count = 1 AND article_count > 1 AND NOT is_statement
ORDER BY article_count DESC, first_reported_at, claim_group_id
