CREATE OR REPLACE VIEW mart.figures AS
SELECT
    q.quantity_id,
    q.claim_id,
    q.article_id,
    a.outlet_name,
    a.published_at,
    q.kind,
    q.low,
    q.high,
    q.comparator,
    q.unit,
    q.is_unit_assumed,
    q.population,
    q.scope,
    q.text,
    coalesce(k.speakers, p.canonical_name) AS speaker_name,
    c.source_type,
    c.content_text,
    c.is_statement,
    format('[{}:{}-{}]', q.article_id, q.start, q."end") AS reference,
    coalesce(q.population, nullif(q.unit, 'person'), q.kind) AS counted,
    q.place,
    q.scope_start_date,
    c.about_start_date,
    c.about_end_date,
    k.naming,
    s.text AS sentence_text,
    a.headline,
    a.url,
    a.published_precision,
    a.agency_name,
    a.story_id,
    t.headline AS story_headline,
    m.figure_group_id,
    f.is_disputed
FROM core.claim_quantities AS q
JOIN core.claims AS c USING (claim_id)
JOIN core.articles AS a ON a.article_id = q.article_id
LEFT JOIN core.actors AS p ON p.actor_id = c.speaker_actor_id
LEFT JOIN core.stories AS t ON t.story_id = a.story_id
LEFT JOIN core.sentences AS s ON s.sentence_id = c.sentence_id
LEFT JOIN core.figure_group_members AS m ON m.quantity_id = q.quantity_id
LEFT JOIN core.figure_groups AS f ON f.figure_group_id = m.figure_group_id
LEFT JOIN mart.claims AS k ON k.claim_id = q.claim_id
WHERE a.is_current;

COMMENT ON VIEW mart.figures IS 'Figures stated in current article versions, with who states them and what they count. Never add them up: kinds, populations, places and periods differ.';
COMMENT ON COLUMN mart.figures.quantity_id IS 'Figure';
COMMENT ON COLUMN mart.figures.claim_id IS 'Claim that states it';
COMMENT ON COLUMN mart.figures.article_id IS 'Article';
COMMENT ON COLUMN mart.figures.outlet_name IS 'Outlet';
COMMENT ON COLUMN mart.figures.published_at IS 'UTC time of publication; how precise: published_precision';
COMMENT ON COLUMN mart.figures.kind IS 'What happened to those counted, or what is measured: killed, wounded, displaced, captured, arrested, missing, people, distance, money, percent or other';
COMMENT ON COLUMN mart.figures.low IS 'Lowest value it allows';
COMMENT ON COLUMN mart.figures.high IS 'Highest value it allows';
COMMENT ON COLUMN mart.figures.comparator IS 'exact, at_least, more_than, about, up_to …';
COMMENT ON COLUMN mart.figures.unit IS 'Unit: person, km, USD …';
COMMENT ON COLUMN mart.figures.is_unit_assumed IS 'Whether a sum is printed with a bare currency ("$", "pesos"): unit is that of the outlet''s country';
COMMENT ON COLUMN mart.figures.population IS 'Who is counted, where the words say so';
COMMENT ON COLUMN mart.figures.scope IS 'incident or cumulative';
COMMENT ON COLUMN mart.figures.text IS 'As printed';
COMMENT ON COLUMN mart.figures.speaker_name IS 'Who states it, all speakers; empty where the outlet states it in its own voice';
COMMENT ON COLUMN mart.figures.source_type IS 'Type of the first speaker';
COMMENT ON COLUMN mart.figures.content_text IS 'Claim it stands in';
COMMENT ON COLUMN mart.figures.is_statement IS 'Whether the outlet states it in its own voice';
COMMENT ON COLUMN mart.figures.reference IS 'Article and code points: [article:start-end]';
COMMENT ON COLUMN mart.figures.counted IS 'What is counted, in one word: the population, else the unit, else the kind';
COMMENT ON COLUMN mart.figures.place IS 'Place it is stated for, as printed';
COMMENT ON COLUMN mart.figures.scope_start_date IS 'Day since when a cumulative figure counts';
COMMENT ON COLUMN mart.figures.about_start_date IS 'First day the claim is about';
COMMENT ON COLUMN mart.figures.about_end_date IS 'Last day the claim is about';
COMMENT ON COLUMN mart.figures.naming IS 'named, anonymous, group, document, pronoun or nobody, as in mart.statements; of the first speaker';
COMMENT ON COLUMN mart.figures.sentence_text IS 'Sentence around it, as printed';
COMMENT ON COLUMN mart.figures.headline IS 'Headline of the article';
COMMENT ON COLUMN mart.figures.url IS 'Address of the article';
COMMENT ON COLUMN mart.figures.published_precision IS 'second, minute, hour or day';
COMMENT ON COLUMN mart.figures.agency_name IS 'News agency the article is credited to';
COMMENT ON COLUMN mart.figures.story_id IS 'Story of the article';
COMMENT ON COLUMN mart.figures.story_headline IS 'Headline of the first article of the story';
COMMENT ON COLUMN mart.figures.figure_group_id IS 'Group of figures that count the same thing: mart.figure_groups';
COMMENT ON COLUMN mart.figures.is_disputed IS 'Whether claims contradict each other in figures of that group';
