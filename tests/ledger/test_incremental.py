"""What is compared by what new articles touch comes out as all at once, in any order."""

import random

import duckdb
import polars as pl
import pytest

from newsledger import paths
from newsledger.ledger.claims.changed_claims import find_changed_blocks
from newsledger.ledger.copies.outlet_names import unify_outlets
from newsledger.ledger.resolve import forget_blocks, resolve_ledger
from newsledger.ledger.scope import COMPARED, assign
from newsledger.model.references import ARTICLE_TABLES
from newsledger.model.tables import apply_schema, declared_schema, late_columns
from newsledger.quality.quarantine import Failure, take_out
from newsledger.store.changes import begin, note, unmark
from newsledger.store.database import replace_rows
from newsledger.store.kept_rows import KEPT, TABLES, update_rows

RESOLVED = (
    "UPDATE arrived.articles SET copy_group_id = NULL, story_id = NULL, first_version_id = NULL, "
    "version = NULL, is_current = NULL",
    "UPDATE arrived.claims SET claim_group_id = NULL, speaker_actor_id = NULL",
)
PLACED = ("raw.documents", "core.locations")
HISTORY = "actor_ids"  # tells of ids that were given before


@pytest.fixture(scope="module")
def ledger(sample_ledger):
    """A work database in memory with the rows that the articles of the sample feed made, which
    arrive one by one from the schema `arrived`."""
    con = duckdb.connect()
    apply_schema(con)
    begin(con, is_sealed=False)
    con.execute("CREATE SCHEMA arrived")
    for table in (*ARTICLE_TABLES, *PLACED):
        con.register("rows", sample_ledger.cursor().sql(f"SELECT * FROM {table}").to_arrow_table())
        con.execute(f"CREATE TABLE arrived.{table.split('.')[1]} AS SELECT * FROM rows")
        con.unregister("rows")
    for statement in RESOLVED:
        con.execute(statement)
    for table in ARTICLE_TABLES:
        columns = [row[0] for row in con.execute(f"DESCRIBE {table}").fetchall()]
        if "actor_id" in columns:
            con.execute(f"UPDATE arrived.{table.split('.')[1]} SET actor_id = NULL")
    yield con
    con.close()


def arrive(con, articles: list[str]) -> None:
    for table in ARTICLE_TABLES:
        note(con, table, "SELECT unnest(?)", [articles])
        con.execute(
            f"INSERT INTO {table} BY NAME SELECT * FROM arrived.{table.split('.')[1]} "
            "WHERE list_contains(?, article_id)",
            [articles],
        )
    con.execute(
        "INSERT INTO core.locations BY NAME SELECT * FROM arrived.locations "
        "ANTI JOIN core.locations USING (location_id)"
    )
    resolve_ledger(con, "run_test")
    check_kept_rows(con)


def leave(con, articles: list[str]) -> None:
    for table in ARTICLE_TABLES:
        note(con, table, "SELECT unnest(?)", [articles])
        con.execute(f"DELETE FROM {table} WHERE list_contains(?, article_id)", [articles])
    resolve_ledger(con, "run_test")
    check_kept_rows(con)


def check_kept_rows(con) -> int:
    """Bring the rows that are kept for readers up to date: they are what they would be anew. Returns
    of how many articles they were made."""
    con.execute("CREATE OR REPLACE TEMP TABLE before AS SELECT rowid AS row, * FROM mart.claims")
    update_rows(con)
    for table in TABLES:
        query = (paths.SQL / "kept" / f"{table}.sql").read_text("utf-8")
        columns = ", ".join(row[0] for row in con.execute(f"DESCRIBE mart.{table}").fetchall())
        anew, kept = f"SELECT {columns} FROM ({query})", f"SELECT {columns} FROM mart.{table}"
        for one, other in ((anew, kept), (kept, anew)):
            assert con.execute(f"({one}) EXCEPT ALL ({other})").fetchall() == []
    made = (
        "SELECT count(DISTINCT article_id) FROM mart.claims c ANTI JOIN before b ON b.row = c.rowid"
    )
    return con.execute(made).fetchall()[0][0]


def start(con) -> None:
    for schema, table in con.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE schema_name IN ('raw', 'core')"
    ).fetchall():
        con.execute(f"DELETE FROM {schema}.{table}")
    for table in PLACED:
        con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM arrived.{table.split('.')[1]}")
    forget_blocks(con)
    unmark(con, KEPT)


def read_result(con) -> dict[str, set]:
    """Read all rows of the core tables, ids included."""
    tables = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'core' AND table_name <> ? "
        "ORDER BY table_name",
        [HISTORY],
    ).fetchall()
    return {
        table: {row[0] for row in con.execute(f"SELECT t::VARCHAR FROM core.{table} t").fetchall()}
        for (table,) in tables
    }


def list_articles(con) -> list[str]:
    rows = con.execute("SELECT article_id FROM arrived.articles ORDER BY article_id").fetchall()
    return [row[0] for row in rows]


@pytest.fixture(scope="module")
def whole(ledger):
    start(ledger)
    arrive(ledger, list_articles(ledger))
    found = read_result(ledger)
    assert all(found[table] for table in ("copies", "stories", "claim_groups", "figure_groups"))
    return found


