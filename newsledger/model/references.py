"""Which rows hang on which others: what goes with a row that is taken out, and what an orphan
is."""

import re
from dataclasses import dataclass

from newsledger.model.tables import list_tables


@dataclass(frozen=True, slots=True)
class Dependency:
    """Rows of `table` go where their `column` holds a value whose last row left `on_table`.

    With `on_key`, one such row of `on_table` that left is enough: a claim goes with any hop of its
    chain.
    """

    table: str
    column: str
    on_table: str
    on_column: str
    on_key: tuple[str, ...] = ()


SUMMARIES = {
    "core.actors": ("actor_id", "core.article_actors", "actor_id"),
    "core.actor_aliases": ("actor_id", "core.article_actors", "actor_id"),
    "core.copies": ("article_id", "core.articles", "article_id"),
    "core.stories": ("story_id", "core.articles", "story_id"),
    "core.claim_groups": ("claim_group_id", "core.claims", "claim_group_id"),
    "core.claim_group_members": ("claim_id", "core.claims", "claim_id"),
    "core.claim_links": ("claim_id", "core.claims", "claim_id"),
    "core.claim_repeats": ("claim_id", "core.claims", "claim_id"),
    "core.figure_groups": ("representative_quantity_id", "core.claim_quantities", "quantity_id"),
    "core.figure_group_members": ("quantity_id", "core.claim_quantities", "quantity_id"),
    "core.figure_links": ("quantity_id", "core.claim_quantities", "quantity_id"),
}
"""Tables that sum up or compare rows of articles: column, table and column of what they are made
from, which goes where a row of them fails."""

_OWNED = re.compile(r"^    article_id\b(?!.*-- by )", re.MULTILINE)
ARTICLE_TABLES = tuple(
    sorted(
        table.full_name
        for table in list_tables()
        if table.layer == "core"
        and table.full_name not in SUMMARIES
        and not table.is_view
        and _OWNED.search(table.sql)
    )
)
"""Tables whose rows one article makes, alone: those of `sql/core/` with an `article_id` that no
later stage fills, and that sum nothing up."""

DEPENDENCIES = (
    *(
        Dependency(table, "article_id", "core.articles", "article_id")
        for table in ARTICLE_TABLES
        if table != "core.articles"
    ),
    Dependency("core.claims", "sentence_id", "core.sentences", "sentence_id"),
    Dependency("core.claims", "parent_claim_id", "core.claims", "claim_id"),
    Dependency(
        "core.claims", "speaker_article_actor_id", "core.article_actors", "article_actor_id"
    ),
    Dependency(
        "core.claims", "claim_id", "core.claim_sources", "claim_id", ("claim_id", "chain", "hop")
    ),
    *(
        Dependency(table, "claim_id", "core.claims", "claim_id")
        for table in (
            "core.claim_sources",
            "core.claim_quantities",
            "core.claim_actors",
            "core.claim_locations",
        )
    ),
    *(
        Dependency(table, "article_actor_id", "core.article_actors", "article_actor_id")
        for table in (
            "core.actor_mentions",
            "core.actor_roles",
            "core.claim_sources",
            "core.claim_actors",
        )
    ),
    *(
        Dependency(table, "location_id", "core.locations", "location_id")
        for table in ("core.location_mentions", "core.claim_locations")
    ),
)
