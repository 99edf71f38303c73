"""What an article says in its own words: without the lines its outlet repeats, and without what it
quotes or embeds.

Copies are decided on narration, because a statement or tweet that everybody embeds is a shared
speaker, not a shared text.
"""

import polars as pl

# articles of one outlet with different headlines and leads: two would take a story's own second
# version apart
REPEATED_IN = 3
MIN_LEAD = 60  # characters of the first paragraph that tells articles apart
MIN_QUOTED = 0.5  # share of a paragraph inside quotation marks that makes it a statement
QUOTED = r"(?m)“[^”]*(?:”|$)|\"[^\"\n]*(?:\"|$)|«[^»]*(?:»|$)"
EMBEDDED = r"(?m)^.*(?:pic\.twitter\.com/|//t\.co/\w|\(@\w{2,}\)|[✔✓] ?@\w{2,}).*$|^@\w{2,}\b.*$"
CUT = "\u241e"  # stands where a quotation was taken out; no run of words goes across it


def list_paragraphs(articles: pl.DataFrame) -> pl.DataFrame:
    """List the paragraphs of `article_id, outlet_name, headline, body`: columns `article_id`,
    `paragraph_no`, `text`, `is_repeated`, `is_embedded`.

    Paragraphs are numbered from 0 by non-empty line. `is_repeated` marks lines that the outlet
    prints below different headlines, `is_embedded` statements that articles with different
    beginnings carry word for word.
    """
    paragraphs = _number_paragraphs(articles)
    lines = (
        paragraphs.filter(pl.col("outlet_name").is_not_null())
        .group_by("outlet_name", "key")
        .agg(_count_different())
    )
    repeated = lines.filter(pl.col("different") >= REPEATED_IN).select(
        "outlet_name", "key", is_repeated=pl.lit(True)
    )
    quoted = (
        1
        - pl.col("text").str.replace_all(QUOTED, "").str.len_chars()
        / pl.col("text").str.len_chars()
    )
    statements = paragraphs.filter(quoted >= MIN_QUOTED).group_by("key").agg(_count_different())
    embedded = statements.filter(pl.col("different") >= REPEATED_IN).select(
        "key", is_embedded=pl.lit(True)
    )
    return (
        paragraphs.join(repeated, on=["outlet_name", "key"], how="left", maintain_order="left")
        .join(embedded, on="key", how="left", maintain_order="left")
        .with_columns(pl.col("is_repeated", "is_embedded").fill_null(False))
        .select("article_id", "paragraph_no", "text", "is_repeated", "is_embedded")
    )


def _number_paragraphs(articles: pl.DataFrame) -> pl.DataFrame:
    """Number the paragraphs of each article, with `key`, their text folded, and `lead`, the first
    long one of the article."""
    return (
        articles.select(
            "article_id",
            "outlet_name",
            headline=pl.col("headline").fill_null(""),
            text=pl.col("body").str.split("\n"),
        )
        .explode("text", empty_as_null=False)
        .with_columns(pl.col("text").str.strip_chars())
        .filter(pl.col("text") != "")
        .with_columns(
            paragraph_no=pl.int_range(pl.len()).over("article_id").cast(pl.Int32),
            key=fold_text("text"),
        )
        .with_columns(
            lead=pl.col("key")
            .filter(pl.col("key").str.len_chars() > MIN_LEAD)
            .first()
            .fill_null("")
            .over("article_id")
        )
    )


def _count_different() -> pl.Expr:
    return pl.min_horizontal(pl.col("headline").n_unique(), pl.col("lead").n_unique()).alias(
        "different"
    )


def fold_text(column: str) -> pl.Expr:
    """Fold a text column to lower-case words, one space apart."""
    return (
        pl.col(column).str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()
    )


def list_texts(articles: pl.DataFrame) -> pl.DataFrame:
    """Give each article its own text and its narration: columns `article_id`, `own_text`,
    `narration`, in the order of the articles."""
    kept = list_paragraphs(articles).filter(~pl.col("is_repeated") & ~pl.col("is_embedded"))
    own = kept.group_by("article_id", maintain_order=True).agg(
        own_text=pl.col("text").str.join("\n")
    )
    return (
        articles.select("article_id")
        .join(own, on="article_id", how="left", maintain_order="left")
        .with_columns(pl.col("own_text").fill_null(""))
        .with_columns(
            narration=pl.col("own_text")
            .str.replace_all(EMBEDDED, "")
            .str.replace_all(QUOTED, f" {CUT} ")
        )
    )
