-- Who is an actor, in which roles and how often? Words anywhere in its names.
-- param: name = Abdurrahman
SELECT name, kind, country_code, side, gender, roles, names, article_count, claim_count, first_seen_at, last_seen_at
FROM actors
WHERE contains(lower(names), lower($name))
ORDER BY article_count DESC, name
