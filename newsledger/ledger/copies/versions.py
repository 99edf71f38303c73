"""Versions: which articles are the same article of an outlet, printed again with changes, and in
which order.

Two articles are versions of one if they have the same canonical address, or if the same outlet
printed them under nearly the same headline, within days, with most of the text in common. Two
addresses of which one is undated are two articles: nothing says that they are days apart or not.
The answer depends on the set of articles alone, not on the order in which they came."""

import re
from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache

import polars as pl

from newsledger.text.fold import list_grams

ORIGIN = "versions/1"
# rapidfuzz ratio of folded headlines; "120 homes" → "140 homes" in a headline of 55 characters
# gives 96
MIN_HEADLINE_RATIO = 85.0
# share of the shorter text's word 5-grams; daily columns under one headline share under 0.05,
# versions over 0.6
MIN_SHARED_TEXT = 0.4
MAX_APART = timedelta(days=3)  # between two versions that only headline and text tie together
_SHINGLE = 5
_WORD = re.compile(r"\w+")
_TRACKING = (
    r"(?i)\b(?:utm_\w*|at_\w*|ns_\w*|[fgd]clid|fbclid|mc_[ce]id|cmp(?:id)?|ocid|smid"
    r"|smtyp|ref(?:errer)?|src|share|ito|xtor|amp)"
    r"(?:=[^&]*)?(?:&|$)"
)
COLUMNS = (
    "article_id", "url", "outlet_domain", "outlet_name", "headline", "body", "published_at",
    "modified_at", "fetched_at", "text_key",
)  # fmt: skip


def assign_versions(articles: pl.DataFrame) -> pl.DataFrame:
    """Give each article its place in its chain of versions.

    `articles` has the columns of `core.articles` named in `COLUMNS`, and `fetched_at` of its
    document. Returns one row per article: `article_id`, `first_version_id`, `version` (from 1),
    `is_current`, `duplicate_of` (the article of the same chain with the very same text, else null).
    A duplicate shares the number of the version it repeats and is never current.
    """
    if missing := sorted(set(COLUMNS) - set(articles.columns)):
        raise ValueError(f"articles lack {', '.join(missing)}")
    rows = (
        articles.select(COLUMNS)
        .unique("article_id")
        .sort("article_id")
        .with_columns(version_keys())
    )
    chains = _join_pairs(
        rows["article_id"].to_list(), [*_pairs_by_url(rows), *_pairs_by_headline(rows)]
    )
    rows = rows.with_columns(chain=pl.Series(chains, dtype=pl.Int64)).sort(
        "chain", "order_at", "fetched_at", "article_id"
    )
    first_of_text = pl.col("article_id").first().over("chain", "text_key")
    rows = rows.with_columns(
        duplicate_of=pl.when(first_of_text != pl.col("article_id")).then(first_of_text),
        first_version_id=pl.col("article_id").first().over("chain"),
    )
    is_version = pl.col("duplicate_of").is_null()
    rows = rows.with_columns(
        own_version=pl.when(is_version).then(is_version.cast(pl.Int32).cum_sum().over("chain"))
    )
    return rows.select(
        "article_id",
        "first_version_id",
        version=pl.col("own_version").first().over("chain", "text_key"),
        is_current=is_version
        & (pl.col("own_version") == pl.col("own_version").max().over("chain")),
        duplicate_of="duplicate_of",
    ).sort("article_id")


def version_keys() -> list[pl.Expr]:
    """Columns that articles are compared by: address, outlet, folded headline, and the time that
    orders versions."""
    printed = pl.max_horizontal("published_at", "modified_at")
    return [
        url_key().alias("url_key"),
        pl.coalesce(
            pl.col("outlet_domain").str.to_lowercase(), pl.col("outlet_name").str.to_lowercase()
        ).alias("outlet_key"),
        _folded("headline").alias("folded"),
        pl.coalesce(printed, "fetched_at").alias("order_at"),
        pl.coalesce("published_at", "modified_at", "fetched_at").alias("seen_at"),
        printed.is_not_null().alias("is_dated"),
    ]


def _folded(column: str) -> pl.Expr:
    return (
        pl.col(column)
        .str.to_lowercase()
        .str.replace_all(r"[^\w\s]", "")
        .str.replace_all(r"\s+", " ")
        .str.strip_chars()
    )


