-- Figures that count the same thing, of groups with a figure in the period and more than one figure in all.
WITH figures AS (
    SELECT
        m.figure_group_id, g.kind, g.unit, g.population, g.place, g.is_disputed, g.speaker_count, g.low AS group_low, g.high AS group_high,
        q.low, q.high, q.text, t.*
    FROM core.figure_group_members AS m
    JOIN core.figure_groups AS g USING (figure_group_id)
    JOIN core.claim_quantities AS q USING (quantity_id)
    JOIN told_claims AS t ON t.claim_id = q.claim_id
    WHERE (t.is_in_period OR t.is_before) AND t.is_current AND (q.low IS NOT NULL OR q.high IS NOT NULL)
)
SELECT * FROM figures
WHERE figure_group_id IN (
    SELECT figure_group_id FROM figures GROUP BY figure_group_id
    HAVING bool_or(is_in_period) AND count(DISTINCT (coalesce(low, -1), coalesce(high, -1))) > 1
)
ORDER BY figure_group_id, happened_at, claim_id
