-- Claims that speakers who oppose each other both make.
SELECT canonical_text, grade, article_count, independent_text_count, independent_origin_count, speakers, outlets, first_reported_at, last_reported_at, story_headline, reference
FROM mart.claim_groups
WHERE has_both_sides AND NOT is_withdrawn
ORDER BY independent_origin_count DESC, article_count DESC, canonical_text, reference
