-- Claims first reported in the last day of the period, those of most origins and articles first.
SELECT canonical_text, grade, article_count, independent_text_count, independent_origin_count, speakers, outlets, first_reported_at, last_reported_at, story_headline, reference
FROM mart.claim_groups
WHERE NOT is_statement AND NOT is_withdrawn
    AND first_reported_at > (SELECT max(published_at) FROM core.articles WHERE is_current) - INTERVAL 1 DAY
ORDER BY independent_origin_count DESC, independent_text_count DESC, article_count DESC, canonical_text, reference
