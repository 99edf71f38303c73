-- Rows in quarantine know their article, so that they leave when it is read again.
ALTER TABLE ops.quarantine ADD COLUMN IF NOT EXISTS article_id VARCHAR;
ALTER TABLE ops.quarantine ADD COLUMN IF NOT EXISTS fingerprint VARCHAR;
UPDATE ops.quarantine SET article_id = row ->> 'article_id' WHERE article_id IS NULL;
