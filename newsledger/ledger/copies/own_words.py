"""What an article says in its own words: without the lines its outlet repeats, and without what it
quotes or embeds.

Copies are decided on what is unquoted, because a statement or tweet that everybody embeds is a
shared speaker, not a shared text.
"""

import polars as pl

# articles of one outlet with different headlines and leads: two would take a story's own second
# version apart
REPEATED_IN = 3
MIN_LEAD = 60  # characters of the first paragraph that tells articles apart
MIN_QUOTED = 0.5  # share of a paragraph inside quotation marks that makes it a statement
QUOTED = r"(?m)“[^”]*(?:”|$)|\"[^\"\n]*(?:\"|$)|«[^»]*(?:»|$)"
EMBEDDED = r"(?m)^.*(?:pic\.twitter\.com/|//t\.co/\w|\(@\w{2,}\)|[✔✓] ?@\w{2,}).*$|^@\w{2,}\b.*$"
SEED = 11  # of hashes that are kept
CUT = "\u241e"  # stands where a quotation was taken out; no run of words goes across it


def list_paragraphs(articles: pl.DataFrame) -> pl.DataFrame:
    """List the paragraphs of `article_id, outlet_name, headline, body`: columns `article_id`,
    `paragraph_no`, `text`, and what they are known by among all articles.

    Paragraphs are numbered from 0 by non-empty line. `line` is the hash of outlet and text,
    `statement` that of a text which is mostly quoted; `headline` and `lead` (the first long
    paragraph) tell articles apart that carry them.
    """
    quoted = (
        1
        - pl.col("text").str.replace_all(QUOTED, "").str.len_chars()
        / pl.col("text").str.len_chars()
    )
    line = pl.concat_str("outlet_name", "key", separator="\x1f").hash(SEED)
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
        .with_columns(lead=_find_lead().over("article_id"))
        .select(
            "article_id",
            "paragraph_no",
            "text",
            line=pl.when(pl.col("outlet_name").is_not_null()).then(line),
            statement=pl.when(quoted >= MIN_QUOTED).then(pl.col("key").hash(SEED)),
            headline=pl.col("headline").hash(SEED),
            lead=pl.col("lead").hash(SEED),
        )
    )


def _find_lead() -> pl.Expr:
    is_long = pl.col("key").str.len_chars() > MIN_LEAD
    return pl.col("key").filter(is_long).first().fill_null("")


def find_common(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Find what is not an article's own: lines that their outlet prints below different headlines,
    and statements that articles with different beginnings carry word for word. Column `common`:
    values of `line` or `statement`."""
    different = pl.min_horizontal(pl.col("headline").n_unique(), pl.col("lead").n_unique())
    found = [
        paragraphs.filter(pl.col(name).is_not_null())
        .group_by(pl.col(name).alias("common"))
        .agg(different.alias("different"))
        .filter(pl.col("different") >= REPEATED_IN)
        .select("common")
        for name in ("line", "statement")
    ]
    return pl.concat(found)


def fold_text(column: str) -> pl.Expr:
    """Fold a text column to lower-case words, one space apart."""
    return (
        pl.col(column).str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()
    )


def list_texts(articles: pl.DataFrame, common: pl.DataFrame | None = None) -> pl.DataFrame:
    """Give each article its own text and what of it is unquoted: columns `article_id`, `own_text`,
    `unquoted`, in the order of the articles.

    `common` is that of `find_common` over all articles; without it these are all there are.
    """
    paragraphs = list_paragraphs(articles)
    known = find_common(paragraphs) if common is None else common
    kept = paragraphs
    for name in ("line", "statement"):
        kept = kept.join(known, left_on=name, right_on="common", how="anti", maintain_order="left")
    own = kept.group_by("article_id", maintain_order=True).agg(
        own_text=pl.col("text").str.join("\n")
    )
    return (
        articles.select("article_id")
        .join(own, on="article_id", how="left", maintain_order="left")
        .with_columns(pl.col("own_text").fill_null(""))
        .with_columns(
            unquoted=pl.col("own_text")
            .str.replace_all(EMBEDDED, "")
            .str.replace_all(QUOTED, f" {CUT} ")
        )
    )
