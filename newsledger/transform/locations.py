"""Frames of places: mentions in each article, and the places in use across articles."""

from collections.abc import Sequence

import polars as pl

from newsledger.lexicon.gazetteer import load_gazetteer
from newsledger.model.records import Extraction
from newsledger.nlp.places.mentions import ORIGIN
from newsledger.nlp.time.dates import ORIGIN as DATES_ORIGIN
from newsledger.transform.frames import Columns, Read, build_frame


def build_frames(read: Read) -> dict[str, pl.DataFrame]:
    """Build `core.location_mentions`, `core.time_mentions` and `core.locations` of one batch."""
    pairs = [
        (extraction.article_id, mention)
        for extraction in read.extractions
        for mention in extraction.location_mentions
    ]
    mentions = build_frame(
        "core.location_mentions",
        [mention for _, mention in pairs],
        columns={"article_id": [article_id for article_id, _ in pairs]},
        origin=ORIGIN,
    )
    return {
        "core.location_mentions": mentions,
        "core.time_mentions": _build_times(read.extractions),
        "core.locations": _build_locations(read.extractions),
    }


def _build_times(extractions: Sequence[Extraction]) -> pl.DataFrame:
    pairs = [
        (extraction.article_id, time) for extraction in extractions for time in extraction.times
    ]
    columns: Columns = {"article_id": [article_id for article_id, _ in pairs]}
    times = [time for _, time in pairs]
    return build_frame("core.time_mentions", times, columns=columns, origin=DATES_ORIGIN)


def _build_locations(extractions: Sequence[Extraction]) -> pl.DataFrame:
    """Build `core.locations` of one batch, one row a place; the counts come with the summary."""
    places = [place for extraction in extractions for place in extraction.locations]
    frame = build_frame("core.locations", places, origin=ORIGIN)
    return frame.unique("location_id", keep="first", maintain_order=True).with_columns(
        article_count=pl.lit(0, pl.Int32), mention_count=pl.lit(0, pl.Int32)
    )


def summarise_locations(locations: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Count articles and mentions of each place, and call a town by the name the articles use where
    the gazetteer spells it otherwise: a name that an earlier summary gave does not count."""
    counts = mentions.group_by("location_id").agg(
        pl.col("article_id").n_unique().cast(pl.Int32).alias("article_count"),
        pl.len().cast(pl.Int32).alias("mention_count"),
    )
    printed = (
        mentions.filter(~pl.col("is_demonym"))
        .group_by("location_id", "text")
        .agg(pl.len().alias("uses"))
        .sort("uses", "text", descending=[True, False])
        .group_by("location_id", maintain_order=True)
        .agg(pl.col("text").first().alias("printed"), pl.col("text").alias("texts"))
    )
    locations = _name_as_gazetteer(locations, printed)
    is_printed = (
        pl.col("texts")
        .list.eval(pl.element().str.to_lowercase())
        .list.contains(pl.col("name").str.to_lowercase())
    )
    is_other = (pl.col("kind") == "point") & ~is_printed.fill_null(True)
    return (
        locations.drop("article_count", "mention_count")
        .join(counts, on="location_id", how="inner")
        .join(printed, on="location_id", how="left")
        .with_columns(name=pl.when(is_other).then(pl.col("printed")).otherwise(pl.col("name")))
        .select(locations.columns)
        .sort("location_id")
    )


def _name_as_gazetteer(locations: pl.DataFrame, printed: pl.DataFrame) -> pl.DataFrame:
    """Give places the name that the gazetteer has for them, where one of their printed names leads
    to it."""
    find = load_gazetteer().find
    names = {}
    for location_id, texts in printed.select("location_id", "texts").iter_rows():
        places = (found.place for text in texts for found in find(text))
        name = next((place.name for place in places if place.location_id == location_id), None)
        if name is not None:
            names[location_id] = name
    own = pl.col("location_id").replace_strict(names, default=None, return_dtype=pl.String)
    return locations.with_columns(name=pl.coalesce(own, "name"))
