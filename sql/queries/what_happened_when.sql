-- What is said to have happened on which day? By the days it is about.
SELECT about_start_date, about_end_date, about_precision, speakers, content_text, outlets, grade, story_headline
FROM timeline
WHERE tense NOT IN ('future', 'hypothetical')
ORDER BY about_start_date, about_end_date, claim_id
