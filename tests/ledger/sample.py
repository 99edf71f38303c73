"""The sample feed and its known truth, as frames."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from newsledger import paths
from newsledger.clean.document import clean_document
from newsledger.ingest import read_sources
from newsledger.settings import Settings

TRUTH = Path(__file__).parents[1] / "golden" / "sample" / "truth.json"


@cache
def read_truth() -> dict[str, Any]:
    return json.loads(TRUTH.read_text("utf-8"))


@cache
def read_articles() -> pl.DataFrame:
    """Cleaned articles of the feed; the file name stands for the id."""
    rows = []
    for document in read_sources([paths.SEEDS / "sample"], Settings()):
        article = clean_document(document)
        rows.append({
            "article_id": Path(document.source_uri).name, "first_version_id": None, "is_current": True, "outlet_name": article.outlet_name,
            "headline": article.headline, "published_at": article.published_at, "agency_name": article.agency_name, "body": article.body,
        })  # fmt: skip
    return pl.DataFrame(rows).with_columns(
        pl.col("published_at").dt.replace_time_zone(None),
        pl.col("first_version_id").cast(pl.String),
    )


def list_groups(frame: pl.DataFrame, column: str) -> list[list[str]]:
    """The groups of a frame as sorted lists of articles."""
    return sorted(
        sorted(members)
        for members in frame.group_by(column).agg("article_id")["article_id"].to_list()
    )
