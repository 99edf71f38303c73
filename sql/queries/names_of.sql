-- Under which names does an actor go?
-- param: name = Hayat Tahrir al-Sham
SELECT a.canonical_name, a.kind, l.alias, l.alias_type, l.article_count
FROM core.actor_aliases l JOIN core.actors a USING (actor_id)
WHERE a.actor_id IN (SELECT actor_id FROM core.actor_aliases WHERE lower(alias) = lower($name))
ORDER BY l.article_count DESC, l.alias
