-- Which figures exclude each other? The range, and who stands for its ends.
SELECT story_headline, kind, place, population, low, high, conservative_text, conservative_speaker, informative_text, informative_speaker, article_count
FROM figure_groups
WHERE is_disputed
ORDER BY story_headline, kind, low
