CREATE OR REPLACE VIEW mart.relations AS
WITH oriented AS (
    SELECT
        CASE
            WHEN l.link_type = 'contradicts' AND starts_with(l.reason, 'polarity') AND (x.cue_stance = 'denial' OR y.cue_stance = 'denial')
                THEN 'denies'
            ELSE l.link_type
        END AS link_type,
        l.score,
        l.reason,
        CASE
            WHEN contains(l.reason, l.claim_id) THEN true
            WHEN contains(l.reason, l.other_claim_id) THEN false
            WHEN (x.cue_stance = 'denial') <> (y.cue_stance = 'denial') THEN x.cue_stance = 'denial'
            ELSE coalesce(a.published_at >= b.published_at, true)
        END AS is_first_later,
        l.claim_id AS one_id,
        l.other_claim_id AS two_id
    FROM core.claim_links AS l
    JOIN core.claims AS x ON x.claim_id = l.claim_id
    JOIN core.claims AS y ON y.claim_id = l.other_claim_id
    JOIN core.articles AS a ON a.article_id = x.article_id
    JOIN core.articles AS b ON b.article_id = y.article_id
    WHERE l.link_type <> 'same' AND a.is_current AND b.is_current
), directed AS (
    SELECT
        link_type,
        score,
        reason,
        CASE WHEN is_first_later THEN one_id ELSE two_id END AS claim_id,
        CASE WHEN is_first_later THEN two_id ELSE one_id END AS other_claim_id
    FROM oriented
)
SELECT
    d.link_type,
    d.claim_id,
    coalesce(p.canonical_name, nullif(x.speaker_name, ''), 'no source named') AS speaker_name,
    x.content_text,
    a.outlet_name,
    a.published_at,
    a.url,
    d.other_claim_id,
    coalesce(q.canonical_name, nullif(y.speaker_name, ''), 'no source named') AS other_speaker_name,
    y.content_text AS other_content_text,
    b.outlet_name AS other_outlet_name,
    b.published_at AS other_published_at,
    b.url AS other_url,
    d.reason,
    d.score,
    a.story_id,
    t.headline AS story_headline,
    x.claim_group_id,
    y.claim_group_id AS other_claim_group_id
FROM directed AS d
JOIN core.claims AS x ON x.claim_id = d.claim_id
JOIN core.claims AS y ON y.claim_id = d.other_claim_id
JOIN core.articles AS a ON a.article_id = x.article_id
JOIN core.articles AS b ON b.article_id = y.article_id
LEFT JOIN core.actors AS p ON p.actor_id = x.speaker_actor_id
LEFT JOIN core.actors AS q ON q.actor_id = y.speaker_actor_id
LEFT JOIN core.stories AS t ON t.story_id = a.story_id;

COMMENT ON VIEW mart.relations IS 'Pairs of claims that do not simply agree: one contradicts, denies or updates the other. The claim that denies, or came later, stands first. Current article versions only.';
COMMENT ON COLUMN mart.relations.link_type IS 'contradicts, denies or updates';
COMMENT ON COLUMN mart.relations.claim_id IS 'Claim that denies, or was published later';
COMMENT ON COLUMN mart.relations.speaker_name IS 'Who makes it';
COMMENT ON COLUMN mart.relations.content_text IS 'What it says';
COMMENT ON COLUMN mart.relations.outlet_name IS 'Where';
COMMENT ON COLUMN mart.relations.published_at IS 'When, UTC';
COMMENT ON COLUMN mart.relations.url IS 'Address of its article';
COMMENT ON COLUMN mart.relations.other_claim_id IS 'Claim that is denied, contradicted or updated';
COMMENT ON COLUMN mart.relations.other_speaker_name IS 'Who makes that one';
COMMENT ON COLUMN mart.relations.other_content_text IS 'What that one says';
COMMENT ON COLUMN mart.relations.other_outlet_name IS 'Where';
COMMENT ON COLUMN mart.relations.other_published_at IS 'When, UTC';
COMMENT ON COLUMN mart.relations.other_url IS 'Address of its article';
COMMENT ON COLUMN mart.relations.reason IS 'What the two differ in, and share';
COMMENT ON COLUMN mart.relations.score IS 'How sure, 0 to 1';
COMMENT ON COLUMN mart.relations.story_id IS 'Story of the first';
COMMENT ON COLUMN mart.relations.story_headline IS 'Headline of that story';
COMMENT ON COLUMN mart.relations.claim_group_id IS 'Group of the first claim';
COMMENT ON COLUMN mart.relations.other_claim_group_id IS 'Group of the other claim';
