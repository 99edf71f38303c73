-- severity: critical
-- why: Every span must show the words it was read from: substr(body, start + 1, end - start) = text.
WITH articles AS (
    SELECT article_id, body FROM core.articles JOIN articles_to_check USING (article_id)
),
spans AS (
    SELECT 'core.lines' AS table_name, rowid AS row_id, article_id, start, "end", text FROM core.lines WHERE start IS NOT NULL
    UNION ALL SELECT 'core.sentences', rowid, article_id, start, "end", text FROM core.sentences
    UNION ALL SELECT 'core.actor_mentions', rowid, article_id, start, "end", text FROM core.actor_mentions
    UNION ALL SELECT 'core.actor_roles', rowid, article_id, start, "end", text FROM core.actor_roles
    UNION ALL SELECT 'core.location_mentions', rowid, article_id, start, "end", text FROM core.location_mentions
    UNION ALL SELECT 'core.time_mentions', rowid, article_id, start, "end", text FROM core.time_mentions
    UNION ALL SELECT 'core.claim_quantities', rowid, article_id, start, "end", text FROM core.claim_quantities
    UNION ALL SELECT 'core.claims', rowid, article_id, cue_start, cue_end, cue_text FROM core.claims WHERE cue_start IS NOT NULL
    UNION ALL SELECT 'core.claim_sources', rowid, article_id, surface_start, surface_end, surface FROM core.claim_sources WHERE surface_start IS NOT NULL
)
SELECT table_name, row_id, article_id, start, "end", text
FROM spans JOIN articles USING (article_id)
WHERE text IS NULL OR start < 0 OR "end" <= start OR substr(body, start + 1, "end" - start) <> text
