-- Fold a word to the term under which it is indexed: lower case, no accents, English plural s off.
-- example: SELECT search_term('Ministries')
CREATE OR REPLACE MACRO main.search_term(word) AS (
    CASE
        WHEN lower(word) IN ('news', 'series', 'species') THEN lower(word)
        WHEN regexp_matches(lower(strip_accents(word)), '[^ea]ies$') AND length(word) > 4
            THEN regexp_replace(lower(strip_accents(word)), 'ies$', 'y')
        WHEN regexp_matches(lower(strip_accents(word)), '(ch|sh|ss|x|z)es$')
            THEN regexp_replace(lower(strip_accents(word)), 'es$', '')
        WHEN regexp_matches(lower(strip_accents(word)), '[^us]s$') AND length(word) > 3
            THEN regexp_replace(lower(strip_accents(word)), 's$', '')
        ELSE lower(strip_accents(word))
    END
);
