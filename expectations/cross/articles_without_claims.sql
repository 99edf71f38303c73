-- severity: warning
-- why: A long English article without a single attributed claim was probably cleaned or parsed badly.
SELECT article_id, word_count
FROM core.articles JOIN articles_to_check USING (article_id)
WHERE language = 'en' AND word_count > 300
    AND article_id NOT IN (SELECT article_id FROM core.claims WHERE NOT is_statement)
