-- severity: critical
-- why: A row that hangs on another must find it.
SELECT 'core.articles without document' AS what, article_id AS id FROM core.articles ANTI JOIN raw.documents USING (document_id)
UNION ALL SELECT 'core.claim_locations without place', location_id FROM core.claim_locations ANTI JOIN core.locations USING (location_id)
UNION ALL SELECT 'core.location_mentions without place', location_id FROM core.location_mentions ANTI JOIN core.locations USING (location_id) WHERE location_id IS NOT NULL
UNION ALL SELECT 'core.article_actors without identity', article_actor_id FROM core.article_actors ANTI JOIN core.actors USING (actor_id)
-- what hangs on rows of its own article can only have changed with it
UNION ALL SELECT 'core.claims without article', x.claim_id FROM core.claims AS x JOIN articles_to_check USING (article_id)
    WHERE x.article_id NOT IN (SELECT article_id FROM core.articles SEMI JOIN articles_to_check USING (article_id))
UNION ALL SELECT 'core.claim_sources without claim', x.claim_id FROM core.claim_sources AS x JOIN articles_to_check USING (article_id)
    WHERE x.claim_id NOT IN (SELECT claim_id FROM core.claims SEMI JOIN articles_to_check USING (article_id))
UNION ALL SELECT 'core.claim_quantities without claim', x.claim_id FROM core.claim_quantities AS x JOIN articles_to_check USING (article_id)
    WHERE x.claim_id NOT IN (SELECT claim_id FROM core.claims SEMI JOIN articles_to_check USING (article_id))
UNION ALL SELECT 'core.claim_actors without claim', x.claim_id FROM core.claim_actors AS x JOIN articles_to_check USING (article_id)
    WHERE x.claim_id NOT IN (SELECT claim_id FROM core.claims SEMI JOIN articles_to_check USING (article_id))
UNION ALL SELECT 'core.claim_locations without claim', x.claim_id FROM core.claim_locations AS x JOIN articles_to_check USING (article_id)
    WHERE x.claim_id NOT IN (SELECT claim_id FROM core.claims SEMI JOIN articles_to_check USING (article_id))
UNION ALL SELECT 'core.actor_mentions without actor', x.article_actor_id FROM core.actor_mentions AS x JOIN articles_to_check USING (article_id)
    WHERE x.article_actor_id NOT IN (SELECT article_actor_id FROM core.article_actors SEMI JOIN articles_to_check USING (article_id))
UNION ALL SELECT 'core.claims with unknown speaker', x.claim_id FROM core.claims AS x JOIN articles_to_check USING (article_id)
    WHERE x.speaker_article_actor_id NOT IN (SELECT article_actor_id FROM core.article_actors SEMI JOIN articles_to_check USING (article_id)) AND x.speaker_article_actor_id IS NOT NULL
UNION ALL SELECT 'core.claims without sentence', x.claim_id FROM core.claims AS x JOIN articles_to_check USING (article_id)
    WHERE x.sentence_id NOT IN (SELECT sentence_id FROM core.sentences SEMI JOIN articles_to_check USING (article_id)) AND x.sentence_id IS NOT NULL
UNION ALL SELECT 'core.claims without parent', x.claim_id FROM core.claims AS x JOIN articles_to_check USING (article_id)
    WHERE x.parent_claim_id NOT IN (SELECT claim_id FROM core.claims SEMI JOIN articles_to_check USING (article_id)) AND x.parent_claim_id IS NOT NULL
UNION ALL SELECT 'core.claim_sources with unknown actor', x.claim_id FROM core.claim_sources AS x JOIN articles_to_check USING (article_id)
    WHERE x.article_actor_id NOT IN (SELECT article_actor_id FROM core.article_actors SEMI JOIN articles_to_check USING (article_id)) AND x.article_actor_id IS NOT NULL
UNION ALL SELECT 'core.claim_actors without actor', x.claim_id FROM core.claim_actors AS x JOIN articles_to_check USING (article_id)
    WHERE x.article_actor_id NOT IN (SELECT article_actor_id FROM core.article_actors SEMI JOIN articles_to_check USING (article_id))
