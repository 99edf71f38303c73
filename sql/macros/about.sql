-- List the claims about a place; a country or a first-level division takes in the places inside it.
-- example: SELECT published_at, outlet_name, speakers, content_text FROM about('Homs')
CREATE OR REPLACE MACRO main.about(place) AS TABLE
WITH named AS (
    SELECT location_id, kind, country_code, name
    FROM core.locations
    WHERE strip_accents(lower(name)) = strip_accents(lower(trim(place)))
), inside AS (
    SELECT l.location_id
    FROM core.locations AS l
    JOIN named AS n
        ON n.location_id = l.location_id
        OR (n.kind = 'country' AND n.country_code = l.country_code)
        OR (n.kind = 'admin1' AND n.country_code = l.country_code AND n.name = l.admin1_name)
)
SELECT c.*
FROM mart.claims AS c
WHERE c.claim_id IN (SELECT m.claim_id FROM core.claim_locations AS m WHERE m.location_id IN (FROM inside))
ORDER BY c.published_at, c.reference;
