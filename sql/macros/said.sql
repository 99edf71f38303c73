-- List what a speaker says, by any name of the actor or words of the name; any case, accents do not matter.
-- example: SELECT published_at, outlet_name, speaker_name, content_text FROM said('Rami Abdurrahman')
CREATE OR REPLACE MACRO main.said(name) AS TABLE
SELECT s.*
FROM mart.statements AS s
WHERE
    s.speaker_actor_id IN (
        SELECT actor_id
        FROM core.actor_aliases
        WHERE alias_type <> 'role' AND strip_accents(lower(alias)) = strip_accents(lower(trim(name)))
    )
    OR contains(
        ' ' || regexp_replace(strip_accents(lower(s.speaker_name)), '[^\p{L}\p{N}]+', ' ', 'g') || ' ',
        ' ' || trim(regexp_replace(strip_accents(lower(name)), '[^\p{L}\p{N}]+', ' ', 'g')) || ' '
    )
ORDER BY s.published_at, s.reference, s.chain;