def url_key(column: str = "url") -> pl.Expr:
    """Fold an address to what tells articles apart: no scheme, www, AMP, tracking parameters,
    fragment or last slash.

    A front page is null: it is another article every hour.
    """
    key = (
        pl.col(column)
        .str.replace(r"#.*$", "")
        .str.replace(r"(?i)^https?://(?:www\.|m\.|mobile\.|amp\.)?", "")
        .str.replace_all(_TRACKING, "")
        .str.replace(r"[?&]+$", "")
        .str.replace(r"(?i)(?:/amp|\.amp|/index\.html?|/)+$", "")
    )
    host = key.str.extract(r"^([^/?]+)").str.to_lowercase()
    rest = key.str.replace(r"^[^/?]+", "")
    return pl.when(rest.str.len_chars() > 1).then(pl.concat_str(host, rest))


@lru_cache(maxsize=4096)
def fold_url(url: str) -> str | None:
    """Fold one address as `url_key` does."""
    found: str | None = pl.select(pl.lit(url).alias("url")).select(url_key()).item()
    return found


def _pairs_by_url(rows: pl.DataFrame) -> list[tuple[str, str]]:
    first = rows.filter(pl.col("url_key").is_not_null()).with_columns(
        first=pl.col("article_id").first().over("url_key")
    )
    return (
        first.filter(pl.col("first") != pl.col("article_id")).select("first", "article_id").rows()
    )


def _pairs_by_headline(rows: pl.DataFrame) -> list[tuple[str, str]]:
    """Pairs of one outlet with nearly the same headline, close in time, that share most of their
    text."""
    pairs = _candidates(rows)
    if pairs.is_empty():
        return []
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import cpdist

    ratios = cpdist(
        pairs["folded"].to_list(),
        pairs["folded_right"].to_list(),
        scorer=ratio,
        score_cutoff=MIN_HEADLINE_RATIO,
    )
    near = pairs.filter(pl.Series(ratios >= MIN_HEADLINE_RATIO))
    ids = pl.concat([near["article_id"], near["article_id_right"]]).unique()
    bodies = (
        rows.filter(pl.col("article_id").is_in(ids.implode())).select("article_id", "body").rows()
    )
    shingles = {article_id: shingle(body) for article_id, body in bodies}
    close = near.select("article_id", "article_id_right").rows()
    return [(a, b) for a, b in close if shared_text(shingles[a], shingles[b]) >= MIN_SHARED_TEXT]


def _candidates(rows: pl.DataFrame) -> pl.DataFrame:
    """Pairs of one outlet that begin or end their headline with the same two words, and lie within
    `MAX_APART`."""
    words = pl.col("folded").str.split(" ")
    days = int(MAX_APART.total_seconds())
    window = pl.col("seen_at").dt.epoch("s") // days
    blocks = (
        rows.filter(pl.col("outlet_key").is_not_null() & (pl.col("folded").str.len_chars() > 0))
        .select(
            "article_id", "outlet_key", "folded", "seen_at", "url_key", "is_dated", "text_key",
            block=pl.concat_list(pl.format("<{}", words.list.head(2).list.join(" ")),
            pl.format("{}>", words.list.tail(2).list.join(" "))),
            window=pl.concat_list(window, window + 1),
        )
        .explode("block")
        .explode("window")
    )  # fmt: skip
    pairs = blocks.join(blocks, on=["outlet_key", "block", "window"])
    is_close = (pl.col("seen_at") - pl.col("seen_at_right")).abs() <= MAX_APART
    is_told = (
        (pl.col("is_dated") & pl.col("is_dated_right"))
        | pl.col("url_key").is_null()
        | pl.col("url_key_right").is_null()
        | (pl.col("text_key") == pl.col("text_key_right"))
    )
    return (
        pairs.filter((pl.col("article_id") < pl.col("article_id_right")) & is_close & is_told)
        .unique(["article_id", "article_id_right"])
        .sort("article_id", "article_id_right")
    )


def shingle(text: str) -> frozenset[int]:
    """Hash the word 5-grams of a text; of a shorter text, the whole of it."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return frozenset(map(hash, list_grams(words, _SHINGLE)))


def shared_text(a: frozenset[int], b: frozenset[int]) -> float:
    """Share of the shorter text's 5-grams that the other one has too."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _join_pairs(ids: list[str], pairs: Iterable[tuple[str, str]]) -> list[int]:
    """Number the chains that the pairs tie together: one number per id, the same for all of a
    chain."""
    number = {article_id: index for index, article_id in enumerate(ids)}
    parents = list(range(len(ids)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for a, b in pairs:
        low, high = sorted((root(number[a]), root(number[b])))
        parents[high] = low
    return [root(index) for index in range(len(ids))]
