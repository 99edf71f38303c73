"""The claims of some articles as rows of the store, with what they are compared and graded by."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import polars as pl

from newsledger.ledger.claims.compared import ComparedClaim, read_claims
from newsledger.ledger.claims.corroboration import ArticleFacts
from newsledger.ledger.claims.standing import Hop
from newsledger.ledger.scope import scope_of

if TYPE_CHECKING:
    import duckdb

_CLAIMS = """
    SELECT c.claim_id, c.article_id, c.parent_claim_id, c.content_text, c.polarity, c.tense,
           c.about_start_date, c.about_end_date, c.about_precision, c.speaker_actor_id,
           c.speaker_name, c.is_statement, c.claim_group_id, a.story_id, c.cue_stance, c.cue_lemma,
           c.cue_class, c.said_start_date, c.said_precision,
           c.certainty, c.content_spans[1].start AS start, a.published_at, a.published_precision,
           s.text AS sentence
    FROM core.claims AS c JOIN core.articles AS a USING (article_id)
    LEFT JOIN core.sentences AS s ON s.sentence_id = c.sentence_id
    SEMI JOIN in_scope ON in_scope.article_id = c.article_id
    WHERE c.cue_class NOT IN ('declined', 'credit') ORDER BY c.claim_id
"""
_QUANTITIES = """
    SELECT quantity_id, claim_id, text, kind, unit, low, high FROM core.claim_quantities
    SEMI JOIN in_scope USING (article_id)
"""
_PLACES = """
    SELECT c.claim_id, c.location_id, l.name, l.admin1_name FROM core.claim_locations AS c
    JOIN core.locations AS l USING (location_id) SEMI JOIN in_scope USING (article_id)
"""
_ACTORS = """
    SELECT c.claim_id, c.actor_id, c.role, a.name, a.kind, a.country_code
    FROM core.claim_actors AS c
    JOIN core.article_actors AS a USING (article_actor_id)
    SEMI JOIN in_scope ON in_scope.article_id = c.article_id
"""
_FACTS = """
    SELECT article_id, coalesce(copy_group_id, article_id) AS text_id, story_id,
           is_current IS DISTINCT FROM false AS is_current, published_at
    FROM core.articles SEMI JOIN in_scope USING (article_id)
"""
_HOPS = """
    SELECT s.claim_id, s.article_id, s.chain, s.hop, s.surface, s.actor_id, s.source_type,
           s.is_named, s.party_role, a.name, a.kind,
           coalesce(a.country_code, r.country_code) AS country_code, r.roles, r.bodies,
           a.aliases, c.cue_lemma,
           c.cue_class, c.form
    FROM core.claim_sources AS s SEMI JOIN in_scope USING (article_id)
    JOIN core.claims AS c USING (claim_id)
    LEFT JOIN core.article_actors AS a ON a.article_actor_id = s.article_actor_id
    LEFT JOIN (
        SELECT article_actor_id, min(country_code) AS country_code,
               list_sort(list(DISTINCT lower(role))) AS roles,
               list_sort(list(DISTINCT organisation) FILTER (organisation IS NOT NULL)) AS bodies
        FROM core.actor_roles GROUP BY article_actor_id
    ) AS r ON r.article_actor_id = s.article_actor_id
    ORDER BY s.claim_id, s.chain, s.hop
"""


@dataclass(frozen=True, slots=True)
class ClaimScope:
    """Claims of some articles, with what they are graded by."""

    claims: list[ComparedClaim]
    by_id: dict[str, ComparedClaim]
    known: dict[str, str]  # groups that claims were in
    facts: dict[str, ArticleFacts]
    hops: dict[str, list[Hop]]

    @classmethod
    def read(
        cls, con: "duckdb.DuckDBPyConnection", articles: set[str], more: Collection[str] = ()
    ) -> Self:
        """Read the claims of articles, and more claims of others; `in_scope` names the articles of
        all these from now on."""
        with scope_of(con, "more_claims", more), scope_of(con, "own", articles):
            con.execute(
                "CREATE OR REPLACE TEMP TABLE in_scope AS SELECT id AS article_id FROM own UNION "
                "SELECT article_id FROM core.claims SEMI JOIN more_claims s ON s.id = claim_id"
            )
        rows = con.sql(_CLAIMS).pl()
        is_own = pl.col("article_id").is_in(sorted(articles))
        rows = rows.filter(is_own | pl.col("claim_id").is_in(sorted(more)))
        quantities, places, actors = (
            con.sql(query).pl() for query in (_QUANTITIES, _PLACES, _ACTORS)
        )
        hops = _read_hops(con)
        sides = {
            claim_id: frozenset(side for hop in own for side in hop.sides)
            for claim_id, own in hops.items()
        }
        claims = read_claims(rows, quantities, places, actors, sides)
        known = rows.filter(pl.col("claim_group_id").is_not_null())
        return cls(
            claims,
            {claim.claim_id: claim for claim in claims},
            dict(known.select("claim_id", "claim_group_id").iter_rows()),
            _read_facts(con),
            hops,
        )


def _read_facts(con: "duckdb.DuckDBPyConnection") -> dict[str, ArticleFacts]:
    rows = con.execute(_FACTS).fetchall()
    return {article_id: ArticleFacts(*facts) for article_id, *facts in rows}


def _read_hops(con: "duckdb.DuckDBPyConnection") -> dict[str, list[Hop]]:
    """Read the first speaker of each chain with whoever relays it; the last hop is the outlet and
    relays nothing."""
    rows = con.sql(_HOPS).pl()
    relays: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row in rows.filter(pl.col("hop") > 0).iter_rows(named=True):
        relays[row["claim_id"], row["chain"]].append(row["actor_id"] or row["surface"].lower())
    hops: dict[str, list[Hop]] = defaultdict(list)
    for row in rows.filter(pl.col("hop") == 0).iter_rows(named=True):
        hop = Hop(
            row["claim_id"],
            row["article_id"],
            row["chain"],
            row["surface"],
            row["actor_id"],
            row["source_type"],
            row["is_named"],
            row["party_role"],
            tuple(relays[row["claim_id"], row["chain"]][:-1]),
            row["name"],
            row["kind"],
            row["country_code"],
            tuple(row["roles"] or ()),
            tuple(row["bodies"] or ()),
            tuple(one["alias"] for one in row["aliases"] or ()),
            row["cue_lemma"] or "",
            row["cue_class"],
            row["form"],
        )
        hops[hop.claim_id].append(hop)
    return hops
