"""Primary and foreign keys of the ledger, for exports that have them."""

from newsledger.model.references import ARTICLE_TABLES

PRIMARY_KEYS: dict[str, tuple[str, ...]] = {
    "core.articles": ("article_id",),
    "core.sentences": ("sentence_id",),
    "core.lines": ("article_id", "line_no"),
    "core.claims": ("claim_id",),
    "core.claim_sources": ("claim_id", "chain", "hop"),
    "core.claim_quantities": ("quantity_id",),
    "core.claim_groups": ("claim_group_id",),
    "core.claim_links": ("claim_id", "other_claim_id"),
    "core.article_actors": ("article_actor_id",),
    "core.actors": ("actor_id",),
    "core.locations": ("location_id",),
    "core.stories": ("story_id",),
    "core.figure_groups": ("figure_group_id",),
    "core.figure_group_members": ("figure_group_id", "quantity_id"),
    "core.copies": ("article_id",),
}

FOREIGN_KEYS: tuple[tuple[str, str, str, str], ...] = (
    *(
        (table, "article_id", "core.articles", "article_id")
        for table in (*ARTICLE_TABLES, "core.copies", "core.claim_group_members")
        if table != "core.articles"
    ),
    ("core.articles", "story_id", "core.stories", "story_id"),
    ("core.claims", "sentence_id", "core.sentences", "sentence_id"),
    ("core.claims", "claim_group_id", "core.claim_groups", "claim_group_id"),
    ("core.claims", "parent_claim_id", "core.claims", "claim_id"),
    ("core.claims", "speaker_actor_id", "core.actors", "actor_id"),
    ("core.claims", "speaker_article_actor_id", "core.article_actors", "article_actor_id"),
    ("core.claim_groups", "story_id", "core.stories", "story_id"),
    ("core.claim_groups", "canonical_claim_id", "core.claims", "claim_id"),
    ("core.claim_group_members", "claim_group_id", "core.claim_groups", "claim_group_id"),
    ("core.claim_group_members", "claim_id", "core.claims", "claim_id"),
    ("core.claim_links", "claim_id", "core.claims", "claim_id"),
    ("core.claim_links", "other_claim_id", "core.claims", "claim_id"),
    *(
        (table, "claim_id", "core.claims", "claim_id")
        for table in (
            "core.claim_sources",
            "core.claim_quantities",
            "core.claim_actors",
            "core.claim_locations",
        )
    ),
    *(
        (table, "actor_id", "core.actors", "actor_id")
        for table in (
            "core.article_actors",
            "core.actor_aliases",
            "core.actor_mentions",
            "core.actor_roles",
            "core.claim_sources",
            "core.claim_actors",
        )
    ),
    *(
        (table, "location_id", "core.locations", "location_id")
        for table in ("core.location_mentions", "core.claim_locations")
    ),
    ("core.figure_groups", "story_id", "core.stories", "story_id"),
    ("core.figure_group_members", "figure_group_id", "core.figure_groups", "figure_group_id"),
    ("core.figure_group_members", "quantity_id", "core.claim_quantities", "quantity_id"),
)
"""Table, column, table referred to, column there. A column may be empty where no row is meant."""
