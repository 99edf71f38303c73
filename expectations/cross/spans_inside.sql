-- severity: critical
-- why: Content, source and cue spans of a claim lie inside its article's body.
SELECT 'core.claims' AS table_name, row_id, claim_id, span
FROM (
    SELECT rowid AS row_id, claim_id, article_id, unnest(content_spans || source_spans || cue_spans) AS span FROM core.claims
) JOIN core.articles USING (article_id) JOIN articles_to_check USING (article_id)
WHERE span.start < 0 OR span."end" <= span.start OR span."end" > length(body)
