"""Checks, gate and quarantine, on rows that are wrong in a known way."""

import json
from datetime import datetime

import duckdb
import pytest

from newsledger.errors import SettingsError
from newsledger.run import checks as quality
from newsledger.store.database import open_work

RUN = "run_1"
AT = datetime(2024, 12, 6, 9, 15)
BODY = "The river rose overnight, the mayor said. “We are ready,” said Ana Silva, who leads the crews in the old town by the bridge."


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


def failed_checks(con) -> set[str]:
    return {
        row[0]
        for row in con.execute("SELECT check_name FROM ops.checks WHERE NOT is_passed").fetchall()
    }


def test_good_rows_pass(con):
    outcome = quality.run_checks(con, RUN)
    assert outcome.failed == 0
    assert outcome.warned == 0
    assert outcome.total > 80


def test_wrong_offset_shuts_the_gate(con):
    con.execute('UPDATE core.sentences SET start = 1, "end" = 42')
    assert quality.run_checks(con, RUN).failed == 1
    assert "offsets" in failed_checks(con)


def test_offsets_count_code_points(con):
    con.execute("UPDATE core.articles SET body = '🌊🌊 ' || body")
    con.execute('UPDATE core.sentences SET start = start + 3, "end" = "end" + 3')
    assert quality.run_checks(con, RUN).failed == 0


def test_value_outside_a_closed_list_shuts_the_gate_and_is_listed(con):
    insert(con, "core.locations", location_id="loc_1", name="Worcester", kind="hamlet", precision="point", lat=52.19, lon=-2.22, article_count=1, mention_count=1, origin="t/1")  # fmt: skip
    outcome = quality.run_checks(con, RUN)
    assert outcome.failed == 1
    assert con.execute(
        "SELECT table_name, rule, column_name, value FROM ops.quarantine"
    ).fetchall() == [("core.locations", "column_values_to_be_in_set(kind)", "kind", "hamlet")]
    assert con.execute("SELECT count(*) FROM core.locations").fetchone() == (1,), (
        "a critical row stays, so that the gate stays shut"
    )


def test_row_that_warns_moves_to_quarantine_with_what_hangs_on_it(con):
    insert(con, "core.claims", claim_id="clm_1", article_id="art_1", sentence_id="art_1:0", source_type="unnamed_official", is_named=False, content_text="x", content_spans=[{"start": 0, "end": 3}], source_spans=[], cue_spans=[], form="indirect", cue_class="speech", cue_type="speaking", cue_stance="neutral", polarity="affirmed", certainty="certain", hedges=[], tense="happened", is_attribution_negated=False, is_statement=False, construction="t", score=1.0, origin="t/1")  # fmt: skip
    insert(con, "core.claim_sources", claim_id="clm_1", article_id="art_1", chain=0, hop=0, surface="the mayor", source_type="unnamed_official", is_named=False, origin="t/1")  # fmt: skip
    outcome = quality.run_checks(con, RUN)
    assert outcome.failed == 0
    assert outcome.warned == 1
    rows = con.execute(
        "SELECT table_name, rule, value, row FROM ops.quarantine ORDER BY table_name"
    ).fetchall()
    assert [(table, rule, value) for table, rule, value, _ in rows] == [
        ("core.claim_sources", "hangs on core.claims", "clm_1"),
        ("core.claims", "column_value_lengths_to_be_between(content_text)", "x"),
    ]
    assert json.loads(rows[1][3])["claim_id"] == "clm_1"
    assert con.execute("SELECT count(*) FROM core.claims").fetchone() == (0,)


def test_document_that_got_lost_shuts_the_gate(con):
    insert(
        con,
        "raw.documents",
        document_id="doc_2",
        source_uri="b.txt",
        fetched_at=AT,
        status="refused",
        run_id=RUN,
    )
    quality.run_checks(con, RUN)
    assert failed_checks(con) == {"outcomes_add_up"}


def test_suite_with_a_wrong_name_is_named(tmp_path):
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "claims.json").write_text(
        '{"name": "core.claim", "meta": {"key": ["claim_id"]}, "expectations": []}'
    )
    with pytest.raises(
        SettingsError, match=r"claims\.json: name is 'core\.claim', expected 'core\.claims'"
    ):
        quality.list_suites(tmp_path)


def test_rule_without_a_reason_is_named(tmp_path):
    (tmp_path / "x.sql").write_text("-- severity: critical\nSELECT 1")
    with pytest.raises(SettingsError, match=r"x\.sql"):
        quality.list_cross_rules(tmp_path)
