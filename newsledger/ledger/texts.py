"""Copies and stories, brought up to date by what new and changed articles touch."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from newsledger.ledger.comparison import Comparison
from newsledger.ledger.copies.update import update_copies
from newsledger.ledger.overrides import Override, apply_story_overrides
from newsledger.ledger.scope import assign, list_ids, scope_of
from newsledger.ledger.stories.find import ORIGIN as STORY_ORIGIN
from newsledger.ledger.stories.find import name_stories
from newsledger.ledger.stories.update import read_groups, update_stories
from newsledger.store.database import read_state, replace_rows, write_state

if TYPE_CHECKING:
    import duckdb

_SIGNED = "story_decisions"  # state: the corrections of stories that were applied
_ARTICLES = """
    SELECT article_id, outlet_name, headline FROM core.articles WHERE language = 'en'
"""


def compare_texts(con: "duckdb.DuckDBPyConnection", overrides: Sequence[Override]) -> Comparison:
    """Bring copies and stories up to date, of the articles alone that new, changed and withdrawn
    ones touch. Where people have corrected stories, all are named again."""
    moved = update_copies(con)
    changed = {"core.copies": moved.copies_changed, "core.stories": 0}
    regrouped = update_stories(con, moved) if moved.articles or moved.gone else None
    corrections = [entry for entry in overrides if entry.file == "story.csv"]
    signed = repr([entry.values for entry in corrections]) if corrections else ""
    log: list[Override] = []
    stories: dict[str, str] = {}
    if corrections or signed != (read_state(con, _SIGNED) or ""):
        stories, log = _name_all(con, overrides)
        write_state(con, _SIGNED, signed)
    elif regrouped is not None:
        stories = name_stories(regrouped.groups)
    if regrouped is not None or stories:
        changed["core.stories"] = _write_stories(con, stories)
    return Comparison(changed, log)


def _name_all(
    con: "duckdb.DuckDBPyConnection", overrides: Sequence[Override]
) -> tuple[dict[str, str], list[Override]]:
    rows = con.execute(_ARTICLES).fetchall()
    titles = {article: (outlet, headline) for article, outlet, headline in rows}
    return apply_story_overrides(overrides, name_stories(read_groups(con)), titles)


def _write_stories(con: "duckdb.DuckDBPyConnection", stories: dict[str, str]) -> int:
    """Give articles their stories, and sum up the stories that they were in or are in now."""
    with scope_of(con, "named", stories):
        summed = list_ids(
            con,
            "SELECT DISTINCT story_id FROM core.articles SEMI JOIN named s ON s.id = article_id "
            "WHERE story_id IS NOT NULL",
        )
    schema = {"article_id": pl.String, "story_id": pl.String}
    frame = pl.DataFrame(list(stories.items()), schema=schema, orient="row")
    assign(con, "core.articles", "article_id", frame)
    with scope_of(con, "summed", summed | set(stories.values())):
        articles = con.sql(
            "SELECT article_id, outlet_name, headline, published_at, is_current, copy_group_id, "
            "story_id FROM core.articles SEMI JOIN summed s ON s.id = story_id "
            "WHERE language = 'en'"
        ).pl()
        return replace_rows(
            con,
            "core.stories",
            _sum_up(articles),
            "story_id IN (SELECT id FROM summed) OR story_id NOT IN "
            "(SELECT story_id FROM core.articles WHERE story_id IS NOT NULL)",
        )


def _sum_up(articles: pl.DataFrame) -> pl.DataFrame:
    current = articles.filter(pl.col("is_current").fill_null(True)).sort(
        "published_at", "article_id", nulls_last=True
    )
    return (
        current.group_by("story_id")
        .agg(
            pl.col("headline").first(),
            article_count=pl.len().cast(pl.Int32),
            outlet_count=pl.col("outlet_name").drop_nulls().n_unique().cast(pl.Int32),
            independent_text_count=pl.coalesce("copy_group_id", "article_id")
            .n_unique()
            .cast(pl.Int32),
            first_published_at=pl.col("published_at").min(),
            last_published_at=pl.col("published_at").max(),
        )
        .with_columns(origin=pl.lit(STORY_ORIGIN))
        .sort("story_id")
    )
