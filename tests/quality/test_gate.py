"""Suites, gate and quarantine, on rows that are wrong in a known way."""

import json
import shutil
from datetime import datetime

import duckdb
import pytest

from newsledger import paths
from newsledger.errors import GateHeld, SettingsError
from newsledger.model.tables import declared_schema
from newsledger.paths import CODE_ROOT
from newsledger.quality import suites
from newsledger.quality.checked_rows import count_unseen
from newsledger.quality.gate import FEW, Gate
from newsledger.store.database import open_work

RUN = "run_1"
INDEX_OF_CHECKED_ROWS = {"core.search_items", "core.search_terms"}  # words of claims and articles
AT = datetime(2024, 12, 6, 9, 15)
BODY = (
    "The river rose overnight, the mayor said. “We are ready,” said Ana Silva, who leads "
    "the crews in the old town by the bridge."
)


def insert(con: duckdb.DuckDBPyConnection, table: str, **row: object) -> None:
    con.execute(
        f"INSERT INTO {table} ({', '.join(chr(34) + name + chr(34) for name in row)}) VALUES ({', '.join('?' * len(row))})",
        list(row.values()),
    )


@pytest.fixture
def con(data_dir):
    with open_work() as con:
        insert(
            con,
            "raw.documents",
            document_id="doc_1",
            source_uri="a.txt",
            fetched_at=AT,
            status="article",
            run_id=RUN,
        )
        insert(
            con, "core.articles", article_id="art_1", document_id="doc_1", body=BODY, origin="t/1", run_id=RUN, language="en", word_count=25,
            version=1, is_current=True, first_version_id="art_1", published_at=AT, outlet_name="The Courier", published_precision="minute",
            headline="River rises",
        )  # fmt: skip
        insert(con, "core.sentences", sentence_id="art_1:0", article_id="art_1", sentence_no=0, paragraph_no=0, start=0, end=41, text=BODY[:41], is_quoted=False, origin="t/1")  # fmt: skip
        yield con


CLAIM = {
    "article_id": "art_1", "sentence_id": "art_1:0", "source_type": "unnamed_official", "is_named": False,
    "content_text": "the river rose overnight", "content_spans": [{"start": 0, "end": 24}], "source_spans": [], "cue_spans": [],
    "form": "indirect", "cue_class": "speech", "cue_type": "speaking", "cue_stance": "neutral", "polarity": "affirmed",
    "certainty": "certain", "hedges": [], "tense": "happened", "is_attribution_negated": False, "is_statement": False,
    "construction": "t", "score": 1.0, "origin": "t/1",
}  # fmt: skip


def insert_claim(con: duckdb.DuckDBPyConnection, claim_id: str, **more: object) -> None:
    insert(con, "core.claims", **{**CLAIM, "claim_id": claim_id, **more})
    insert(con, "core.claim_sources", claim_id=claim_id, article_id="art_1", chain=0, hop=0, surface="the mayor", source_type="unnamed_official", is_named=False, origin="t/1")  # fmt: skip


def check(con: duckdb.DuckDBPyConnection, run_id: str = RUN) -> Gate:
    gate = Gate(con, run_id, 0.05)
    try:
        gate.check_rows()
        gate.check_ledger()
    finally:
        gate.write()
    return gate


def failing(gate: Gate) -> set[str]:
    return {result.name for result in gate.outcome.failing}


def quarantine(con: duckdb.DuckDBPyConnection) -> list[tuple]:
    return con.execute(
        "SELECT table_name, rule, value FROM ops.quarantine ORDER BY table_name, value"
    ).fetchall()


@pytest.fixture
def expectations(tmp_path, monkeypatch):
    """The suites, copied so that a test can change them."""
    copy = tmp_path / "expectations"
    shutil.copytree(CODE_ROOT / "expectations", copy)
    monkeypatch.setattr(paths, "EXPECTATIONS", copy)
    return copy


