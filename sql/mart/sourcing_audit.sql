CREATE OR REPLACE VIEW mart.sourcing_audit AS
WITH loaded AS (
    SELECT unnest([
        'accuse', 'acknowledge', 'admit', 'allege', 'assert', 'boast', 'brag', 'claim', 'concede', 'confess', 'contend', 'deny', 'insist',
        'maintain', 'profess'
    ]) AS lemma
)
SELECT
    coalesce(a.outlet_name, 'unknown') AS outlet_name,
    a.story_id,
    CAST(a.published_at AS DATE) AS published_date,
    count(DISTINCT a.article_id) AS article_count,
    count(*) AS claim_count,
    count(*) FILTER (c.is_statement OR c.source_type = 'unattributed') AS unattributed_count,
    count(*) FILTER (s.naming = 'anonymous') AS anonymous_count,
    count(*) FILTER (g.independent_origin_count = 1) AS single_origin_count,
    count(*) FILTER (h.is_party) AS party_count,
    count(*) FILTER (c.cue_lemma IN (FROM loaded)) AS loaded_cue_count,
    round(100 * avg((c.is_statement OR c.source_type = 'unattributed')::INT), 1) AS unattributed_percent,
    round(100 * avg((s.naming IS NOT DISTINCT FROM 'anonymous')::INT), 1) AS anonymous_percent,
    round(100 * avg((coalesce(g.independent_origin_count, 1) = 1)::INT), 1) AS single_origin_percent,
    round(100 * avg(coalesce(h.is_party, false)::INT), 1) AS party_percent,
    round(100 * avg((c.cue_lemma IS NOT NULL AND c.cue_lemma IN (FROM loaded))::INT), 1) AS loaded_cue_percent
FROM core.claims AS c
JOIN core.articles AS a USING (article_id)
LEFT JOIN core.claim_groups AS g ON g.claim_group_id = c.claim_group_id
LEFT JOIN mart.statements AS s ON s.claim_id = c.claim_id AND s.chain = 0
LEFT JOIN (
    SELECT claim_id, bool_or(party_role IS NOT NULL OR source_type IN ('armed_group', 'state_media', 'partisan_media')) AS is_party
    FROM core.claim_sources
    WHERE hop = 0
    GROUP BY claim_id
) AS h ON h.claim_id = c.claim_id
WHERE NOT (c.is_statement AND c.construction = 'narration') AND a.is_current AND c.cue_class NOT IN ('declined', 'credit')
GROUP BY ALL;

COMMENT ON VIEW mart.sourcing_audit IS 'How an outlet sources its claims, by story and day: counts and shares. Sum the counts for other groupings, never average the shares.';
COMMENT ON COLUMN mart.sourcing_audit.outlet_name IS 'Outlet';
COMMENT ON COLUMN mart.sourcing_audit.story_id IS 'Story';
COMMENT ON COLUMN mart.sourcing_audit.published_date IS 'Day of publication, UTC';
COMMENT ON COLUMN mart.sourcing_audit.article_count IS 'Articles';
COMMENT ON COLUMN mart.sourcing_audit.claim_count IS 'Claims, those without a source included';
COMMENT ON COLUMN mart.sourcing_audit.unattributed_count IS 'Claims that nobody is named or described for';
COMMENT ON COLUMN mart.sourcing_audit.anonymous_count IS 'Claims whose first speaker is a person, official, witness or expert without a name; documents, groups (police, the company) and pronouns that nothing is read for are not anonymous: naming in mart.statements';
COMMENT ON COLUMN mart.sourcing_audit.single_origin_count IS 'Claims that go back to one first speaker';
COMMENT ON COLUMN mart.sourcing_audit.party_count IS 'Claims whose first speaker is a party to the conflict or speaks for one';
COMMENT ON COLUMN mart.sourcing_audit.loaded_cue_count IS 'Claims with a verb that hints at doubt or guilt: accuse, acknowledge, admit, allege, assert, boast, brag, claim, concede, confess, contend, deny, insist, maintain, profess. Showed, found and warned are not';
COMMENT ON COLUMN mart.sourcing_audit.unattributed_percent IS 'Share without a source';
COMMENT ON COLUMN mart.sourcing_audit.anonymous_percent IS 'Share of anonymous claims';
COMMENT ON COLUMN mart.sourcing_audit.single_origin_percent IS 'Share with a single origin';
COMMENT ON COLUMN mart.sourcing_audit.party_percent IS 'Share from a party';
COMMENT ON COLUMN mart.sourcing_audit.loaded_cue_percent IS 'Share with a verb that hints at doubt or guilt';
