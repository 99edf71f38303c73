-- How many of the people quoted are women? By outlet; people whose gender no title, pronoun or first name shows are counted apart.
SELECT outlet_name,
    count(DISTINCT claim_id) FILTER (speaker_gender = 'female') AS claims_by_women,
    count(DISTINCT claim_id) FILTER (speaker_gender = 'male') AS claims_by_men,
    count(DISTINCT claim_id) FILTER (speaker_gender IS NULL) AS claims_by_unknown,
    count(DISTINCT speaker_name) FILTER (speaker_gender = 'female') AS women,
    count(DISTINCT speaker_name) FILTER (speaker_gender = 'male') AS men
FROM statements
WHERE speaker_kind = 'person' AND naming = 'named'
GROUP BY outlet_name
ORDER BY outlet_name
