-- Who says so: nobody? Events that the outlet states in its own voice.
SELECT published_at, outlet_name, content_text, about_start_date, grade, url
FROM own_voice WHERE is_event
ORDER BY published_at, claim_id
