CREATE TABLE IF NOT EXISTS core.actor_ids (
    actor_id         VARCHAR NOT NULL,
    current_actor_id VARCHAR NOT NULL,
    reason           VARCHAR NOT NULL,
    origin           VARCHAR NOT NULL
);

COMMENT ON TABLE core.actor_ids IS 'Every actor id ever given, and the actor it stands for now.';
COMMENT ON COLUMN core.actor_ids.actor_id IS 'Id as it was given';
COMMENT ON COLUMN core.actor_ids.current_actor_id IS 'Id of the actor it stands for';
COMMENT ON COLUMN core.actor_ids.reason IS 'founded, merged (the one it stands for has taken it in) or gone';
COMMENT ON COLUMN core.actor_ids.origin IS 'Component and version that made the row';
