"""Bring figures up to date: of the articles in scope, which count one thing."""

from typing import TYPE_CHECKING

from newsledger.ledger.figures.groups import ORIGIN, group_figures, link_figures, read_figures
from newsledger.ledger.scope import replace_table

if TYPE_CHECKING:
    import duckdb

_FIGURES = """
    SELECT q.quantity_id, q.claim_id, q.article_id,
           coalesce(a.copy_group_id, a.article_id) AS text_id,
           coalesce(a.story_id, a.article_id) AS story_id, q.kind, q.unit, q.population, q.scope,
           q.place, coalesce(c.speaker_actor_id, c.speaker_name, '') AS speaker, q.text, q.low,
           q.high, a.published_at
    FROM core.claim_quantities AS q JOIN core.claims AS c USING (claim_id)
    JOIN core.articles AS a ON a.article_id = q.article_id
    SEMI JOIN in_scope ON in_scope.article_id = q.article_id
    WHERE coalesce(a.is_current, true) AND c.cue_class NOT IN ('declined', 'credit')
    ORDER BY q.quantity_id
"""
_LINKS = """
    SELECT l.claim_id, l.other_claim_id, l.link_type, l.reason
    FROM core.claim_links AS l JOIN core.claims AS c USING (claim_id)
    SEMI JOIN in_scope ON in_scope.article_id = c.article_id
    WHERE l.link_type IN ('same', 'contradicts', 'updates')
    ORDER BY l.claim_id, l.other_claim_id
"""
_IN_SCOPE = (
    "{0} IN (SELECT quantity_id FROM core.claim_quantities SEMI JOIN in_scope USING (article_id)) "
    "OR {0} NOT IN (SELECT quantity_id FROM core.claim_quantities)"
)
# Which rows of each table are about the articles in scope, or about what is gone.
TABLES = {
    "core.figure_links": _IN_SCOPE.format("quantity_id"),
    "core.figure_groups": _IN_SCOPE.format("conservative_quantity_id"),
    "core.figure_group_members": _IN_SCOPE.format("quantity_id"),
}


def update_figures(con: "duckdb.DuckDBPyConnection") -> dict[str, int]:
    """Link and group the figures of claims of the articles in `in_scope`, whose claims are linked
    already. Returns the rows that changed, by table."""
    stated = read_figures(con.sql(_FIGURES).pl())
    links = link_figures(stated, con.execute(_LINKS).fetchall())
    group_rows, member_rows = group_figures(stated, links)
    link_rows = [
        {"quantity_id": left, "other_quantity_id": right, "reason": reason}
        for left, right, reason in links
    ]
    found = {
        "core.figure_links": link_rows,
        "core.figure_groups": group_rows,
        "core.figure_group_members": member_rows,
    }
    return {
        table: replace_table(con, table, rows, ORIGIN, TABLES[table])
        for table, rows in found.items()
    }
