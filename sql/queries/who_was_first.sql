-- Who had it first? Things said in two articles or more; where only a day is printed, first_reported_precision says so.
SELECT canonical_text, first_outlet_name, first_reported_at, first_reported_precision, last_reported_at, article_count, outlets, story_headline
FROM claim_groups
WHERE article_count > 1
ORDER BY first_reported_at, claim_group_id
