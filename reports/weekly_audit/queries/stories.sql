-- How the claims of each story are sourced, all outlets together.
SELECT
    coalesce(s.headline, 'no story') AS headline,
    sum(a.article_count)::INT AS articles,
    sum(a.claim_count)::INT AS claims,
    round(100 * sum(a.anonymous_count) / sum(a.claim_count), 1) AS unnamed_percent,
    round(100 * sum(a.single_origin_count) / sum(a.claim_count), 1) AS single_origin_percent,
    round(100 * sum(a.party_count) / sum(a.claim_count), 1) AS party_percent,
    round(100 * sum(a.unattributed_count) / sum(a.claim_count), 1) AS unattributed_percent,
    round(100 * sum(a.loaded_cue_count) / sum(a.claim_count), 1) AS loaded_cue_percent
FROM mart.sourcing_audit AS a
LEFT JOIN core.stories AS s USING (story_id)
GROUP BY s.story_id, s.headline
ORDER BY claims DESC, headline, s.story_id
