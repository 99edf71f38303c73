"""Exports hold what the database holds, in forms that other programs read, and replace nothing
that is not an export."""

import csv
import json
import re
import sqlite3

import duckdb
import pytest

from newsledger.cli.query import show_answer
from newsledger.errors import NewsledgerError
from newsledger.model.keys import FOREIGN_KEYS, PRIMARY_KEYS
from newsledger.store.export import export_tables, list_forms
from newsledger.store.export.files import _cell
from newsledger.store.queries import Answer
from newsledger.text.formulas import unquote_formula


@pytest.fixture(scope="module")
def sqlite_file(desk, tmp_path_factory):
    path = tmp_path_factory.mktemp("sqlite") / "ledger.sqlite"
    export_tables(path, "sqlite")
    return path


@pytest.fixture
def sqlite(sqlite_file):
    con = sqlite3.connect(sqlite_file)
    yield con
    con.close()


def test_sqlite_keeps_every_key(sqlite):
    sqlite.execute("PRAGMA foreign_keys = ON")
    assert sqlite.execute("PRAGMA foreign_key_check").fetchall() == []
    for table, columns in PRIMARY_KEYS.items():
        info = sqlite.execute(f'PRAGMA table_info("{table.replace(".", "_")}")').fetchall()
        assert {row[1] for row in info if row[5]} == set(columns), table
    found = {
        (table, row[3], row[2])
        for table in {link[0] for link in FOREIGN_KEYS}
        for row in sqlite.execute(f'PRAGMA foreign_key_list("{table.replace(".", "_")}")')
    }
    assert found == {
        (table, column, other.replace(".", "_")) for table, column, other, _ in FOREIGN_KEYS
    }


def test_duckdb_with_keys_draws_its_diagram(desk, tmp_path):
    target = tmp_path / "keyed.duckdb"
    written = export_tables(target, "duckdb")
    with duckdb.connect(str(target), read_only=True) as con:
        links = con.execute(
            "SELECT schema_name || '.' || table_name, constraint_column_names[1], referenced_table "
            "FROM duckdb_constraints() WHERE constraint_type = 'FOREIGN KEY'"
        ).fetchall()
        assert ("core.claims", "article_id", "articles") in links
        left_out = {("core.claims", "parent_claim_id"), ("core.claim_groups", "canonical_claim_id")}
        assert {link[:2] for link in links} == {link[:2] for link in FOREIGN_KEYS} - left_out
        count = con.execute("SELECT count(*) FROM core.claims").fetchone()
        assert count == (written["core.claims"],)
        assert con.execute("SELECT count(*) FROM claims").fetchone() > (0,)
    export_tables(target, "duckdb")  # an export is replaced, the published file never
    with pytest.raises(NewsledgerError, match="is not an export of newsledger"):
        export_tables(desk, "duckdb")


def test_sqlite_has_types_indexes_and_bare_names(sqlite, desk):
    types = {row[1]: row[2] for row in sqlite.execute("PRAGMA table_info('core_locations')")}
    assert (types["lat"], types["name"], types["mention_count"]) == ("REAL", "TEXT", "INTEGER")
    assert sqlite.execute(
        "SELECT count(*) FROM sqlite_master WHERE name = 'core_claims_article_id'"
    ).fetchone() == (1,)
    with duckdb.connect(str(desk), read_only=True) as con:
        assert (
            sqlite.execute("SELECT count(*) FROM claims").fetchall()
            == con.execute("SELECT count(*) FROM claims").fetchall()
        )


def test_sqlite_is_searched_in_full_text(sqlite):
    rows = sqlite.execute(
        "SELECT speakers FROM mart_claims WHERE rowid IN (SELECT rowid FROM mart_claims_fts "
        "WHERE mart_claims_fts MATCH 'ferries')"
    ).fetchall()
    assert rows == [("Ana Silva; Piet Bakker",)]


def test_datasette_is_told_what_the_columns_mean(sqlite_file):
    metadata = json.loads(sqlite_file.with_name("ledger.metadata.json").read_text("utf-8"))
    tables = metadata["databases"]["ledger"]["tables"]
    assert tables["mart_claims"]["columns"]["speakers"]
    assert tables["core_articles"]["fts_table"] == "core_articles_fts"
    assert tables["core_articles"]["label_column"] == "headline"


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_a_folder_says_what_is_in_it(desk, tmp_path, form):
    written = export_tables(tmp_path / "out", form, ["claims", "core.articles", "core.stories"])
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    assert [resource["path"] for resource in package["resources"]] == [
        f"{name}.{form}" for name in ("mart.claims", "core.articles", "core.stories")
    ]
    assert written["core.articles"] == 5
    articles = package["resources"][1]
    assert articles["schema"]["primaryKey"] == ["article_id"]
    assert articles["schema"]["foreignKeys"] == [
        {"fields": ["story_id"], "reference": {"resource": "core-stories", "fields": ["story_id"]}}
    ]
    assert all(field["description"] for field in articles["schema"]["fields"])


