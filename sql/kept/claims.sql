-- The rows of mart.claims, as the tables of core and mart.statements give them.
SELECT
    c.claim_id,
    c.article_id,
    a.outlet_name,
    a.headline,
    a.published_at,
    k.speaker_name AS speaker_name,
    k.speaker_actor_id AS speaker_actor_id,
    c.source_type,
    c.is_named,
    coalesce(h.chain_text, o.surface) AS chain_text,
    coalesce(h.hop_count, CASE WHEN o.claim_id IS NOT NULL THEN 1 END) AS hop_count,
    c.cue_text,
    c.cue_class,
    c.cue_type,
    c.cue_stance,
    c.form,
    c.content_text,
    c.polarity,
    c.certainty,
    c.tense,
    c.caveat,
    c.said_start_date,
    c.about_start_date,
    c.about_end_date,
    format('[{}:{}-{}]', c.article_id, c.content_spans[1].start, c.content_spans[len(c.content_spans)]."end") AS reference,
    a.story_id,
    a.copy_group_id,
    c.claim_group_id,
    a.url,
    a.published_precision,
    a.agency_name,
    t.headline AS story_headline,
    s.text AS sentence_text,
    CASE WHEN m.claim_id IS NULL THEN k.speaker_name ELSE m.speakers END AS speakers,
    CASE WHEN m.claim_id IS NOT NULL THEN m.speaker_count WHEN k.claim_id IS NOT NULL THEN 1 END AS speaker_count,
    k.naming AS naming,
    k.speaker_kind AS speaker_kind,
    k.speaker_country_code AS speaker_country_code,
    k.speaker_side AS speaker_side,
    k.speaker_role AS speaker_role,
    k.speaker_gender AS speaker_gender,
    k.relays AS relays,
    l.places,
    l.place_country_codes,
    q.figures,
    c.is_attribution_negated,
    c.cue_stance = 'denial' AND c.cue_class = 'speech' AND NOT c.is_attribution_negated AS is_denial,
    d.denied_by,
    g.grade,
    g.article_count,
    g.independent_text_count,
    g.independent_origin_count
FROM core.claims AS c
JOIN core.articles AS a USING (article_id)
LEFT JOIN core.stories AS t ON t.story_id = a.story_id
LEFT JOIN core.sentences AS s ON s.sentence_id = c.sentence_id
LEFT JOIN core.claim_groups AS g ON g.claim_group_id = c.claim_group_id
LEFT JOIN mart.statements AS k ON k.claim_id = c.claim_id AND k.chain = 0
-- few claims have several speakers or hops: only these are gathered
LEFT JOIN (
    SELECT claim_id, string_agg(speaker_name, '; ' ORDER BY chain) AS speakers, count(*) AS speaker_count
    FROM mart.statements
    WHERE claim_id IN (SELECT claim_id FROM core.claim_sources WHERE chain > 0)
    GROUP BY claim_id
) AS m ON m.claim_id = c.claim_id
LEFT JOIN core.claim_sources AS o ON o.claim_id = c.claim_id AND o.chain = 0 AND o.hop = 0
LEFT JOIN (
    SELECT claim_id, string_agg(surface, ' → ' ORDER BY hop) AS chain_text, count(*) AS hop_count
    FROM core.claim_sources
    WHERE chain = 0 AND claim_id IN (SELECT claim_id FROM core.claim_sources WHERE chain = 0 AND hop > 0)
    GROUP BY claim_id
) AS h ON h.claim_id = c.claim_id
LEFT JOIN (
    SELECT
        m.claim_id,
        string_agg(DISTINCT p.name, '; ' ORDER BY p.name) AS places,
        string_agg(DISTINCT p.country_code, '; ' ORDER BY p.country_code) AS place_country_codes
    FROM core.claim_locations AS m
    JOIN core.locations AS p USING (location_id)
    GROUP BY m.claim_id
) AS l ON l.claim_id = c.claim_id
LEFT JOIN (
    SELECT claim_id, string_agg(text, '; ' ORDER BY start) AS figures
    FROM core.claim_quantities
    GROUP BY claim_id
) AS q ON q.claim_id = c.claim_id
LEFT JOIN (
    SELECT other_claim_id, string_agg(DISTINCT speaker_name, '; ' ORDER BY speaker_name) AS denied_by
    FROM mart.relations
    WHERE link_type = 'denies'
    GROUP BY other_claim_id
) AS d ON d.other_claim_id = c.claim_id
WHERE a.is_current AND NOT c.is_statement AND c.cue_class NOT IN ('declined', 'credit')
