CREATE OR REPLACE VIEW mart.articles AS
SELECT
    a.article_id,
    a.outlet_name,
    a.headline,
    a.standfirst,
    a.url,
    a.published_at,
    a.published_precision,
    a.published_at + CASE WHEN a.published_precision = 'day' THEN INTERVAL 1 DAY ELSE INTERVAL 0 DAY END AS published_latest_at,
    a.modified_at,
    a.version,
    array_to_string(a.authors, '; ') AS authors,
    a.agency_name,
    f.outlet_name AS copied_from_outlet_name,
    a.section,
    a.dateline_place,
    l.places,
    k.speakers,
    coalesce(n.claim_count, 0) AS claim_count,
    coalesce(n.own_voice_count, 0) AS own_voice_count,
    coalesce(k.anonymous_count, 0) AS anonymous_count,
    a.word_count,
    a.correction,
    a.body,
    a.story_id,
    t.headline AS story_headline,
    a.copy_group_id
FROM core.articles AS a
LEFT JOIN core.stories AS t ON t.story_id = a.story_id
LEFT JOIN core.copies AS c ON c.article_id = a.article_id AND c.first_article_id <> a.article_id AND c.role <> 'version'
LEFT JOIN core.articles AS f ON f.article_id = c.first_article_id
LEFT JOIN (
    SELECT
        article_id,
        count(*) FILTER (NOT is_statement AND cue_class NOT IN ('declined', 'credit')) AS claim_count,
        count(*) FILTER (is_statement AND construction = 'statement') AS own_voice_count
    FROM core.claims
    GROUP BY article_id
) AS n ON n.article_id = a.article_id
LEFT JOIN (
    SELECT
        article_id,
        string_agg(DISTINCT speaker_name, '; ' ORDER BY speaker_name) AS speakers,
        count(DISTINCT claim_id) FILTER (chain = 0 AND naming = 'anonymous') AS anonymous_count
    FROM mart.statements
    GROUP BY article_id
) AS k ON k.article_id = a.article_id
LEFT JOIN (
    SELECT m.article_id, string_agg(DISTINCT p.name, '; ' ORDER BY p.name) AS places
    FROM core.location_mentions AS m
    JOIN core.locations AS p USING (location_id)
    WHERE m.is_focus
    GROUP BY m.article_id
) AS l ON l.article_id = a.article_id
WHERE a.is_current;

COMMENT ON VIEW mart.articles IS 'Articles in their newest version, with who speaks in them and where they play. Older versions are in core.articles.';
COMMENT ON COLUMN mart.articles.article_id IS 'Article';
COMMENT ON COLUMN mart.articles.outlet_name IS 'Outlet that published it';
COMMENT ON COLUMN mart.articles.headline IS 'Headline';
COMMENT ON COLUMN mart.articles.standfirst IS 'Standfirst or summary below the headline';
COMMENT ON COLUMN mart.articles.url IS 'Address';
COMMENT ON COLUMN mart.articles.published_at IS 'UTC time of publication; how precise: published_precision';
COMMENT ON COLUMN mart.articles.published_precision IS 'second, minute, hour or day; with day, the hour in published_at means nothing';
COMMENT ON COLUMN mart.articles.published_latest_at IS 'Latest UTC time it may have been published: the end of the day where only a day is printed. Sort by it to ask who was first';
COMMENT ON COLUMN mart.articles.modified_at IS 'UTC time of the last change, as the page states it';
COMMENT ON COLUMN mart.articles.version IS 'Number of this version';
COMMENT ON COLUMN mart.articles.authors IS 'Authors by the byline';
COMMENT ON COLUMN mart.articles.agency_name IS 'News agency it is credited to, several joined by "; "';
COMMENT ON COLUMN mart.articles.copied_from_outlet_name IS 'Outlet that had the same text first';
COMMENT ON COLUMN mart.articles.section IS 'Section of the outlet';
COMMENT ON COLUMN mart.articles.dateline_place IS 'Place of the dateline';
COMMENT ON COLUMN mart.articles.places IS 'Places the article is about';
COMMENT ON COLUMN mart.articles.speakers IS 'Who speaks in it';
COMMENT ON COLUMN mart.articles.claim_count IS 'Attributed claims';
COMMENT ON COLUMN mart.articles.own_voice_count IS 'Events it states in its own voice';
COMMENT ON COLUMN mart.articles.anonymous_count IS 'Claims whose first speaker is anonymous, as in mart.statements';
COMMENT ON COLUMN mart.articles.word_count IS 'Words in the body';
COMMENT ON COLUMN mart.articles.correction IS 'Text of a correction notice';
COMMENT ON COLUMN mart.articles.body IS 'Article text without boilerplate';
COMMENT ON COLUMN mart.articles.story_id IS 'Story';
COMMENT ON COLUMN mart.articles.story_headline IS 'Headline of the first article of the story';
COMMENT ON COLUMN mart.articles.copy_group_id IS 'Group of articles with the same text';
