-- Figures about people that outlets of the period state in their own words.
SELECT q.kind, q.low, q.high, q.text AS figure_text, q.comparator, t.*
FROM core.claim_quantities AS q
JOIN told_claims AS t USING (claim_id)
WHERE t.is_in_period AND t.is_current AND t.is_statement AND q.kind IN ('killed', 'wounded', 'missing', 'displaced', 'arrested', 'captured', 'people')
    AND (q.kind <> 'people' OR coalesce(q.high, q.low) >= 10) -- a couple of people is no figure
QUALIFY row_number() OVER (PARTITION BY t.article_id, q.kind, q.low, q.high ORDER BY t.content_start, t.claim_id) = 1 -- once an article
ORDER BY list_position(['killed', 'wounded', 'missing', 'displaced', 'arrested', 'captured', 'people'], q.kind), coalesce(q.high, q.low) DESC, t.claim_id
