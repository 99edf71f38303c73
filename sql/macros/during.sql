-- List the claims about days from the first to the last, both included; claims that name no day are not in it.
-- example: SELECT about_start_date, speakers, content_text FROM during('2024-12-05', '2024-12-06')
CREATE OR REPLACE MACRO main.during(first_day, last_day) AS TABLE
SELECT c.*
FROM mart.claims AS c
WHERE c.about_start_date <= CAST(last_day AS DATE) AND coalesce(c.about_end_date, c.about_start_date) >= CAST(first_day AS DATE)
ORDER BY c.about_start_date, c.about_end_date, c.published_at, c.reference;
