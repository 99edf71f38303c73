"""What readers ask most, kept as rows: `mart.statements` and `mart.claims`.

`sql/kept/<table>.sql` says what the rows are. They are made again of the articles alone whose rows,
story, claim groups, places or speakers' names are other ones than before, and of those whose claims
are opposed to claims of these: who denies a claim stands beside it.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.model.tables import list_tables
from newsledger.store.changes import find_mark, mark, note
from newsledger.store.database import read_state, write_state

if TYPE_CHECKING:
    import duckdb

KEPT, KEPT_BY = "kept", "kept_by"  # a mark, and a state: digest of what the rows are
TABLES = ("statements", "claims")  # each after those that it reads
PART = 20_000  # articles whose rows are made at a time

_OWN = (
    "articles", "claims", "sentences", "claim_sources", "article_actors", "actor_roles",
    "claim_locations", "claim_quantities",
)  # fmt: skip
"""Tables of `core` whose rows are of one article."""

_SHOWN = """
    SELECT 'core.actors' AS table_name, actor_id AS id,
        hash(canonical_name, kind, country_code, party_role) AS digest FROM core.actors
    UNION ALL SELECT 'core.locations', location_id, hash(name, country_code) FROM core.locations
    UNION ALL SELECT 'core.stories', story_id, hash(headline) FROM core.stories"""
_RENAMED = f"""
CREATE OR REPLACE TEMP TABLE kept_renamed AS
SELECT id, digest FROM ({_SHOWN}) AS n SEMI JOIN kept_noted AS c
    ON c.table_name = n.table_name AND c.row_key = n.id
ANTI JOIN blocks.shown_names AS b USING (id, digest)"""
_OPPOSED = """
    SELECT y.article_id FROM (
        SELECT claim_id, other_claim_id FROM core.claim_links WHERE link_type <> 'same'
        UNION ALL SELECT other_claim_id, claim_id FROM core.claim_links WHERE link_type <> 'same'
    ) AS l
    JOIN core.claims AS x USING (claim_id)
    JOIN core.claims AS y ON y.claim_id = l.other_claim_id
    WHERE x.article_id IN (SELECT article_id FROM {})"""
_TOUCHED = f"""
CREATE OR REPLACE TEMP TABLE kept_touched AS
SELECT row_key AS article_id FROM kept_noted
WHERE table_name IN ({", ".join(f"'core.{name}'" for name in _OWN)})
UNION SELECT article_id FROM core.articles WHERE story_id IN (SELECT id FROM kept_renamed)
UNION SELECT article_id FROM core.claim_sources WHERE actor_id IN (SELECT id FROM kept_renamed)
UNION SELECT article_id FROM core.claim_locations
WHERE location_id IN (SELECT id FROM kept_renamed)
UNION SELECT article_id FROM core.claims
WHERE speaker_actor_id IN (SELECT id FROM kept_renamed)
    OR claim_group_id IN (SELECT row_key FROM kept_noted WHERE table_name = 'core.claim_groups')
    OR claim_id IN (SELECT row_key FROM kept_noted WHERE table_name = 'core.claim_links')"""
_ALL = """
CREATE OR REPLACE TEMP TABLE kept_touched AS
SELECT article_id FROM core.articles UNION SELECT article_id FROM mart.statements"""
_PARTS = f"""
CREATE OR REPLACE TEMP TABLE kept_parts AS
SELECT article_id, (row_number() OVER (ORDER BY a.published_at, article_id) - 1) // {PART} AS part
FROM (SELECT DISTINCT article_id FROM kept_touched)
LEFT JOIN core.articles AS a USING (article_id)"""


def update_rows(con: "duckdb.DuckDBPyConnection") -> None:
    """Make again the rows that are other ones than before; where that cannot be told, all."""
    queries = {name: (paths.SQL / "kept" / f"{name}.sql").read_text("utf-8") for name in TABLES}
    digest = hashlib.sha256("".join(queries.values()).encode()).hexdigest()[:16]
    number = find_mark(con, KEPT) if read_state(con, KEPT_BY) == digest else None
    noted = "SELECT DISTINCT table_name, row_key FROM ops.changes WHERE number > "
    con.execute(f"CREATE OR REPLACE TEMP TABLE kept_noted AS {noted}{number or 0}")
    if number is None:
        con.execute("DELETE FROM blocks.shown_names")
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE kept_renamed AS SELECT id, digest FROM ({_SHOWN})"
        )
        con.execute(_ALL)
    else:
        con.execute(_RENAMED)
        con.execute(_TOUCHED)
        con.execute(f"INSERT INTO kept_touched {_OPPOSED.format('kept_touched')}")
        con.execute("DELETE FROM blocks.shown_names WHERE id IN (SELECT id FROM kept_renamed)")
    con.execute("INSERT INTO blocks.shown_names FROM kept_renamed")
    con.execute(_PARTS)
    _make_rows(con, queries)
    write_state(con, KEPT_BY, digest)
    mark(con, KEPT)
    for table in ("noted", "renamed", "touched", "parts"):
        con.execute(f"DROP TABLE kept_{table}")


def _make_rows(con: "duckdb.DuckDBPyConnection", queries: Mapping[str, str]) -> None:
    """Make the rows of the articles of `kept_parts`, part by part."""
    ((count,),) = con.execute("SELECT coalesce(max(part) + 1, 0) FROM kept_parts").fetchall()
    for part in range(count):
        con.execute(
            "CREATE OR REPLACE TEMP TABLE kept_now AS "
            f"SELECT article_id FROM kept_parts WHERE part = {part}"
        )
        con.execute(
            "CREATE OR REPLACE TEMP TABLE kept_near AS SELECT article_id FROM kept_now UNION "
            + _OPPOSED.format("kept_now")
        )
        for statement in _list_near():
            con.execute(statement)
        for name, query in queries.items():
            table = f"mart.{name}"
            note(con, table, "FROM kept_now")
            con.execute(f"DELETE FROM {table} WHERE article_id IN (FROM kept_now)")
            con.execute(
                f"INSERT INTO {table} BY NAME SELECT * FROM ({_read_near(query)}) "
                "WHERE article_id IN (FROM kept_now) ORDER BY published_at, article_id, reference"
            )


def _list_near() -> Iterator[str]:
    """Give the statements that make views on what of each table is of the articles of a part and of
    those opposed to them."""
    for name in _OWN:
        rows = f"FROM core.{name} SEMI JOIN kept_near USING (article_id)"
        yield f"CREATE OR REPLACE TEMP VIEW near_{name} AS {rows}"
    yield (
        "CREATE OR REPLACE TEMP VIEW near_claim_links AS FROM core.claim_links "
        "WHERE link_type <> 'same' AND claim_id IN (SELECT claim_id FROM near_claims)"
    )
    yield (
        "CREATE OR REPLACE TEMP VIEW near_statements AS "
        "FROM mart.statements SEMI JOIN kept_now USING (article_id)"
    )
    (relations,) = (table.body for table in list_tables() if table.full_name == "mart.relations")
    yield _read_near(relations).replace("VIEW", "TEMP VIEW", 1)


def _read_near(sql: str) -> str:
    """Have a query read those views."""
    own = "|".join((*_OWN, "claim_links"))
    return re.sub(rf"\b(?:core\.({own})|mart\.(relations|statements))\b", r"near_\1\2", sql)
