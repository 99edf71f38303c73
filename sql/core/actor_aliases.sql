CREATE TABLE IF NOT EXISTS core.actor_aliases (
    actor_id      VARCHAR NOT NULL,
    alias         VARCHAR NOT NULL,
    alias_type    VARCHAR NOT NULL,
    article_count INTEGER NOT NULL,
    origin        VARCHAR NOT NULL
);

COMMENT ON TABLE core.actor_aliases IS 'Name an actor goes by.';
COMMENT ON COLUMN core.actor_aliases.actor_id IS 'Actor';
COMMENT ON COLUMN core.actor_aliases.alias IS 'Name as printed';
COMMENT ON COLUMN core.actor_aliases.alias_type IS 'full, surname, acronym, role or short';
COMMENT ON COLUMN core.actor_aliases.article_count IS 'Articles that use it';
COMMENT ON COLUMN core.actor_aliases.origin IS 'Component and version that made the row';
