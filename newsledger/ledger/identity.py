"""Identity of actors across articles: which actors of articles are one actor of the ledger."""

import polars as pl

from newsledger.ids import make_id

ORIGIN = "identity/0"


def assign_actor_ids(article_actors: pl.DataFrame) -> pl.DataFrame:
    """Give each row of `core.article_actors` its actor: columns `article_actor_id`, `actor_id`.

    A row of seeds/actors.csv, or else the folded full name and person or not, decides.
    """
    name = pl.col("name").str.to_lowercase().str.replace_all(r"^the |[’'`\".]|’s$", "").str.replace_all(r"[\s-]+", " ").str.strip_chars()
    kind = pl.when(pl.col("kind") == "person").then(pl.lit("person")).otherwise(pl.lit("group"))
    key = pl.coalesce(pl.format("seed|{}", "seed_id"), pl.format("{}|{}", kind, name))
    keys = article_actors.select("article_actor_id", key=key)
    ids = keys.select("key").unique().with_columns(actor_id=pl.col("key").map_elements(lambda value: make_id("act", value), pl.String))
    return keys.join(ids, on="key").select("article_actor_id", "actor_id")
