-- Articles of the period that carry a notice of correction.
SELECT article_id, story_headline, outlet_name, headline, url, happened_at, correction
FROM told_articles WHERE is_in_period AND is_current AND coalesce(trim(correction), '') <> ''
ORDER BY happened_at DESC, article_id