def add_expectation(root, table: str, **expectation: object) -> None:
    path = root / f"{table.replace('.', '/')}.json"
    suite = json.loads(path.read_text("utf-8"))
    suite["expectations"].append(expectation)
    path.write_text(json.dumps(suite), "utf-8")


def test_good_rows_pass_and_are_seen_once(con):
    insert_claim(con, "clm_1")
    first, second = check(con), check(con, "run_2")
    assert first.outcome.failing == second.outcome.failing == []
    assert first.outcome.total > 80
    seen = (
        "SELECT sum(checked_count) FROM ops.checks WHERE table_name = 'core.claims' AND "
        "check_name LIKE '%unique%'"
    )
    assert con.execute(seen).fetchone() == (1,)


def test_changed_row_is_seen_again_whoever_changed_it(con):
    insert_claim(con, "clm_1")
    check(con)
    con.execute("UPDATE core.claims SET form = 'hinted'")
    gate = check(con, "run_2")
    assert failing(gate) == {"column_values_to_be_in_set(form)"}
    assert con.execute("SELECT count(*) FROM core.claims").fetchone() == (0,)


def test_row_that_no_suite_has_seen_is_counted(con):
    insert_claim(con, "clm_1")
    check(con)
    assert count_unseen(con) == {}
    insert_claim(con, "clm_2")
    assert count_unseen(con) == {"core.claims": 1, "core.claim_sources": 1}


def test_changed_suite_sees_every_row_again(con, expectations):
    insert_claim(con, "clm_1")
    check(con)
    add_expectation(expectations, "core.claims", type="expect_column_values_to_be_between", kwargs={"column": "score", "max_value": 0.5}, severity="warning")  # fmt: skip
    assert failing(check(con, "run_2")) == {"column_values_to_be_between(score)"}
    assert con.execute("SELECT count(*) FROM core.claims").fetchone() == (1,)


