-- Events the outlets state in their own voice.
SELECT a.outlet_name, c.content_text, format('[{}:{}-{}]', c.article_id, c.content_spans[1].start, c.content_spans[len(c.content_spans)]."end") AS reference
FROM core.claims c JOIN core.articles a USING (article_id)
WHERE c.is_statement AND a.is_current
ORDER BY a.published_at DESC NULLS LAST, c.article_id, c.content_spans[1].start
