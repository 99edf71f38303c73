"""Frames of actors: as each article knows them, and across articles."""

from collections.abc import Sequence

import polars as pl

from newsledger.model.records import Extraction
from newsledger.nlp.names.actors import ORIGIN
from newsledger.transform.frames import Columns, Read, build_frame


def build_frames(read: Read) -> dict[str, pl.DataFrame]:
    """Build `core.article_actors`, `core.actor_mentions` and `core.actor_roles` of one batch; actor
    ids come with identity."""
    mentions = _build_mentions(read.extractions)
    return {
        "core.article_actors": _build_article_actors(read.extractions, mentions),
        "core.actor_mentions": mentions,
        "core.actor_roles": _build_roles(read.extractions),
    }


def _build_mentions(extractions: Sequence[Extraction]) -> pl.DataFrame:
    pairs = [
        (extraction.article_id, mention)
        for extraction in extractions
        for mention in extraction.actor_mentions
    ]
    columns: Columns = {
        "article_id": [article_id for article_id, _ in pairs],
        "article_actor_id": [mention.article_actor_id for _, mention in pairs],
    }
    found = [mention for _, mention in pairs]
    return build_frame("core.actor_mentions", found, columns=columns, origin=ORIGIN)


def _build_article_actors(
    extractions: Sequence[Extraction], mentions: pl.DataFrame
) -> pl.DataFrame:
    pairs = [
        (extraction.article_id, actor) for extraction in extractions for actor in extraction.actors
    ]
    counts = dict(mentions["article_actor_id"].value_counts().iter_rows())
    columns: Columns = {
        "article_id": [article_id for article_id, _ in pairs],
        "article_actor_id": [actor.article_actor_id for _, actor in pairs],
        "aliases": [
            [{"alias": alias.alias, "alias_type": alias.alias_type} for alias in actor.aliases]
            for _, actor in pairs
        ],
        "mention_count": [counts.get(actor.article_actor_id, 0) for _, actor in pairs],
    }
    actors = [actor for _, actor in pairs]
    return build_frame("core.article_actors", actors, columns=columns, origin=ORIGIN)


def _build_roles(extractions: Sequence[Extraction]) -> pl.DataFrame:
    triples = [
        (extraction.article_id, actor.article_actor_id, role)
        for extraction in extractions
        for actor in extraction.actors
        for role in actor.roles
    ]
    columns: Columns = {
        "article_id": [article_id for article_id, *_ in triples],
        "article_actor_id": [key for _, key, _ in triples],
    }
    roles = [role for *_, role in triples]
    return build_frame("core.actor_roles", roles, columns=columns, origin=ORIGIN)


def summarise_actors(
    article_actors: pl.DataFrame, articles: pl.DataFrame, claims: pl.DataFrame
) -> pl.DataFrame:
    """Sum up `core.actors` from what the articles know: the most used full name, the commonest
    kind, first and last article.

    Ties go to the longer, then the alphabetically first value, so that the result does not depend
    on row order; a name in capitals stands behind any other.
    """
    known = article_actors.filter(pl.col("actor_id").is_not_null()).join(
        articles.select("article_id", seen_at=pl.coalesce("published_at", "modified_at")),
        on="article_id",
        how="left",
    )
    spoken = claims.group_by(pl.col("speaker_actor_id").alias("actor_id")).agg(
        pl.len().cast(pl.Int32).alias("claim_count")
    )
    totals = known.group_by("actor_id").agg(
        pl.col("article_id").n_unique().cast(pl.Int32).alias("article_count"),
        pl.col("mention_count").sum().cast(pl.Int32),
        pl.col("seen_at").min().alias("first_seen_at"),
        pl.col("seen_at").max().alias("last_seen_at"),
    )
    summary = totals.join(spoken, on="actor_id", how="left")
    for column, alias in (
        ("name", "canonical_name"),
        ("kind", "kind"),
        ("country_code", "country_code"),
        ("party_role", "party_role"),
    ):
        summary = summary.join(_commonest(known, column, alias), on="actor_id", how="left")
    return summary.with_columns(pl.col("claim_count").fill_null(0), origin=pl.lit("actors/1")).sort(
        "actor_id"
    )


def _commonest(known: pl.DataFrame, column: str, alias: str) -> pl.DataFrame:
    return (
        known.filter(pl.col(column).is_not_null())
        .group_by("actor_id", column)
        .agg(pl.len().alias("uses"))
        .sort(
            (pl.col(column) == pl.col(column).str.to_uppercase())
            & pl.col(column).str.contains(" "),
            "uses",
            pl.col(column).str.len_chars(),
            column,
            descending=[False, True, True, False],
        )
        .group_by("actor_id", maintain_order=True)
        .agg(pl.col(column).first().alias(alias))
    )


def summarise_aliases(article_actors: pl.DataFrame) -> pl.DataFrame:
    """Sum up `core.actor_aliases`: each name with its type and in how many articles it stands."""
    return (
        article_actors.filter(pl.col("actor_id").is_not_null())
        .select("actor_id", "article_id", "aliases")
        .explode("aliases", empty_as_null=True)
        .filter(pl.col("aliases").is_not_null())
        .unnest("aliases")
        .group_by("actor_id", "alias", "alias_type")
        .agg(pl.col("article_id").n_unique().cast(pl.Int32).alias("article_count"))
        .with_columns(origin=pl.lit("actors/1"))
        .sort("actor_id", "alias", "alias_type")
    )
