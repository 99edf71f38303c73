-- Attributed claims, the newest articles first, in the order of the article.
SELECT
    c.speaker_name, c.source_type, c.chain_text, c.content_text, c.cue_class, c.cue_stance, c.certainty, c.tense, c.caveat,
    c.said_start_date, c.about_start_date, c.about_end_date, c.reference, c.published_at, c.headline, c.outlet_name
FROM mart.claims c JOIN core.claims k USING (claim_id)
ORDER BY c.published_at DESC NULLS LAST, c.article_id, k.content_spans[1].start, c.claim_id
