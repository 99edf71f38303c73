-- What do speakers who do not depend on each other say alike? Two first speakers or more, in two texts or more.
SELECT canonical_text, speakers, independent_origin_count, independent_text_count, article_count, outlets, grade, story_headline
FROM claim_groups
WHERE independent_origin_count > 1 AND independent_text_count > 1
ORDER BY independent_origin_count DESC, independent_text_count DESC, claim_group_id
