CREATE TABLE IF NOT EXISTS core.actor_roles (
    article_id       VARCHAR NOT NULL,
    article_actor_id VARCHAR NOT NULL,
    actor_id         VARCHAR,  -- by resolve
    role             VARCHAR NOT NULL,
    organisation     VARCHAR,
    country_code     VARCHAR,
    start            INTEGER NOT NULL,
    "end"            INTEGER NOT NULL,
    text             VARCHAR NOT NULL,
    origin           VARCHAR NOT NULL
);

COMMENT ON TABLE core.actor_roles IS 'Role that an article gives an actor.';
COMMENT ON COLUMN core.actor_roles.article_id IS 'Article';
COMMENT ON COLUMN core.actor_roles.article_actor_id IS 'Actor inside its article';
COMMENT ON COLUMN core.actor_roles.actor_id IS 'Actor across articles';
COMMENT ON COLUMN core.actor_roles.role IS 'Role: defense minister';
COMMENT ON COLUMN core.actor_roles.organisation IS 'Organisation of the role';
COMMENT ON COLUMN core.actor_roles.country_code IS 'Country of the role';
COMMENT ON COLUMN core.actor_roles.start IS 'First code point in the body';
COMMENT ON COLUMN core.actor_roles."end" IS 'Code point after the last one';
COMMENT ON COLUMN core.actor_roles.text IS 'Role as printed: Syria’s defense minister';
COMMENT ON COLUMN core.actor_roles.origin IS 'Component and version that made the row';
