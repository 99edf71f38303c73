-- Claims that a newer version of their article, of the period, no longer holds, and no other article does.
SELECT t.*, n.article_id AS new_article_id, n.headline AS new_headline, n.happened_at AS changed_at
FROM told_claims AS t
JOIN told_articles AS a ON a.article_id = t.article_id
JOIN told_articles AS n ON n.first_version_id = a.first_version_id AND n.is_current AND n.version > a.version
WHERE NOT t.is_current AND n.is_in_period AND t.grade = 'withdrawn' AND NOT t.is_statement
QUALIFY row_number() OVER (PARTITION BY t.claim_group_id ORDER BY t.happened_at DESC, t.claim_id) = 1
ORDER BY changed_at DESC, t.claim_id
