-- Claims that a newer version of the period no longer holds, with the articles that still carry them.
WITH dropped AS (
    SELECT t.claim_id, t.claim_group_id, n.article_id AS new_article_id, n.outlet_name AS changed_outlet, n.headline AS new_headline, n.happened_at AS changed_at
    FROM told_claims AS t
    JOIN told_articles AS a ON a.article_id = t.article_id
    JOIN told_articles AS n ON n.first_version_id = a.first_version_id AND n.version = a.version + 1
    WHERE n.is_in_period AND NOT t.is_statement AND t.claim_group_id NOT IN (
        SELECT x.claim_group_id FROM told_claims AS x WHERE x.article_id = n.article_id AND x.claim_group_id IS NOT NULL)
)
SELECT d.claim_id AS dropped_claim_id, d.changed_outlet, d.new_headline, d.changed_at, d.new_article_id, o.content_text AS dropped_text, o.sentence_text AS dropped_sentence,
    o.speakers AS dropped_speakers, c.*
FROM dropped AS d
JOIN told_claims AS o ON o.claim_id = d.claim_id
LEFT JOIN told_claims AS c ON c.claim_group_id = d.claim_group_id AND c.is_current
ORDER BY d.changed_at DESC, d.claim_id, c.happened_at, c.claim_id