@pytest.mark.parametrize(("seed", "is_noted"), [(1, True), (2, False)])
def test_any_order_gives_what_all_at_once_gives(ledger, whole, seed, is_noted):
    articles = list_articles(ledger)
    random.Random(seed).shuffle(articles)
    start(ledger)
    for batch in (articles[:20], articles[20:21], articles[21:35], articles[35:]):
        if not is_noted:
            unmark(ledger, COMPARED)
        arrive(ledger, batch)
    assert read_result(ledger) == whole


@pytest.mark.parametrize("is_anew", [False, True])
def test_articles_that_leave_and_return_leave_no_trace(ledger, whole, is_anew):
    articles = list_articles(ledger)
    start(ledger)
    arrive(ledger, articles)
    if is_anew:  # as after a change of the code that compares
        forget_blocks(ledger)
    leave(ledger, articles[::4])
    for table in ("core.actors", "core.actor_aliases"):
        nobodies = f"SELECT count(*) FROM {table} ANTI JOIN core.article_actors USING (actor_id)"
        assert ledger.execute(nobodies).fetchone() == (0,)
    arrive(ledger, articles[::4])
    assert read_result(ledger) == whole


def test_nothing_new_changes_nothing(ledger, whole):
    start(ledger)
    arrive(ledger, list_articles(ledger))
    assert set(resolve_ledger(ledger, "run_test").values()) == {0}
    assert read_result(ledger) == whole


def test_kept_rows_follow_whatever_they_show(ledger, whole):
    """A name, a story, a denial or an article that others corrected, or the gate took out."""
    start(ledger)
    arrive(ledger, list_articles(ledger))
    assert check_kept_rows(ledger) == 0
    ((actor,),) = ledger.execute(
        "SELECT mode(speaker_actor_id) FROM mart.claims WHERE denied_by IS NULL"
    ).fetchall()
    ((denied, denier),) = ledger.execute(
        "SELECT claim_id, other_claim_id FROM mart.relations WHERE link_type = 'denies' LIMIT 1"
    ).fetchall()
    ledger.execute(
        "CREATE OR REPLACE TEMP TABLE shown_place AS SELECT min(location_id) FROM "
        "core.claim_locations JOIN mart.claims USING (claim_id)"
    )
    for table, key, column, where in (
        ("core.actors", "actor_id", "canonical_name", f"actor_id = '{actor}'"),
        ("core.stories", "story_id", "headline", "true LIMIT 1"),
        ("core.locations", "location_id", "name", "location_id IN (FROM shown_place)"),
        ("core.claim_sources", "claim_id", "surface", "hop = 1 LIMIT 1"),
        ("core.claims", "claim_id", "speaker_name", f"claim_id IN ('{denied}', '{denier}')"),
    ):
        frame = ledger.sql(
            f"SELECT {key}, {column} || ' II' AS {column} FROM {table} WHERE {where}"
        ).pl()
        assign(ledger, table, key, frame)
        assert 0 < check_kept_rows(ledger) < 30, table
    replace_rows(
        ledger, "core.claim_links", pl.DataFrame(schema=declared_schema()["core.claim_links"]),
        f"'{denied}' IN (claim_id, other_claim_id)",
    )  # fmt: skip
    assert 0 < check_kept_rows(ledger) < 10
    ((row,),) = ledger.execute(
        "SELECT min(c.rowid) FROM core.claims c JOIN mart.claims USING (claim_id)"
    ).fetchall()
    take_out(ledger, "run_test", [Failure("core.claims", row, "test", None, None, "")])
    assert 0 < check_kept_rows(ledger) < 10


def test_rows_that_change_alike_are_a_change(ledger, whole):
    start(ledger)
    arrive(ledger, list_articles(ledger))
    stories = ledger.execute(
        "SELECT coalesce(a.story_id, a.article_id) FROM core.claims c JOIN core.articles a "
        "USING (article_id) WHERE cue_lemma = 'say'"
    ).fetchall()
    unmark(ledger, COMPARED)
    ledger.execute("UPDATE core.claims SET cue_lemma = 'murmur' WHERE cue_lemma = 'say'")
    assert find_changed_blocks(ledger, everything=False) >= {row[0] for row in stories}


def test_an_article_that_is_read_again_is_asked_for_its_chain_of_versions():
    assert {"first_version_id", "version", "is_current"} <= set(late_columns("core.articles"))


def test_an_article_whose_outlet_gets_its_name_from_another_is_a_changed_one():
    with duckdb.connect() as con:
        apply_schema(con)
        begin(con, is_sealed=False)
        rows = "('a', NULL, 'pierwire.example'), ('b', 'Pier Wire', 'pierwire.example')"
        con.execute(
            "INSERT INTO core.articles BY NAME SELECT article_id, article_id AS document_id, "
            "outlet_given, outlet_domain, coalesce(outlet_given, outlet_domain) AS outlet_name, "
            "'' AS body, 'test' AS origin, 'run_test' AS run_id "
            f"FROM (VALUES {rows}) AS t(article_id, outlet_given, outlet_domain)"
        )
        assert unify_outlets(con) == 1
        noted = "SELECT table_name, row_key FROM ops.changes"
        assert con.execute(noted).fetchall() == [("core.articles", "a")]