def test_parquet_keeps_types(desk, tmp_path):
    export_tables(tmp_path / "out", "parquet", ["core.claims"])
    with duckdb.connect() as con:
        rows = con.execute(f"DESCRIBE FROM '{tmp_path}/out/core.claims.parquet'").fetchall()
    types = {row[0]: row[1] for row in rows}
    assert types["content_spans"] == 'STRUCT("start" INTEGER, "end" INTEGER)[]'
    assert types["about_start_date"] == "DATE"


def test_csv_opens_in_a_spreadsheet(desk, tmp_path):
    export_tables(tmp_path / "out", "csv", ["claims"])
    content = (tmp_path / "out" / "mart.claims.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert "Ana Silva; Piet Bakker" in {row["speakers"] for row in rows}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0"])
def test_no_formula_is_live(text):
    assert _cell(text) == f"'{text}"
    assert _cell(f"he said {text}") == f"he said {text}"
    (row,) = csv.DictReader(
        show_answer(Answer(("a",), ("VARCHAR",), ((text,),)), "csv").split("\n")
    )
    assert row == {"a": f"'{text}"}
    assert unquote_formula(_cell(text)) == text


def test_entities_refer_to_each_other(desk, tmp_path):
    export_tables(tmp_path / "entities.json", "ftm")
    entities = [
        json.loads(line) for line in (tmp_path / "entities.json").read_text("utf-8").splitlines()
    ]
    ids = {entity["id"] for entity in entities}
    assert len(ids) == len(entities)
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9]", key) for key in ids)
    by_name = {
        name: entity
        for entity in entities
        if entity["schema"] == "Person"
        for name in entity["properties"]["name"]
    }
    assert by_name["Hanna Vos"]["properties"]["gender"] == ["female"]
    for entity in entities:
        for key in ("document", "resolved", "entity"):
            assert set(entity["properties"].get(key, [])) <= ids
    notes = [
        entity["properties"]["description"][0] for entity in entities if entity["schema"] == "Note"
    ]
    assert any(
        note.startswith("Piet Bakker (denied, a denial), as reported by Rhine Post on 2025-03-04: ")
        for note in notes
    )


def test_claims_as_linked_data(desk, tmp_path):
    export_tables(tmp_path / "claims.jsonld", "jsonld")
    document = json.loads((tmp_path / "claims.jsonld").read_text("utf-8"))
    assert document["@context"] == "https://schema.org"
    ferry = next(claim for claim in document["@graph"] if "ferry" in claim["text"])
    assert {who["name"] for who in ferry["author"]} == {"Ana Silva", "Piet Bakker"}
    assert ferry["firstAppearance"]["url"] == "https://delta-courier.example/bridge"
    assert any(claim["text"].startswith("Denial that: ") for claim in document["@graph"])


@pytest.mark.parametrize("form", list(list_forms()))
def test_an_export_replaces_only_an_export(desk, tmp_path, form):
    target = tmp_path / "out"
    tables = ["core.stories"] if form in {"parquet", "csv", "sqlite"} else []
    export_tables(target, form, tables)
    export_tables(target, form, tables)
    if target.is_dir():
        (target / "notes.txt").write_text("mine")
    else:
        target.write_text("mine")
    with pytest.raises(NewsledgerError, match="is not an export of newsledger"):
        export_tables(target, form, tables)
    kept = target / "notes.txt" if target.is_dir() else target
    assert kept.read_text() == "mine"
    assert not [
        path for path in tmp_path.iterdir() if "writing" in path.name or path.name.endswith(".old")
    ]


def test_a_failed_export_leaves_the_old_one(desk, tmp_path):
    export_tables(tmp_path / "out", "csv", ["core.stories"])
    with pytest.raises(NewsledgerError, match=r"no table core\.nothing"):
        export_tables(tmp_path / "out", "csv", ["core.nothing"])
    assert (tmp_path / "out" / "core.stories.csv").exists()
