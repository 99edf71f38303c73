-- severity: critical
-- why: A row that hangs on another must find it.
SELECT 'core.articles without document' AS what, article_id AS id FROM core.articles WHERE document_id NOT IN (SELECT document_id FROM raw.documents)
UNION ALL SELECT 'core.claims without article', claim_id FROM core.claims WHERE article_id NOT IN (SELECT article_id FROM core.articles)
UNION ALL SELECT 'core.claim_sources without claim', claim_id FROM core.claim_sources WHERE claim_id NOT IN (SELECT claim_id FROM core.claims)
UNION ALL SELECT 'core.claim_quantities without claim', claim_id FROM core.claim_quantities WHERE claim_id NOT IN (SELECT claim_id FROM core.claims)
UNION ALL SELECT 'core.claim_actors without claim', claim_id FROM core.claim_actors WHERE claim_id NOT IN (SELECT claim_id FROM core.claims)
UNION ALL SELECT 'core.claim_locations without place', location_id FROM core.claim_locations WHERE location_id NOT IN (SELECT location_id FROM core.locations)
UNION ALL SELECT 'core.location_mentions without place', location_id FROM core.location_mentions
    WHERE location_id IS NOT NULL AND location_id NOT IN (SELECT location_id FROM core.locations)
UNION ALL SELECT 'core.actor_mentions without actor', article_actor_id FROM core.actor_mentions
    WHERE article_actor_id NOT IN (SELECT article_actor_id FROM core.article_actors)
UNION ALL SELECT 'core.article_actors without identity', article_actor_id FROM core.article_actors
    WHERE actor_id IS NULL OR actor_id NOT IN (SELECT actor_id FROM core.actors)
UNION ALL SELECT 'core.claims with unknown speaker', claim_id FROM core.claims
    WHERE speaker_article_actor_id IS NOT NULL AND speaker_article_actor_id NOT IN (SELECT article_actor_id FROM core.article_actors)
UNION ALL SELECT 'core.claims without sentence', claim_id FROM core.claims
    WHERE sentence_id IS NOT NULL AND sentence_id NOT IN (SELECT sentence_id FROM core.sentences)
UNION ALL SELECT 'core.claims without parent', claim_id FROM core.claims
    WHERE parent_claim_id IS NOT NULL AND parent_claim_id NOT IN (SELECT claim_id FROM core.claims)
UNION ALL SELECT 'core.claim_locations without claim', claim_id FROM core.claim_locations WHERE claim_id NOT IN (SELECT claim_id FROM core.claims)
UNION ALL SELECT 'core.claim_sources with unknown actor', claim_id FROM core.claim_sources
    WHERE article_actor_id IS NOT NULL AND article_actor_id NOT IN (SELECT article_actor_id FROM core.article_actors)
UNION ALL SELECT 'core.claim_actors without actor', claim_id FROM core.claim_actors
    WHERE article_actor_id NOT IN (SELECT article_actor_id FROM core.article_actors)
