CREATE OR REPLACE VIEW mart.claim_groups AS
SELECT
    g.claim_group_id,
    g.story_id,
    s.headline AS story_headline,
    g.canonical_text,
    g.grade,
    g.article_count,
    g.independent_text_count,
    g.independent_origin_count,
    k.speakers,
    k.outlets,
    g.has_both_sides,
    g.is_contested,
    g.is_denied,
    g.is_withdrawn,
    g.first_reported_at,
    k.first_reported_precision,
    k.first_outlet_name,
    g.last_reported_at,
    c.is_statement,
    c.cue_stance = 'denial' AND c.cue_class = 'speech' AND NOT c.is_attribution_negated AS is_denial,
    c.source_type,
    format('[{}:{}-{}]', c.article_id, c.content_spans[1].start, c.content_spans[len(c.content_spans)]."end") AS reference
FROM core.claim_groups AS g
JOIN core.claims AS c ON c.claim_id = g.canonical_claim_id
LEFT JOIN core.stories AS s ON s.story_id = g.story_id
LEFT JOIN (
    SELECT
        m.claim_group_id,
        string_agg(DISTINCT coalesce(s.speaker_name, 'no source named'), '; ' ORDER BY coalesce(s.speaker_name, 'no source named')) AS speakers,
        string_agg(DISTINCT coalesce(a.outlet_name, 'unknown'), '; ' ORDER BY coalesce(a.outlet_name, 'unknown')) AS outlets,
        arg_min(a.published_precision, (a.published_at, a.article_id)) AS first_reported_precision,
        arg_min(
            a.outlet_name, (a.published_at + CASE WHEN a.published_precision = 'day' THEN INTERVAL 1 DAY ELSE INTERVAL 0 DAY END, a.article_id)
        ) AS first_outlet_name
    FROM core.claim_group_members AS m
    JOIN core.articles AS a ON a.article_id = m.article_id
    LEFT JOIN mart.statements AS s ON s.claim_id = m.claim_id AND s.chain = m.chain
    GROUP BY m.claim_group_id
) AS k ON k.claim_group_id = g.claim_group_id;

COMMENT ON VIEW mart.claim_groups IS 'What is claimed, once: claims that say the same, with the three counts that stand behind it. Never one score.';
COMMENT ON COLUMN mart.claim_groups.claim_group_id IS 'Group of claims that say the same';
COMMENT ON COLUMN mart.claim_groups.story_id IS 'Story';
COMMENT ON COLUMN mart.claim_groups.story_headline IS 'Headline of the story';
COMMENT ON COLUMN mart.claim_groups.canonical_text IS 'Wording of one of its claims';
COMMENT ON COLUMN mart.claim_groups.grade IS 'What stands behind it, as in core.claim_groups';
COMMENT ON COLUMN mart.claim_groups.article_count IS 'Articles that carry it';
COMMENT ON COLUMN mart.claim_groups.independent_text_count IS 'Texts that carry it; copies of one text count once';
COMMENT ON COLUMN mart.claim_groups.independent_origin_count IS 'First speakers it goes back to';
COMMENT ON COLUMN mart.claim_groups.speakers IS 'First speakers by name, all chains';
COMMENT ON COLUMN mart.claim_groups.outlets IS 'Outlets that carry it';
COMMENT ON COLUMN mart.claim_groups.has_both_sides IS 'Whether speakers who oppose each other say it';
COMMENT ON COLUMN mart.claim_groups.is_contested IS 'Whether a current claim contradicts it';
COMMENT ON COLUMN mart.claim_groups.is_denied IS 'Whether a denial contradicts it';
COMMENT ON COLUMN mart.claim_groups.is_withdrawn IS 'Whether it is gone from the newest version of every article that had it; not that a speaker took it back';
COMMENT ON COLUMN mart.claim_groups.first_reported_at IS 'UTC time of the first article; where first_reported_precision is day, the start of that day, and others of that day may have been earlier';
COMMENT ON COLUMN mart.claim_groups.first_reported_precision IS 'second, minute, hour or day';
COMMENT ON COLUMN mart.claim_groups.first_outlet_name IS 'Outlet that was first; an article that prints only its day counts from the end of that day';
COMMENT ON COLUMN mart.claim_groups.last_reported_at IS 'UTC time of the last article';
COMMENT ON COLUMN mart.claim_groups.is_statement IS 'Whether the canonical claim is stated by the outlet without a source';
COMMENT ON COLUMN mart.claim_groups.is_denial IS 'Whether the canonical claim denies what canonical_text says';
COMMENT ON COLUMN mart.claim_groups.source_type IS 'Type of the canonical claims speaker';
COMMENT ON COLUMN mart.claim_groups.reference IS 'Article and code points of the canonical claim';