@pytest.mark.parametrize(
    ("expectation", "message"),
    [
        ({"type": "expect_column_valuess_to_be_unique", "kwargs": {"column": "score"}}, "cannot be built"),
        ({"type": "expect_column_values_to_be_unique", "kwargs": {"column": "scorre"}}, "has no column scorre"),
        ({"type": "expect_column_values_to_be_between", "kwargs": {"column": "score", "maximum": 3}}, "cannot be built"),
        ({"type": "expect_column_values_to_be_unique"}, "expected an object with type, kwargs"),
        ({"type": "expect_column_values_to_match_regex", "kwargs": {"column": "form", "regex": "("}}, r"match_regex.form. cannot run: .*missing \)"),
        ({"type": "expect_column_values_to_be_between", "kwargs": {"column": "form", "min_value": 3}}, "cannot run: .*same type"),
        ({"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "form", "value_set": {"$PARAMETER": "Colour"}}}, "no list 'Colour'"),
    ],
)  # fmt: skip
def test_wrong_expectation_is_an_error_and_nothing_is_seen(con, expectations, expectation, message):
    insert_claim(con, "clm_1")
    add_expectation(expectations, "core.claims", severity="critical", **expectation)
    with pytest.raises(SettingsError, match=message):
        check(con)
    assert con.execute("SELECT count(*) FROM ops.checked_rows").fetchone() == (0,)


def test_rule_that_is_no_sql_is_named(con, expectations):
    (expectations / "cross" / "odd.sql").write_text(
        "-- severity: info\n-- why: x\nSELECT no FROM such"
    )
    with pytest.raises(SettingsError, match=r"odd\.sql: Catalog Error"):
        check(con)


def test_wrong_offset_costs_the_row_and_what_hangs_on_it(con):
    insert_claim(con, "clm_1")
    con.execute('UPDATE core.sentences SET start = 1, "end" = 42')
    check(con)
    tables = [row[0] for row in quarantine(con)]
    assert tables == ["core.claim_sources", "core.claims", "core.sentences"]
    assert con.execute("SELECT count(*) FROM core.articles").fetchone() == (1,)


def test_offsets_count_code_points(con):
    con.execute("UPDATE core.articles SET body = '🌊🌊 ' || body")
    con.execute('UPDATE core.sentences SET start = start + 3, "end" = "end" + 3')
    assert check(con).outcome.failing == []


def test_place_outside_a_closed_list_goes_with_its_mentions(con):
    insert(con, "core.locations", location_id="loc_1", name="Worcester", kind="hamlet", precision="point", lat=52.19, lon=-2.22, article_count=1, mention_count=1, origin="t/1")  # fmt: skip
    insert(con, "core.location_mentions", article_id="art_1", location_id="loc_1", start=4, end=9, text="river", label="GPE", candidate_count=1, rule="t", score=1.0, is_focus=True, is_metonym=False, is_demonym=False, origin="t/1")  # fmt: skip
    check(con)
    assert quarantine(con) == [
        ("core.location_mentions", "hangs on core.locations", "loc_1"),
        ("core.locations", "column_values_to_be_in_set(kind)", "hamlet"),
    ]


def test_long_sentence_goes_with_claims_and_their_sources(con):
    insert_claim(con, "clm_1")
    insert(con, "core.sentences", sentence_id="art_1:1", article_id="art_1", sentence_no=1, paragraph_no=0, start=0, end=1, text="a", is_quoted=False, origin="t/1")  # fmt: skip
    insert_claim(con, "clm_2", parent_claim_id="clm_1", sentence_id="art_1:1")
    con.execute("UPDATE core.articles SET body = repeat('a', 20001)")
    con.execute(
        "UPDATE core.sentences SET start = 0, \"end\" = 20001, text = repeat('a', 20001) "
        "WHERE sentence_no = 0"
    )
    gate = check(con)
    assert failing(gate) == {"column_value_lengths_to_be_between(text)"}
    left = "SELECT (SELECT count(*) FROM core.claims), (SELECT count(*) FROM core.claim_sources)"
    assert con.execute(left).fetchone() == (0, 0)


def test_long_speaker_goes_with_what_he_says(con):
    insert(con, "core.article_actors", article_actor_id="aa_1", article_id="art_1", actor_id="act_1", name="A" * 201, kind="person", kind_rule="t", mention_count=1, origin="t/1")  # fmt: skip
    insert_claim(con, "clm_1", speaker_article_actor_id="aa_1")
    insert_claim(con, "clm_2")
    check(con)
    assert con.execute("SELECT claim_id FROM core.claims").fetchall() == [("clm_2",)]
    assert con.execute("SELECT claim_id FROM core.claim_sources").fetchall() == [("clm_2",)]


def test_row_that_is_there_twice_stays_once(con):
    insert_claim(con, "clm_1")
    for text in ("12 people", "12 people", "13 people"):
        insert(con, "core.claim_quantities", quantity_id="q", claim_id="clm_1", article_id="art_1", start=4, end=9, text="river", kind="people", comparator="exact", unit=text, scope="incident", origin="t/1")  # fmt: skip
    check(con)
    assert len(quarantine(con)) == 2
    assert con.execute("SELECT count(*) FROM core.claim_quantities").fetchone() == (1,)
    assert con.execute("SELECT count(*) FROM core.claims").fetchone() == (1,)


def test_row_that_compares_claims_leads_back_to_the_claim(con):
    for number in range(3):
        insert_claim(con, f"clm_{number}")
    insert(con, "core.claim_links", claim_id="clm_0", other_claim_id="clm_1", link_type="same", score=1.5, reason="t", origin="t/1")  # fmt: skip
    check(con)
    assert con.execute("SELECT claim_id FROM core.claims ORDER BY ALL").fetchall() == [("clm_1",), ("clm_2",)]  # fmt: skip
    assert ("core.claims", "core.claim_links column_values_to_be_between(score)") in [
        row[:2] for row in quarantine(con)
    ]


def test_role_outside_of_its_list_costs_the_row(con):
    insert_claim(con, "clm_1")
    for number, role in enumerate(("subject", "hero")):
        insert(con, "core.article_actors", article_actor_id=f"aa_{number}", article_id="art_1", actor_id="act_1", name="Ana Silva", kind="person", kind_rule="t", mention_count=1, origin="t/1")  # fmt: skip
        insert(con, "core.claim_actors", claim_id="clm_1", article_id="art_1", article_actor_id=f"aa_{number}", role=role)  # fmt: skip
    Gate(con, RUN, 0.05).check_rows()
    assert con.execute("SELECT role FROM core.claim_actors").fetchall() == [("subject",)]


def test_every_published_table_has_a_suite():
    schema = {t for t in declared_schema() if t.startswith(("raw.", "core."))}
    assert schema - {suite.table for suite in suites.list_suites()} == INDEX_OF_CHECKED_ROWS


def test_chain_with_a_hop_left_out_costs_its_claim(con):
    insert_claim(con, "clm_1")
    insert_claim(con, "clm_2")
    con.execute("UPDATE core.claim_sources SET hop = 1 WHERE claim_id = 'clm_2'")
    check(con)
    assert con.execute("SELECT claim_id FROM core.claim_sources").fetchall() == [("clm_1",)]


def test_many_failing_rows_hold_and_stay_where_they_are(con):
    for number in range(FEW + 2):
        insert_claim(con, f"clm_{number}", content_text="x")
    for run_id in (RUN, "run_2"):
        with pytest.raises(GateHeld, match=r"core\.claims column_value_lengths.*: 7 of 7 rows"):
            check(con, run_id)
    assert con.execute("SELECT count(*) FROM core.claims").fetchone() == (FEW + 2,)
    assert quarantine(con) == []


def test_all_rows_of_a_table_may_fail_where_they_are_few_and_of_one_article(con):
    for number in range(FEW):
        insert_claim(con, f"clm_{number}", content_text="x")
    assert check(con).outcome.held == []
    assert con.execute("SELECT count(*) FROM core.claims").fetchone() == (0,)
    assert con.execute("SELECT count(*) FROM core.articles").fetchone() == (1,)
    # with what came of another article they are a sign that the check is wrong
    insert(con, "raw.documents", document_id="doc_2", source_uri="b.txt", fetched_at=AT, status="article", run_id=RUN)  # fmt: skip
    con.execute(
        "INSERT INTO core.articles BY NAME SELECT * REPLACE ('art_2' AS article_id, "
        "'doc_2' AS document_id, 'art_2' AS first_version_id) FROM core.articles"
    )
    insert_claim(con, "clm_9", article_id="art_2", content_text="x")
    with pytest.raises(GateHeld, match="6 of 6 rows"):
        check(con, "run_2")


def test_document_that_got_lost_holds_until_it_is_found(con):
    lost = {"document_id": "doc_2", "source_uri": "b.txt", "fetched_at": AT, "status": "refused"}
    insert(con, "raw.documents", **lost, run_id=RUN)
    for run_id in (RUN, "run_2"):
        with pytest.raises(GateHeld, match="outcomes_add_up"):
            check(con, run_id)
    con.execute("DELETE FROM raw.documents WHERE document_id = 'doc_2'")
    assert check(con, "run_3").outcome.held == []


def test_warning_is_told_and_published(con):
    con.execute("UPDATE core.articles SET headline = repeat('a', 401)")
    gate = check(con)
    assert (gate.outcome.warned, gate.outcome.held) == (1, [])
    assert con.execute("SELECT count(*) FROM core.articles").fetchone() == (1,)


def test_suite_with_a_wrong_name_is_named(tmp_path):
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "claims.json").write_text(
        '{"name": "core.claim", "meta": {"key": ["claim_id"]}, "expectations": []}'
    )
    with pytest.raises(
        SettingsError, match=r"claims\.json: name is 'core\.claim', expected 'core\.claims'"
    ):
        suites.list_suites(tmp_path)


def test_rule_without_a_reason_is_named(tmp_path):
    (tmp_path / "cross").mkdir()
    (tmp_path / "cross" / "x.sql").write_text("-- severity: critical\nSELECT 1")
    with pytest.raises(SettingsError, match=r"x\.sql"):
        suites.list_rules(tmp_path)
