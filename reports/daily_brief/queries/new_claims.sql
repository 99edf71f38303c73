-- One claim for each group first reported in the period: of the current article that had it first.
WITH firsts AS (
    SELECT t.*, claim_id IN (SELECT claim_id FROM core.claim_repeats) AS is_in_headline, min(happened_at) OVER (PARTITION BY claim_group_id) AS first_at, bool_or(is_before) OVER (PARTITION BY claim_group_id) AS is_known,
        row_number() OVER (PARTITION BY claim_group_id ORDER BY happened_at, claim_id) AS place
    FROM told_claims AS t
    WHERE (is_in_period AND is_current OR is_before) AND claim_group_id IS NOT NULL AND NOT is_statement
)
SELECT f.* FROM firsts AS f
LEFT JOIN ( -- how many articles of the story name the speaker
    SELECT a.story_id, m.actor_id, count(DISTINCT a.article_id) AS articles
    FROM core.actor_mentions AS m JOIN told_articles AS a USING (article_id) GROUP BY ALL
) AS r ON r.story_id = f.story_id AND r.actor_id = f.speaker_actor_id
WHERE place = 1 AND NOT is_known AND is_in_period AND coalesce(grade, '') <> 'withdrawn'
ORDER BY cue_class = 'speech' DESC, is_in_headline DESC, source_type = 'document', origin_count DESC, text_count DESC, article_count DESC, coalesce(r.articles, 0) DESC, is_unnamed, len(speakers) = 0, happened_at DESC, f.claim_id
