CREATE OR REPLACE VIEW mart.actors AS
SELECT
    p.actor_id,
    p.canonical_name AS name,
    p.kind,
    p.country_code,
    p.party_role AS side,
    k.gender,
    r.roles,
    n.names,
    p.article_count,
    p.mention_count,
    p.claim_count,
    p.first_seen_at,
    p.last_seen_at
FROM core.actors AS p
LEFT JOIN (
    SELECT actor_id, string_agg(alias, '; ' ORDER BY article_count DESC, alias) AS names
    FROM core.actor_aliases
    WHERE alias_type <> 'role'
    GROUP BY actor_id
) AS n ON n.actor_id = p.actor_id
LEFT JOIN (
    SELECT actor_id, string_agg(DISTINCT role, '; ' ORDER BY role) AS roles
    FROM core.actor_roles
    GROUP BY actor_id
) AS r ON r.actor_id = p.actor_id
LEFT JOIN (
    SELECT actor_id, mode(gender ORDER BY gender) AS gender
    FROM core.article_actors
    WHERE gender IS NOT NULL
    GROUP BY actor_id
) AS k ON k.actor_id = p.actor_id
WHERE EXISTS (FROM core.actor_mentions AS m WHERE m.actor_id = p.actor_id AND m.mention_type = 'name');

COMMENT ON VIEW mart.actors IS 'Persons, organisations and groups that some article calls by a proper name. Descriptions such as police, officials or the company are in core.actors only.';
COMMENT ON COLUMN mart.actors.actor_id IS 'Actor';
COMMENT ON COLUMN mart.actors.name IS 'Name it is listed under';
COMMENT ON COLUMN mart.actors.kind IS 'Kind, as in core.actors';
COMMENT ON COLUMN mart.actors.country_code IS 'ISO 3166-1 alpha-2 code of its country';
COMMENT ON COLUMN mart.actors.side IS 'Side in the story, where one is known';
COMMENT ON COLUMN mart.actors.gender IS 'male or female, by title, pronoun or first name';
COMMENT ON COLUMN mart.actors.roles IS 'Roles that articles give it';
COMMENT ON COLUMN mart.actors.names IS 'Names it goes by, the most used first';
COMMENT ON COLUMN mart.actors.article_count IS 'Articles that name it';
COMMENT ON COLUMN mart.actors.mention_count IS 'Spans that name it';
COMMENT ON COLUMN mart.actors.claim_count IS 'Claims it is the first speaker of';
COMMENT ON COLUMN mart.actors.first_seen_at IS 'UTC time of the first article that names it';
COMMENT ON COLUMN mart.actors.last_seen_at IS 'UTC time of the last article that names it';
