-- What do others say about an actor? Any of its names.
-- param: name = Hayat Tahrir al-Sham
SELECT c.published_at, c.outlet_name, c.speakers, c.is_denial, c.content_text, c.grade, c.url
FROM claims AS c
WHERE c.claim_id IN (
    SELECT x.claim_id
    FROM core.claim_actors AS x
    JOIN core.actor_aliases AS l USING (actor_id)
    WHERE lower(l.alias) = lower($name) AND x.actor_id IS DISTINCT FROM c.speaker_actor_id
)
ORDER BY c.published_at, c.reference
