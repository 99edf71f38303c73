-- severity: critical
-- why: Content, source and cue spans of a claim lie inside its article's body.
SELECT claim_id, span
FROM (
    SELECT claim_id, article_id, unnest(content_spans || source_spans || cue_spans) AS span FROM core.claims
) JOIN core.articles USING (article_id)
WHERE run_id = getvariable('run_id') AND (span.start < 0 OR span."end" <= span.start OR span."end" > length(body))
