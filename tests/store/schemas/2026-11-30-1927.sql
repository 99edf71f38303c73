CREATE SCHEMA IF NOT EXISTS raw;
CREATE SCHEMA IF NOT EXISTS core;
CREATE SCHEMA IF NOT EXISTS ops;
CREATE SCHEMA IF NOT EXISTS mart;
CREATE TABLE IF NOT EXISTS raw.documents (
    document_id  VARCHAR NOT NULL,
    source_uri   VARCHAR NOT NULL,
    source_name  VARCHAR,
    sha256       VARCHAR,
    byte_count   BIGINT,
    media_type   VARCHAR,
    encoding     VARCHAR,
    text         VARCHAR,
    hints        JSON,
    fetched_at   TIMESTAMP NOT NULL,
    status       VARCHAR NOT NULL,
    reason       VARCHAR,
    duplicate_of VARCHAR,
    run_id       VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.actor_aliases (
    actor_id      VARCHAR NOT NULL,
    alias         VARCHAR NOT NULL,
    alias_type    VARCHAR NOT NULL,
    article_count INTEGER NOT NULL,
    origin        VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.actor_ids (
    actor_id         VARCHAR NOT NULL,
    current_actor_id VARCHAR NOT NULL,
    reason           VARCHAR NOT NULL,
    origin           VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.actor_links (
    actor_id            VARCHAR NOT NULL,
    other_actor_id      VARCHAR NOT NULL,
    name                VARCHAR NOT NULL,
    other_name          VARCHAR NOT NULL,
    country_code        VARCHAR,
    other_country_code  VARCHAR,
    link_type           VARCHAR NOT NULL,
    score               DOUBLE NOT NULL,
    evidence            VARCHAR NOT NULL,
    article_count       INTEGER NOT NULL,
    other_article_count INTEGER NOT NULL,
    origin              VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.actor_mentions (
    article_id       VARCHAR NOT NULL,
    article_actor_id VARCHAR NOT NULL,
    actor_id         VARCHAR,
    start            INTEGER NOT NULL,
    "end"            INTEGER NOT NULL,
    text             VARCHAR NOT NULL,
    mention_type     VARCHAR NOT NULL,
    rule             VARCHAR NOT NULL,
    score            DOUBLE NOT NULL,
    origin           VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.actor_roles (
    article_id       VARCHAR NOT NULL,
    article_actor_id VARCHAR NOT NULL,
    actor_id         VARCHAR,
    role             VARCHAR NOT NULL,
    organisation     VARCHAR,
    country_code     VARCHAR,
    start            INTEGER NOT NULL,
    "end"            INTEGER NOT NULL,
    text             VARCHAR NOT NULL,
    origin           VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.actors (
    actor_id       VARCHAR NOT NULL,
    canonical_name VARCHAR NOT NULL,
    kind           VARCHAR NOT NULL,
    country_code   VARCHAR,
    party_role     VARCHAR,
    article_count  INTEGER NOT NULL,
    mention_count  INTEGER NOT NULL,
    claim_count    INTEGER NOT NULL,
    first_seen_at  TIMESTAMP,
    last_seen_at   TIMESTAMP,
    origin         VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.article_actors (
    article_actor_id VARCHAR NOT NULL,
    article_id       VARCHAR NOT NULL,
    actor_id         VARCHAR,
    name             VARCHAR NOT NULL,
    kind             VARCHAR NOT NULL,
    kind_rule        VARCHAR NOT NULL,
    country_code     VARCHAR,
    party_role       VARCHAR,
    seed_id          VARCHAR,
    gender           VARCHAR,
    aliases          STRUCT(alias VARCHAR, alias_type VARCHAR)[],
    mention_count    INTEGER NOT NULL,
    origin           VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.articles (
    article_id          VARCHAR NOT NULL,
    document_id         VARCHAR NOT NULL,
    first_version_id    VARCHAR,
    version             INTEGER,
    is_current          BOOLEAN,
    outlet_name         VARCHAR,
    outlet_domain       VARCHAR,
    agency_name         VARCHAR,
    headline            VARCHAR,
    standfirst          VARCHAR,
    authors             VARCHAR[],
    contributors        VARCHAR[],
    published_at        TIMESTAMP,
    published_precision VARCHAR,
    published_text      VARCHAR,
    utc_offset_minutes  INTEGER,
    modified_at         TIMESTAMP,
    dateline            VARCHAR,
    dateline_place      VARCHAR,
    section             VARCHAR,
    language            VARCHAR,
    url                 VARCHAR,
    correction          VARCHAR,
    body                VARCHAR NOT NULL,
    page_text           VARCHAR,
    text_key           VARCHAR,
    word_count          INTEGER,
    copy_group_id       VARCHAR,
    story_id            VARCHAR,
    origin              VARCHAR NOT NULL,
    run_id              VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.claim_actors (
    claim_id         VARCHAR NOT NULL,
    article_id       VARCHAR NOT NULL,
    article_actor_id VARCHAR NOT NULL,
    actor_id         VARCHAR,
    role             VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.claim_group_members (
    claim_group_id        VARCHAR NOT NULL,
    claim_id              VARCHAR NOT NULL,
    article_id            VARCHAR NOT NULL,
    chain                 INTEGER NOT NULL,
    independent_text_id   VARCHAR NOT NULL,
    independent_origin_id VARCHAR NOT NULL,
    is_current            BOOLEAN NOT NULL,
    origin                VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.claim_groups (
    claim_group_id           VARCHAR NOT NULL,
    story_id                 VARCHAR,
    canonical_claim_id       VARCHAR NOT NULL,
    canonical_text           VARCHAR NOT NULL,
    claim_count              INTEGER NOT NULL,
    article_count            INTEGER NOT NULL,
    independent_text_count   INTEGER NOT NULL,
    independent_origin_count INTEGER NOT NULL,
    grade                    VARCHAR NOT NULL,
    has_both_sides           BOOLEAN NOT NULL,
    is_contested             BOOLEAN NOT NULL,
    is_denied                BOOLEAN NOT NULL,
    is_withdrawn             BOOLEAN NOT NULL,
    first_reported_at        TIMESTAMP,
    last_reported_at         TIMESTAMP,
    origin                   VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.claim_links (
    claim_id       VARCHAR NOT NULL,
    other_claim_id VARCHAR NOT NULL,
    link_type      VARCHAR NOT NULL,
    score          DOUBLE NOT NULL,
    reason         VARCHAR NOT NULL,
    origin         VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.claim_locations (
    claim_id    VARCHAR NOT NULL,
    article_id  VARCHAR NOT NULL,
    location_id VARCHAR NOT NULL,
    role        VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.claim_quantities (
    quantity_id      VARCHAR NOT NULL,
    claim_id         VARCHAR NOT NULL,
    article_id       VARCHAR NOT NULL,
    start            INTEGER NOT NULL,
    "end"            INTEGER NOT NULL,
    text             VARCHAR NOT NULL,
    kind             VARCHAR NOT NULL,
    low              DOUBLE,
    high             DOUBLE,
    comparator       VARCHAR NOT NULL,
    unit             VARCHAR,
    population       VARCHAR,
    scope            VARCHAR,
    scope_start_date DATE,
    place            VARCHAR,
    origin           VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.claim_repeats (
    article_id VARCHAR NOT NULL,
    claim_id   VARCHAR NOT NULL,
    part       VARCHAR NOT NULL,
    score      DOUBLE NOT NULL,
    origin     VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.claim_sources (
    claim_id         VARCHAR NOT NULL,
    article_id       VARCHAR NOT NULL,
    chain            INTEGER NOT NULL,
    hop              INTEGER NOT NULL,
    surface          VARCHAR NOT NULL,
    surface_start    INTEGER,
    surface_end      INTEGER,
    article_actor_id VARCHAR,
    actor_id         VARCHAR,
    source_type      VARCHAR NOT NULL,
    is_named         BOOLEAN NOT NULL,
    ground_rules     VARCHAR,
    source_count     INTEGER,
    party_role       VARCHAR,
    origin           VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.claims (
    claim_id                 VARCHAR NOT NULL,
    article_id               VARCHAR NOT NULL,
    sentence_id              VARCHAR,
    parent_claim_id          VARCHAR,
    speaker_article_actor_id VARCHAR,
    speaker_actor_id         VARCHAR,
    speaker_name             VARCHAR,
    source_type              VARCHAR NOT NULL,
    is_named                 BOOLEAN NOT NULL,
    content_text             VARCHAR NOT NULL,
    content_spans            STRUCT(start INTEGER, "end" INTEGER)[] NOT NULL,
    source_spans             STRUCT(start INTEGER, "end" INTEGER)[] NOT NULL,
    cue_spans                STRUCT(start INTEGER, "end" INTEGER)[] NOT NULL,
    cue_text                 VARCHAR,
    cue_lemma                VARCHAR,
    cue_start                INTEGER,
    cue_end                  INTEGER,
    form                     VARCHAR NOT NULL,
    cue_class                VARCHAR NOT NULL,
    cue_type                 VARCHAR NOT NULL,
    cue_stance               VARCHAR NOT NULL,
    polarity                 VARCHAR NOT NULL,
    certainty                VARCHAR NOT NULL,
    hedges                   VARCHAR[] NOT NULL,
    tense                    VARCHAR NOT NULL,
    is_attribution_negated   BOOLEAN NOT NULL,
    caveat                   VARCHAR,
    said_start_date          DATE,
    said_end_date            DATE,
    said_precision           VARCHAR,
    about_start_date         DATE,
    about_end_date           DATE,
    about_precision          VARCHAR,
    is_statement             BOOLEAN NOT NULL,
    construction             VARCHAR NOT NULL,
    score                    DOUBLE NOT NULL,
    claim_group_id           VARCHAR,
    origin                   VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.copies (
    article_id         VARCHAR NOT NULL,
    copy_group_id      VARCHAR NOT NULL,
    role               VARCHAR NOT NULL,
    first_article_id   VARCHAR NOT NULL,
    containment        DOUBLE NOT NULL,
    agency_name        VARCHAR,
    dropped_paragraphs INTEGER[] NOT NULL,
    origin             VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.figure_group_members (
    figure_group_id VARCHAR NOT NULL,
    quantity_id     VARCHAR NOT NULL,
    origin          VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.figure_groups (
    figure_group_id            VARCHAR NOT NULL,
    story_id                   VARCHAR,
    kind                       VARCHAR NOT NULL,
    unit                       VARCHAR,
    population                 VARCHAR,
    place                      VARCHAR,
    figure_count               INTEGER NOT NULL,
    article_count              INTEGER NOT NULL,
    independent_text_count     INTEGER NOT NULL,
    speaker_count              INTEGER NOT NULL,
    low                        DOUBLE,
    high                       DOUBLE,
    is_disputed                BOOLEAN NOT NULL,
    conservative_quantity_id   VARCHAR NOT NULL,
    informative_quantity_id    VARCHAR NOT NULL,
    representative_quantity_id VARCHAR NOT NULL,
    origin                     VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.figure_links (
    quantity_id       VARCHAR NOT NULL,
    other_quantity_id VARCHAR NOT NULL,
    is_comparable     BOOLEAN NOT NULL,
    reason            VARCHAR NOT NULL,
    origin            VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.lines (
    article_id VARCHAR NOT NULL,
    line_no    INTEGER NOT NULL,
    role       VARCHAR NOT NULL,
    rule       VARCHAR NOT NULL,
    text       VARCHAR NOT NULL,
    start      INTEGER,
    "end"      INTEGER,
    page_start INTEGER NOT NULL,
    page_end   INTEGER NOT NULL,
    origin     VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.location_mentions (
    article_id      VARCHAR NOT NULL,
    location_id     VARCHAR,
    start           INTEGER NOT NULL,
    "end"           INTEGER NOT NULL,
    text            VARCHAR NOT NULL,
    label           VARCHAR NOT NULL,
    candidate_count INTEGER NOT NULL,
    rule            VARCHAR NOT NULL,
    score           DOUBLE NOT NULL,
    is_focus        BOOLEAN NOT NULL,
    is_metonym      BOOLEAN NOT NULL,
    is_demonym      BOOLEAN NOT NULL,
    direction       VARCHAR,
    distance_km     DOUBLE,
    origin          VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.locations (
    location_id   VARCHAR NOT NULL,
    name          VARCHAR NOT NULL,
    kind          VARCHAR NOT NULL,
    country_code  VARCHAR,
    admin1_name   VARCHAR,
    lat           DOUBLE,
    lon           DOUBLE,
    geonames_id   BIGINT,
    precision     VARCHAR NOT NULL,
    article_count INTEGER NOT NULL,
    mention_count INTEGER NOT NULL,
    origin        VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.sentences (
    sentence_id  VARCHAR NOT NULL,
    article_id   VARCHAR NOT NULL,
    sentence_no  INTEGER NOT NULL,
    paragraph_no INTEGER NOT NULL,
    start        INTEGER NOT NULL,
    "end"        INTEGER NOT NULL,
    text         VARCHAR NOT NULL,
    is_quoted    BOOLEAN NOT NULL,
    origin       VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.stories (
    story_id               VARCHAR NOT NULL,
    headline               VARCHAR,
    article_count          INTEGER NOT NULL,
    outlet_count           INTEGER NOT NULL,
    independent_text_count INTEGER NOT NULL,
    first_published_at     TIMESTAMP,
    last_published_at      TIMESTAMP,
    origin                 VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core.time_mentions (
    article_id VARCHAR NOT NULL,
    start      INTEGER NOT NULL,
    "end"      INTEGER NOT NULL,
    text       VARCHAR NOT NULL,
    start_date DATE,
    end_date   DATE,
    precision  VARCHAR NOT NULL,
    rule       VARCHAR NOT NULL,
    origin     VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS ops.checks (
    run_id        VARCHAR NOT NULL,
    table_name    VARCHAR NOT NULL,
    check_name    VARCHAR NOT NULL,
    severity      VARCHAR NOT NULL,
    is_passed     BOOLEAN NOT NULL,
    checked_count BIGINT,
    failed_count  BIGINT,
    example       VARCHAR
);
CREATE TABLE IF NOT EXISTS ops.overrides_applied (
    run_id        VARCHAR NOT NULL,
    file          VARCHAR NOT NULL,
    line_no       INTEGER NOT NULL,
    is_orphaned   BOOLEAN NOT NULL,
    matched_count INTEGER NOT NULL,
    who           VARCHAR,
    decided_on    DATE,
    why           VARCHAR
);
CREATE TABLE IF NOT EXISTS ops.period_articles (
    period             VARCHAR NOT NULL,
    article_id         VARCHAR NOT NULL,
    is_home            BOOLEAN NOT NULL,
    story_no           INTEGER NOT NULL,
    copy_group_id      VARCHAR,
    role               VARCHAR,
    first_article_id   VARCHAR,
    containment        DOUBLE,
    agency_name        VARCHAR,
    dropped_paragraphs INTEGER[]
);
CREATE TABLE IF NOT EXISTS ops.quarantine (
    run_id      VARCHAR NOT NULL,
    table_name  VARCHAR NOT NULL,
    rule        VARCHAR NOT NULL,
    column_name VARCHAR,
    value       VARCHAR,
    row         JSON NOT NULL
);
CREATE TABLE IF NOT EXISTS ops.rejects (
    document_id VARCHAR NOT NULL,
    source_uri  VARCHAR NOT NULL,
    reason      VARCHAR NOT NULL,
    detail      VARCHAR,
    byte_count  BIGINT,
    rejected_at TIMESTAMP NOT NULL,
    run_id      VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS ops.run_steps (
    run_id     VARCHAR NOT NULL,
    step       VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    seconds    DOUBLE NOT NULL,
    row_count  BIGINT
);
CREATE TABLE IF NOT EXISTS ops.runs (
    run_id         VARCHAR NOT NULL,
    started_at     TIMESTAMP NOT NULL,
    ended_at       TIMESTAMP,
    status         VARCHAR NOT NULL,
    version        VARCHAR NOT NULL,
    model          VARCHAR,
    documents_read INTEGER,
    articles       INTEGER,
    duplicates     INTEGER,
    refused        INTEGER,
    claims         INTEGER,
    checks_failed  INTEGER,
    checks_warned  INTEGER,
    summary        VARCHAR
);
CREATE TABLE IF NOT EXISTS ops.state (
    key   VARCHAR NOT NULL PRIMARY KEY,
    value VARCHAR NOT NULL
);
