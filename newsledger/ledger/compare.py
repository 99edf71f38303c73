"""What goes across articles: copies, stories, claims that say the same or contradict, corroboration and figures."""

from typing import TYPE_CHECKING

import polars as pl

from newsledger.ledger.copies import find_copies
from newsledger.ledger.stories import ORIGIN as STORY_ORIGIN
from newsledger.ledger.stories import find_stories
from newsledger.store import replace_rows

if TYPE_CHECKING:
    import duckdb

_ARTICLES = """
    SELECT article_id, first_version_id, is_current, outlet_name, headline, published_at, agency_name, body, copy_group_id, story_id
    FROM core.articles WHERE language = 'en' ORDER BY article_id
"""


def compare_articles(con: "duckdb.DuckDBPyConnection", run_id: str) -> dict[str, int]:
    """Bring copies, stories and what hangs on them up to date. Returns the rows that changed, by table. Runs inside a transaction."""
    articles = con.sql(_ARTICLES).pl()
    copies = find_copies(articles)
    known = dict(articles.filter(pl.col("story_id").is_not_null()).select("article_id", "story_id").iter_rows())
    copy_groups = dict(copies.select("article_id", "copy_group_id").iter_rows())
    stories = find_stories(articles, copy_groups, known)
    articles = articles.drop("copy_group_id", "story_id").join(
        copies.select("article_id", "copy_group_id"), on="article_id", how="left"
    ).join(stories, on="article_id", how="left")  # fmt: skip
    _assign(con, "core.articles", "article_id", articles.select("article_id", "copy_group_id", "story_id"))
    return {
        "core.copies": replace_rows(con, "core.copies", copies),
        "core.stories": replace_rows(con, "core.stories", _sum_up_stories(articles)),
    }


def _assign(con: "duckdb.DuckDBPyConnection", table: str, key: str, frame: pl.DataFrame) -> None:
    """Set the other columns of a frame in the rows of a table where they differ."""
    columns = [column for column in frame.columns if column != key]
    con.register("assigned", frame.to_arrow())
    differ = " OR ".join(f"t.{column} IS DISTINCT FROM a.{column}" for column in columns)
    con.execute(
        f"UPDATE {table} t SET {', '.join(f'{column} = a.{column}' for column in columns)} FROM assigned a "
        f"WHERE t.{key} = a.{key} AND ({differ})"
    )
    con.unregister("assigned")


def _sum_up_stories(articles: pl.DataFrame) -> pl.DataFrame:
    current = articles.filter(pl.col("is_current").fill_null(True)).sort("published_at", "article_id", nulls_last=True)
    return (
        current.group_by("story_id")
        .agg(
            pl.col("headline").first(),
            article_count=pl.len().cast(pl.Int32),
            outlet_count=pl.col("outlet_name").drop_nulls().n_unique().cast(pl.Int32),
            independent_text_count=pl.coalesce("copy_group_id", "article_id").n_unique().cast(pl.Int32),
            first_published_at=pl.col("published_at").min(),
            last_published_at=pl.col("published_at").max(),
        )
        .with_columns(origin=pl.lit(STORY_ORIGIN))
        .sort("story_id")
    )
