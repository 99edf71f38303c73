-- Articles are compared by what they share, not by periods of time: what was kept of periods goes.
DROP TABLE IF EXISTS ops.period_articles;
