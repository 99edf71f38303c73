-- What every report reads: articles and claims with names to print, and whether they fall into the period.
CREATE OR REPLACE TEMP VIEW told_articles AS
SELECT
    a.article_id, coalesce(a.story_id, a.article_id) AS story_id, coalesce(nullif(trim(s.headline), ''), nullif(trim(a.headline), ''), 'no headline') AS story_headline,
    coalesce(nullif(trim(a.outlet_name), ''), a.outlet_domain, 'unknown outlet') AS outlet_name, a.agency_name, coalesce(nullif(trim(a.headline), ''), 'no headline') AS headline,
    a.url, a.language, coalesce(a.is_current, TRUE) AS is_current, coalesce(a.version, 1) AS version,
    coalesce(a.first_version_id, a.article_id) AS first_version_id, coalesce(a.copy_group_id, a.article_id) AS text_id,
    a.correction, d.happened_at, d.is_day_only, d.is_in_period, d.is_before
FROM core.articles AS a
JOIN dated_articles AS d USING (article_id)
LEFT JOIN core.stories AS s ON s.story_id = a.story_id;

-- Sentences that the content of a claim stands in; the first place has the one that holds most of it.
CREATE OR REPLACE TEMP TABLE told_sentences AS
SELECT claim_id, sentence_id, sentence_no, row_number() OVER (PARTITION BY claim_id ORDER BY letters DESC, sentence_no) AS place
FROM (
    SELECT c.claim_id, s.sentence_id, s.sentence_no, sum(least(s."end", c.span."end") - greatest(s.start, c.span.start)) AS letters
    FROM (SELECT claim_id, article_id, unnest(content_spans) AS span FROM core.claims) AS c
    JOIN core.sentences AS s ON s.article_id = c.article_id AND s.start < c.span."end" AND s."end" > c.span.start
    GROUP BY ALL
);

-- Sentences that hold a claim with a source: what the outlet adds there in its own words is told by that clause alone.
CREATE OR REPLACE TEMP TABLE sourced_sentences AS
SELECT DISTINCT b.sentence_id FROM told_sentences AS b JOIN core.claims AS c USING (claim_id)
WHERE NOT c.is_statement AND c.cue_class NOT IN ('declined', 'credit', 'topic');

CREATE OR REPLACE TEMP VIEW told_speakers AS
SELECT
    k.claim_id,
    list(DISTINCT k.name ORDER BY k.name) AS speakers,
    bool_or(NOT k.is_named AND lower(k.name) NOT IN (SELECT word FROM pronouns)) AS is_unnamed,
    bool_or( -- a person who keeps the name back, as naming in mart.statements
        NOT k.is_named AND lower(k.name) NOT IN (SELECT word FROM pronouns)
        AND k.source_type IN ('unnamed_official', 'unnamed_person', 'eyewitness', 'expert')
    ) AS is_anonymous
FROM (
    SELECT h.claim_id, h.is_named, h.source_type,
        coalesce( -- one name for one actor, as articles spell it differently
            CASE WHEN h.is_named THEN nullif(trim(p.canonical_name), '') END, CASE WHEN h.chain = 0 THEN nullif(trim(c.speaker_name), '') END,
            nullif(trim(p.canonical_name), ''), nullif(trim(h.surface), '')) AS name
    FROM core.claim_sources AS h
    JOIN core.claims AS c USING (claim_id)
    LEFT JOIN core.actors AS p ON p.actor_id = h.actor_id
    WHERE h.hop = 0 AND h.source_type NOT IN ('own_reporting', 'unattributed')
) AS k
WHERE k.name IS NOT NULL
GROUP BY k.claim_id;

CREATE OR REPLACE TEMP VIEW told_claims AS
SELECT
    c.claim_id, c.article_id, c.claim_group_id, c.content_text,
    CASE WHEN c.is_statement AND o.sentence_id IS NOT NULL THEN c.content_text ELSE coalesce(s.text, c.content_text) END AS sentence_text,
    b.sentence_id AS main_sentence_id, c.is_statement AND o.sentence_id IS NOT NULL AS is_clause,
    c.content_spans[1].start AS content_start, coalesce(k.speakers, []) AS speakers, c.speaker_actor_id, c.source_type,
    coalesce(k.is_unnamed, FALSE) AS is_unnamed, coalesce(k.is_anonymous, FALSE) AS is_anonymous, c.is_statement, c.cue_class, c.cue_type, c.cue_stance, c.polarity, c.tense, c.caveat,
    c.about_start_date, c.about_end_date, c.about_precision, g.grade, coalesce(g.article_count, 1) AS article_count,
    coalesce(g.independent_origin_count, 1) AS origin_count, coalesce(g.independent_text_count, 1) AS text_count,
    a.story_id, a.story_headline, a.outlet_name, a.headline, a.url, a.is_current, a.version, a.text_id, a.happened_at, a.is_day_only, a.is_in_period,
    a.is_before
FROM core.claims AS c
JOIN told_articles AS a USING (article_id)
LEFT JOIN told_sentences AS b ON b.claim_id = c.claim_id AND b.place = 1
LEFT JOIN core.sentences AS s ON s.sentence_id = b.sentence_id
LEFT JOIN sourced_sentences AS o ON o.sentence_id = b.sentence_id
LEFT JOIN told_speakers AS k ON k.claim_id = c.claim_id
LEFT JOIN core.claim_groups AS g ON g.claim_group_id = c.claim_group_id
WHERE c.cue_class NOT IN ('declined', 'credit', 'topic');

-- Places as articles name them: without what stands for people or governments, or inside the name of an organisation.
CREATE OR REPLACE TEMP VIEW told_places AS
SELECT m.article_id, m.location_id, m.is_focus FROM core.location_mentions AS m
WHERE NOT m.is_demonym AND NOT m.is_metonym AND NOT EXISTS (
    SELECT 1 FROM core.actor_mentions AS n WHERE n.article_id = m.article_id AND n.mention_type = 'name'
        AND n.start <= m.start AND n."end" >= m."end" AND n."end" - n.start > m."end" - m.start
);
