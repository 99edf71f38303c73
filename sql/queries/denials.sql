-- Who denies what, and whom? One row a denial, with the claim that it denies where that one was found, of its own article first.
-- A deed refused (to pay, to leave), an offer turned down, and what somebody is said not to have said are no denials.
WITH denied AS (
    SELECT r.claim_id, string_agg(DISTINCT r.other_outlet_name, '; ' ORDER BY r.other_outlet_name) AS outlets,
        first(r ORDER BY x.article_id = y.article_id DESC, r.other_published_at, r.other_claim_id) AS nearest
    FROM relations AS r
    JOIN core.claims AS x ON x.claim_id = r.claim_id
    JOIN core.claims AS y ON y.claim_id = r.other_claim_id
    WHERE r.link_type = 'denies'
    GROUP BY r.claim_id
)
SELECT
    c.published_at, c.outlet_name, c.speakers, c.cue_text, c.content_text, d.nearest.other_speaker_name AS denied_speaker,
    d.nearest.other_content_text AS denied_text, d.outlets AS denied_outlets, c.url
FROM claims AS c
JOIN core.claims AS k ON k.claim_id = c.claim_id
LEFT JOIN denied AS d ON d.claim_id = c.claim_id
WHERE d.claim_id IS NOT NULL OR NOT k.is_attribution_negated AND (
    k.cue_lemma IN ('deny', 'denial', 'dispute', 'refute', 'rebut', 'rebuttal', 'debunk', 'disavow', 'repudiate', 'contest')
    OR k.cue_lemma IN ('reject', 'dismiss', 'rebuff', 'rejection')
    AND regexp_matches(lower(c.content_text), '\b(claim|charge|report|alleg|accus|rumou?r|suggest|assert|insinuat|critici|notion|speculat|testimon)')
)
ORDER BY c.published_at, c.reference
