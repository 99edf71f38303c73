"""Databases made by earlier versions are brought up to date; what was read in is never lost."""

from pathlib import Path

import duckdb
import pytest

from newsledger import paths
from newsledger.model.tables import declared_types
from newsledger.run.runner import run_all
from newsledger.store import migrations
from newsledger.store.database import open_published, open_work, read_state
from tests.runs import ARTICLE, options

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("*.sql"))


def make_database(schema: Path) -> None:
    """Make a work database of an earlier version with one document and its article."""
    paths.WORK_DB.parent.mkdir(parents=True)
    with duckdb.connect(str(paths.WORK_DB)) as con:
        con.execute(schema.read_text("utf-8"))
        con.execute(
            "INSERT INTO raw.documents (document_id, source_uri, sha256, byte_count, media_type, "
            "text, encoding, hints, fetched_at, "
            "status, run_id) VALUES ('doc_1', '/a.txt', 'abc', 9, 'text/plain', ?, 'utf-8', "
            "'{}', TIMESTAMP '2026-02-11', 'article', 'run_0')",
            [ARTICLE],
        )
        con.execute(
            "INSERT INTO core.articles (article_id, document_id, body, origin, run_id, outlet_name) "
            "VALUES ('art_old', 'doc_1', 'x', 'clean/0', 'run_0', 'Severn Post')"
        )


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.stem)
def test_database_of_an_earlier_version_gets_the_tables_of_today(data_dir, schema):
    make_database(schema)
    with open_work() as con:
        for table, columns in declared_types().items():
            there = {row[0] for row in con.execute(f"DESCRIBE {table}").fetchall()}
            assert set(columns) <= there, table
        assert con.execute("SELECT text FROM raw.documents").fetchone() == (ARTICLE,)
        given = con.execute("SELECT outlet_given FROM core.articles").fetchall()
        assert given == [("Severn Post",)]
        last = max(int(path.stem[:4]) for path in paths.SQL.glob("migrations/*.sql"))
        assert read_state(con, migrations.STATE) == str(last)


def test_run_over_an_earlier_database_makes_its_articles_anew(data_dir):
    make_database(SCHEMAS[0])
    result = run_all(options(is_stored=True))
    assert (result.counts.renewed, result.counts.stale) == (1, 0)
    with open_published() as con:
        assert con.execute(
            "SELECT count(*), any_value(headline) FROM core.articles"
        ).fetchone() == (
            1,
            "River rises at Worcester",
        )
        assert con.execute("SELECT count(*) FROM core.claims").fetchall()[0][0] >= 2


def test_derived_table_that_cannot_be_altered_is_made_anew(data_dir):
    make_database(SCHEMAS[-1])
    with duckdb.connect(str(paths.WORK_DB)) as con:
        con.execute("DROP TABLE core.sentences")
        con.execute("CREATE TABLE core.sentences (start VARCHAR[])")
        con.execute("INSERT INTO core.sentences VALUES (['a'])")
    with open_work() as con:
        assert read_state(con, migrations.INCOMPLETE) == "yes"
        assert con.execute("SELECT count(*) FROM raw.documents").fetchone() == (1,)
        assert con.execute("SELECT count(*) FROM core.articles").fetchone() == (0,)
    assert run_all(options(is_stored=True, budget="1")).counts.renewed == 1
