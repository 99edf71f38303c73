"""`newsledger query` as a reader meets it."""

import json

import pytest
from click.testing import CliRunner

from newsledger.cli.main import cli
from newsledger.cli.query import show_answer
from newsledger.errors import NewsledgerError
from newsledger.store.queries import run_sql


def ask(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["query", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(
    "sql",
    [
        "FROM read_text('/etc/hostname')",
        "SELECT * FROM '/etc/passwd'",
        "FROM glob('/etc/*')",
        "COPY claims TO 'claims.csv'",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET threads = 1",
        "SET enable_external_access = true",
        "EXPORT DATABASE 'out'",
        "CREATE TABLE mine AS SELECT 1",
        "DELETE FROM core.claims",
        "SELECT 1; DROP VIEW claims",
    ],
)
def test_a_query_can_neither_write_nor_look_around(desk, tmp_path, monkeypatch, sql):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NewsledgerError, match="the query failed"):
        run_sql(sql)
    assert list(tmp_path.iterdir()) == []


def test_unsafe_reads_other_files(desk, tmp_path):
    (tmp_path / "names.csv").write_text("name\nAna Silva\n")
    output = ask(
        "--unsafe", f"SELECT count(*) AS n FROM statements JOIN '{tmp_path}/names.csv' ON name = speaker_name", "--format", "jsonl",
    )  # fmt: skip
    assert json.loads(output) == {"n": 2}


def test_json_is_one_array_of_real_values(desk):
    sql = (
        "SELECT '{\"a\": [1]}'::JSON AS json, [1, 2] AS list, {'day': DATE '2025-03-04'} AS "
        "struct, INTERVAL 3 DAY AS interval, "
        "1.5::DECIMAL(4, 2) AS decimal, 'nan'::DOUBLE AS nan, TIMESTAMP '2025-03-04 "
        "07:30:00' AS at, true AS yes, NULL AS nothing, "
        "'ab'::BLOB AS bytes UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, "
        "NULL, NULL, NULL"
    )
    rows = json.loads(ask(sql, "--format", "json"))
    assert rows[0] == {
        "json": {"a": [1]},
        "list": [1, 2],
        "struct": {"day": "2025-03-04"},
        "interval": "3 days, 0:00:00",
        "decimal": 1.5,
        "nan": None,
        "at": "2025-03-04T07:30:00",
        "yes": True,
        "nothing": None,
        "bytes": "YWI=",
    }
    assert len(rows) == 2


@pytest.mark.parametrize("form", ["table", "vertical", "csv", "json", "jsonl"])
def test_an_interval_is_shown_in_every_form(desk, form):
    assert "1 day" in ask("SELECT INTERVAL 1 DAY AS gap", "--format", form)


def test_every_statement_gives_its_result(desk):
    output = ask("SELECT 11 AS one; SELECT 22 AS two; SELECT 33 AS three")
    assert [word for word in ("11", "22", "33") if word in output] == ["11", "22", "33"]
    assert output.count("1 row") == 3


def test_wide_rows_stand_upright_and_nothing_is_cut(desk):
    output = ask("FROM claims WHERE speakers = 'Hanna Vos'")
    assert "content_text" in output
    assert "the company would decide next week" in output
    assert "a spokeswoman for Norbouw" in output
    assert max(map(len, output.splitlines())) <= 160


def test_columns_are_picked_in_order(desk):
    output = ask(
        "FROM claims WHERE speakers = 'Hanna Vos'",
        "--columns",
        "content_text, outlet_name",
        "--format",
        "csv",
    )
    assert output.splitlines() == [
        "content_text,outlet_name",
        "the company would decide next week,The Albion Daily",
    ]


def test_an_unknown_column_lists_the_known_ones(desk):
    (answer,) = run_sql("SELECT 1 AS one")
    with pytest.raises(NewsledgerError, match="no column two: there are one"):
        answer.pick(["two"])


def test_long_results_say_that_they_are_cut(desk):
    (answer,) = run_sql("SELECT range AS n FROM range(3000)")
    assert show_answer(answer, "table").endswith(
        "the first 200 of 3,000 rows; --format csv or json gives all\n"
    )
    assert show_answer(answer, "csv").count("\n") == 3001


def test_a_claim_names_all_its_speakers(desk):
    (answer,) = run_sql(
        "SELECT c.speakers, c.speaker_count, s.speaker_name FROM claims AS c JOIN statements "
        "AS s USING (claim_id) "
        "WHERE c.speaker_count > 1 ORDER BY s.chain"
    )
    assert answer.rows == (
        ("Ana Silva; Piet Bakker", 2, "Ana Silva"),
        ("Ana Silva; Piet Bakker", 2, "Piet Bakker"),
    )
