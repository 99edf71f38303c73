-- Sentences of those articles, in order.
SELECT s.article_id, s.sentence_no, s.text
FROM core.sentences AS s
WHERE s.article_id IN (
    SELECT unnest([n.article_id, o.article_id])
    FROM core.articles AS n
    JOIN told_articles AS t USING (article_id)
    JOIN core.articles AS o ON o.first_version_id = n.first_version_id AND o.version = n.version - 1
    WHERE t.is_in_period AND n.version > 1
)
ORDER BY s.article_id, s.sentence_no
