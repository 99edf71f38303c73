-- What is said to have happened on which day? Claims by the day they are about.
SELECT about_start_date, about_end_date, speaker_name, content_text, outlet_name, reference
FROM mart.claims
WHERE about_start_date IS NOT NULL
ORDER BY about_start_date, reference
