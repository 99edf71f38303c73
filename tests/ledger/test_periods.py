"""Periods of a large archive: what comes out does not depend on the order of arrival."""

import datetime

import polars as pl
import pytest

from newsledger.ledger import periods
from newsledger.ledger.periods import join_stories, split_periods


def make_articles(days: list[int | None]) -> pl.DataFrame:
    start = datetime.datetime(2026, 1, 1)
    return pl.DataFrame(
        {
            "article_id": [f"a{number:03}" for number in range(len(days))],
            "published_at": [
                None if day is None else start + datetime.timedelta(days=day) for day in days
            ],
            "text_key": "t",
            "is_current": True,
        },
        schema_overrides={"published_at": pl.Datetime("us")},
    )


def test_a_small_archive_is_one_period():
    assert [period.key for period in split_periods(make_articles([0, 100, None]))] == ["all"]
    assert split_periods(make_articles([])) == []


@pytest.fixture
def small_periods(monkeypatch):
    monkeypatch.setattr(periods, "ONE_PERIOD", 8)
    monkeypatch.setattr(periods, "PER_PERIOD", 8)
    monkeypatch.setattr(periods, "MARGIN_DAYS", 2)


def test_every_article_has_one_home(small_periods):
    found = split_periods(make_articles([*range(60), None]))
    assert sorted(article for period in found for article in period.home) == [
        f"a{number:03}" for number in range(61)
    ]
    assert all(set(period.home) <= set(period.context) for period in found)
    assert len(found) > 3


def test_only_periods_near_a_new_article_change(small_periods):
    before = {period.key: period.digest for period in split_periods(make_articles([*range(40)]))}
    after = {period.key: period.digest for period in split_periods(make_articles([*range(40), 39]))}
    assert before.keys() == after.keys()
    assert 1 <= sum(before[key] != after[key] for key in before) <= 2


def test_stories_go_on_in_the_next_period():
    first = (["a", "b", "c"], [["a", "b", "c", "d"]])
    second = (["d", "e"], [["c", "d", "e"]])
    third = (["x"], [["e"], ["x"]])
    assert join_stories([first, second, third]) == [["a", "b", "c", "d", "e"], ["x"]]


def test_batches_give_what_all_at_once_gives(tmp_path, monkeypatch, small_periods):
    from newsledger import paths
    from newsledger.run.plan import RunOptions
    from newsledger.run.runner import run_all
    from newsledger.store.database import open_published

    files = sorted((paths.SEEDS / "sample").glob("*.txt"))

    def run(name: str, *batches: list) -> tuple[set[str], ...]:
        for key, value in (
            ("DATA", ""),
            ("WORK_DB", "work.duckdb"),
            ("PUBLISHED_DB", "newsledger.duckdb"),
            ("RUN_LOCK", "run.lock"),
        ):
            monkeypatch.setattr(paths, key, tmp_path / name / value)
        for batch in batches:
            run_all(RunOptions(sources=tuple(map(str, batch)), report=None))
        with open_published() as con:
            assert (
                len(con.execute("SELECT DISTINCT period FROM ops.period_articles").fetchall()) > 1
            )
            return tuple(
                {row[0] for row in con.execute(f"SELECT string_agg({key}, ' ' ORDER BY {key}) FROM {table} WHERE {group} IS NOT NULL GROUP BY {group}").fetchall()}
                for table, key, group in (
                    ("core.articles", "article_id", "copy_group_id"), ("core.articles", "article_id", "story_id"),
                    ("core.claims", "claim_id", "claim_group_id"), ("core.figure_group_members", "quantity_id", "figure_group_id"),
                )
            )  # fmt: skip

    assert run("batches", files[::2], files[1::2]) == run("whole", files)
