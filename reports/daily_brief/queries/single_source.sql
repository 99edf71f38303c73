-- Single-source watch: claims that several articles carry and that go back to one first speaker.
SELECT canonical_text, grade, article_count, independent_text_count, independent_origin_count, speakers, outlets, first_reported_at, last_reported_at, story_headline, reference
FROM mart.claim_groups
WHERE independent_origin_count = 1 AND article_count > 1 AND NOT is_statement AND NOT is_withdrawn
ORDER BY article_count DESC, independent_text_count, canonical_text, reference
