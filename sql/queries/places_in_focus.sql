-- Which places is the news about, and how many claims are about them?
SELECT name, kind, country_code, lat, lon, focus_article_count AS articles, mention_count AS mentions, claim_count AS claims
FROM places
WHERE focus_article_count > 0
ORDER BY articles DESC, mentions DESC, name
