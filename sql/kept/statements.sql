-- The rows of mart.statements, as the tables of core give them.
SELECT
    s.claim_id,
    s.chain,
    s.article_id,
    a.outlet_name,
    a.url,
    a.headline,
    a.published_at,
    a.published_precision,
    a.agency_name,
    a.story_id,
    t.headline AS story_headline,
    CASE
        WHEN s.source_type IN ('unattributed', 'own_reporting') THEN NULL
        WHEN s.chain = 0 THEN coalesce(p.canonical_name, c.speaker_name, s.surface)
        ELSE coalesce(p.canonical_name, s.surface)
    END AS speaker_name,
    s.surface AS speaker_as_printed,
    coalesce(s.actor_id, CASE WHEN s.chain = 0 THEN c.speaker_actor_id END) AS speaker_actor_id,
    s.source_type,
    CASE
        WHEN s.source_type IN ('unattributed', 'own_reporting') THEN 'nobody'
        WHEN s.is_named THEN 'named'
        WHEN s.source_type = 'document' THEN 'document'
        WHEN s.article_actor_id IS NULL AND regexp_full_match(lower(s.surface), '(he|she|it|they|i|we|you|who|this|that)([''’][a-z]+)?') THEN 'pronoun'
        WHEN s.source_type IN ('unnamed_official', 'unnamed_person', 'eyewitness', 'expert') THEN 'anonymous'
        ELSE 'group'
    END AS naming,
    coalesce(p.kind, aa.kind) AS speaker_kind,
    coalesce(p.country_code, aa.country_code) AS speaker_country_code,
    coalesce(s.party_role, aa.party_role, p.party_role) AS speaker_side,
    r.role AS speaker_role,
    aa.gender AS speaker_gender,
    s.ground_rules,
    s.source_count,
    h.relays,
    c.cue_text,
    c.cue_class,
    c.cue_stance,
    c.form,
    c.content_text,
    c.polarity,
    c.is_attribution_negated,
    c.cue_stance = 'denial' AND c.cue_class = 'speech' AND NOT c.is_attribution_negated AS is_denial,
    c.certainty,
    c.tense,
    c.caveat,
    c.said_start_date,
    c.about_start_date,
    c.about_end_date,
    c.claim_group_id,
    format('[{}:{}-{}]', c.article_id, c.content_spans[1].start, c.content_spans[len(c.content_spans)]."end") AS reference
FROM core.claim_sources AS s
JOIN core.claims AS c ON c.claim_id = s.claim_id
JOIN core.articles AS a ON a.article_id = s.article_id
LEFT JOIN core.stories AS t ON t.story_id = a.story_id
LEFT JOIN core.actors AS p ON p.actor_id = coalesce(s.actor_id, CASE WHEN s.chain = 0 THEN c.speaker_actor_id END)
LEFT JOIN core.article_actors AS aa
    ON aa.article_actor_id = coalesce(s.article_actor_id, CASE WHEN s.chain = 0 THEN c.speaker_article_actor_id END)
LEFT JOIN (
    SELECT article_actor_id, arg_min(text, start) AS role
    FROM core.actor_roles
    GROUP BY article_actor_id
) AS r ON r.article_actor_id = aa.article_actor_id
LEFT JOIN (
    SELECT s.claim_id, s.chain, string_agg(coalesce(p.canonical_name, s.surface), ' → ' ORDER BY s.hop) AS relays
    FROM core.claim_sources AS s
    JOIN core.articles AS a USING (article_id)
    LEFT JOIN core.actors AS p ON p.actor_id = s.actor_id
    WHERE s.hop > 0 AND s.surface IS DISTINCT FROM a.outlet_name
    GROUP BY s.claim_id, s.chain
) AS h ON h.claim_id = s.claim_id AND h.chain = s.chain
WHERE s.hop = 0 AND a.is_current AND NOT c.is_statement AND c.cue_class NOT IN ('declined', 'credit')
