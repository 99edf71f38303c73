CREATE TABLE IF NOT EXISTS core.actor_mentions (
    article_id       VARCHAR NOT NULL,
    article_actor_id VARCHAR NOT NULL,
    actor_id         VARCHAR,  -- by resolve
    start            INTEGER NOT NULL,
    "end"            INTEGER NOT NULL,
    text             VARCHAR NOT NULL,
    mention_type     VARCHAR NOT NULL,
    rule             VARCHAR NOT NULL,
    score            DOUBLE NOT NULL,
    origin           VARCHAR NOT NULL
);

COMMENT ON TABLE core.actor_mentions IS 'Span that names an actor.';
COMMENT ON COLUMN core.actor_mentions.article_id IS 'Article';
COMMENT ON COLUMN core.actor_mentions.article_actor_id IS 'Actor inside its article';
COMMENT ON COLUMN core.actor_mentions.actor_id IS 'Actor across articles';
COMMENT ON COLUMN core.actor_mentions.start IS 'First code point in the body';
COMMENT ON COLUMN core.actor_mentions."end" IS 'Code point after the last one';
COMMENT ON COLUMN core.actor_mentions.text IS 'Mention as printed';
COMMENT ON COLUMN core.actor_mentions.mention_type IS 'name, role or pronoun';
COMMENT ON COLUMN core.actor_mentions.rule IS 'Why it is that actor';
COMMENT ON COLUMN core.actor_mentions.score IS 'How sure, 0 to 1';
COMMENT ON COLUMN core.actor_mentions.origin IS 'Component and version that made the row';
