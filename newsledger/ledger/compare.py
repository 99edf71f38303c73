"""What goes across articles: copies, stories, claims that say the same or contradict, corroboration and figures."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from newsledger.ledger import claimlinks, corroboration, figures
from newsledger.ledger.claimlinks import ComparedClaim, Link
from newsledger.ledger.copies import find_copies
from newsledger.ledger.corroboration import ArticleFacts, Hop, Speakers
from newsledger.ledger.overrides import Override, apply_claim_overrides, apply_story_overrides, load_overrides, log_overrides
from newsledger.ledger.stories import ORIGIN as STORY_ORIGIN
from newsledger.ledger.stories import find_stories
from newsledger.store import replace_rows
from newsledger.tables import declared_schema

if TYPE_CHECKING:
    import duckdb

_ARTICLES = """
    SELECT article_id, first_version_id, is_current, outlet_name, headline, published_at, agency_name, body, story_id
    FROM core.articles WHERE language = 'en' ORDER BY article_id
"""
_CLAIMS = """
    SELECT c.claim_id, c.article_id, c.parent_claim_id, c.content_text, c.polarity, c.cue_stance, c.tense, c.about_start_date,
           c.about_end_date, c.about_precision, c.speaker_actor_id, c.speaker_name, c.claim_group_id, a.story_id
    FROM core.claims AS c JOIN core.articles AS a USING (article_id)
    WHERE c.cue_class <> 'declined' ORDER BY c.claim_id
"""
_HOPS = """
    SELECT claim_id, article_id, chain, hop, surface, actor_id, source_type, is_named, party_role
    FROM core.claim_sources ORDER BY claim_id, chain, hop
"""
_FIGURES = """
    SELECT q.quantity_id, q.claim_id, q.article_id, coalesce(a.copy_group_id, a.article_id) AS text_id,
           coalesce(a.story_id, a.article_id) AS story_id, q.kind, q.unit, q.population, q.scope, q.place, q.start, c.tense,
           c.about_start_date, c.about_end_date, coalesce(c.speaker_actor_id, c.speaker_name, '') AS speaker, q.low, q.high, a.published_at
    FROM core.claim_quantities AS q JOIN core.claims AS c USING (claim_id) JOIN core.articles AS a ON a.article_id = q.article_id
    WHERE coalesce(a.is_current, true) AND c.cue_class <> 'declined' ORDER BY q.quantity_id
"""


@dataclass(slots=True)
class Comparison:
    """What a step across articles did: rows changed by table, and the corrections it applied."""

    changed: dict[str, int]
    log: list[Override]


def compare_articles(con: "duckdb.DuckDBPyConnection", run_id: str) -> dict[str, int]:
    """Bring copies, stories and what hangs on them up to date. Returns the rows that changed, by table. Runs inside a transaction."""
    overrides = load_overrides()
    texts, claims = compare_texts(con, overrides), compare_claims(con, overrides)
    log_overrides(con, run_id, [*texts.log, *claims.log])
    return texts.changed | claims.changed


def compare_texts(con: "duckdb.DuckDBPyConnection", overrides: Sequence[Override]) -> Comparison:
    """Bring copies and stories up to date."""
    articles = con.sql(_ARTICLES).pl()
    copies = find_copies(articles)
    copy_groups = dict(copies.select("article_id", "copy_group_id").iter_rows())
    known = dict(articles.filter(pl.col("story_id").is_not_null()).select("article_id", "story_id").iter_rows())
    found = dict(find_stories(articles, copy_groups, known).iter_rows())
    titles = {row[0]: (row[1], row[2]) for row in articles.select("article_id", "outlet_name", "headline").iter_rows()}
    stories, log = apply_story_overrides(overrides, found, titles)
    grouped = articles.drop("story_id").with_columns(
        pl.col("article_id").replace_strict(copy_groups, default=None, return_dtype=pl.String).alias("copy_group_id"),
        pl.col("article_id").replace_strict(stories, default=None, return_dtype=pl.String).alias("story_id"),
    )
    _assign(con, "core.articles", "article_id", grouped.select("article_id", "copy_group_id", "story_id"))
    changed = {
        "core.copies": replace_rows(con, "core.copies", copies),
        "core.stories": replace_rows(con, "core.stories", _sum_up_stories(grouped)),
    }
    return Comparison(changed, log)


def compare_claims(con: "duckdb.DuckDBPyConnection", overrides: Sequence[Override]) -> Comparison:
    """Bring claim links, claim groups and figures up to date."""
    rows = con.sql(_CLAIMS).pl()
    quantities = con.sql("SELECT quantity_id, claim_id, kind, unit, low, high FROM core.claim_quantities").pl()
    locations = con.sql("SELECT claim_id, location_id FROM core.claim_locations").pl()
    claims = claimlinks.read_claims(rows, quantities, locations)
    links, apart, log = apply_claim_overrides(overrides, claims, claimlinks.link_claims(claims))
    known = dict(rows.filter(pl.col("claim_group_id").is_not_null()).select("claim_id", "claim_group_id").iter_rows())
    groups = claimlinks.group_claims(claims, links, known, apart)
    group_of = {member: group_id for group_id, members in groups.items() for member in members}
    _assign(
        con, "core.claims", "claim_id",
        pl.DataFrame(list(group_of.items()), schema={"claim_id": pl.String, "claim_group_id": pl.String}, orient="row"),
    )  # fmt: skip
    by_id = {claim.claim_id: claim for claim in claims}
    denials = set(rows.filter(pl.col("cue_stance") == "denial")["claim_id"])
    group_rows, member_rows = _grade_groups(groups, by_id, links, denials, _read_facts(con), _read_hops(con))
    link_rows = [
        {"claim_id": link.claim_id, "other_claim_id": link.other_claim_id, "link_type": link.link_type, "score": link.score, "reason": link.reason}
        for link in links
    ]  # fmt: skip
    titles = {
        row[0]: {"headline": row[1], "standfirst": row[2]}
        for row in con.sql("SELECT article_id, headline, standfirst FROM core.articles").pl().iter_rows()
    }
    changed = {
        "core.claim_repeats": replace_table(con, "core.claim_repeats", claimlinks.find_repeats(claims, titles), claimlinks.ORIGIN),
        "core.claim_links": replace_table(con, "core.claim_links", link_rows, claimlinks.ORIGIN),
        "core.claim_groups": replace_table(con, "core.claim_groups", group_rows, corroboration.ORIGIN),
        "core.claim_group_members": replace_table(con, "core.claim_group_members", member_rows, corroboration.ORIGIN),
    }
    return Comparison(changed | _compare_figures(con, by_id), log)


def _read_facts(con: "duckdb.DuckDBPyConnection") -> dict[str, ArticleFacts]:
    articles = con.sql("SELECT article_id, copy_group_id, story_id, is_current, published_at FROM core.articles").pl()
    return {
        row["article_id"]: ArticleFacts(
            row["copy_group_id"] or row["article_id"], row["story_id"], row["is_current"] is not False, row["published_at"]
        )
        for row in articles.iter_rows(named=True)
    }


def _read_hops(con: "duckdb.DuckDBPyConnection") -> dict[str, list[Hop]]:
    """Read the first speaker of each chain with whoever relays it; the last hop is the outlet and relays nothing."""
    rows = con.sql(_HOPS).pl()
    relays: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row in rows.filter(pl.col("hop") > 0).iter_rows(named=True):
        relays[row["claim_id"], row["chain"]].append(row["actor_id"] or row["surface"].lower())
    hops: dict[str, list[Hop]] = defaultdict(list)
    for row in rows.filter(pl.col("hop") == 0).iter_rows(named=True):
        hops[row["claim_id"]].append(
            Hop(
                row["claim_id"], row["article_id"], row["chain"], row["surface"], row["actor_id"], row["source_type"], row["is_named"],
                row["party_role"], tuple(relays[row["claim_id"], row["chain"]][:-1]),
            )
        )  # fmt: skip
    return hops


def _grade_groups(
    groups: Mapping[str, Sequence[str]],
    claims: Mapping[str, ComparedClaim],
    links: Sequence[Link],
    denials: set[str],
    facts: Mapping[str, ArticleFacts],
    hops: Mapping[str, Sequence[Hop]],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    speakers = Speakers(hops)
    corroboration.find_opponents(speakers, claims, links)
    contradicted_by: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for link in links:
        if link.link_type == "contradicts":
            is_polarity = link.reason.startswith("polarity")
            contradicted_by[link.claim_id].append((link.other_claim_id, is_polarity and link.other_claim_id in denials))
            contradicted_by[link.other_claim_id].append((link.claim_id, is_polarity and link.claim_id in denials))
    group_rows, member_rows = [], []
    for group_id, members in groups.items():
        row, rows = corroboration.grade_group(group_id, members, claims, facts, speakers, contradicted_by)
        group_rows.append(row)
        member_rows += rows
    return group_rows, member_rows


def _compare_figures(con: "duckdb.DuckDBPyConnection", claims: Mapping[str, ComparedClaim]) -> dict[str, int]:
    rows = con.sql(_FIGURES).pl()
    terms = {claim_id: frozenset(term for term in claim.terms if not term[0].isdigit()) for claim_id, claim in claims.items()}
    stated = figures.read_figures(rows, terms, {claim_id: claim.places for claim_id, claim in claims.items()})
    links = figures.link_figures(stated)
    known = dict(con.sql("SELECT quantity_id, figure_group_id FROM core.figure_group_members").pl().iter_rows())
    group_rows, member_rows = figures.group_figures(stated, links, known)
    link_rows = [
        {"quantity_id": left, "other_quantity_id": right, "is_comparable": reason == "comparable", "reason": reason}
        for left, right, reason in links
    ]  # fmt: skip
    return {
        "core.figure_links": replace_table(con, "core.figure_links", link_rows, figures.ORIGIN),
        "core.figure_groups": replace_table(con, "core.figure_groups", group_rows, figures.ORIGIN),
        "core.figure_group_members": replace_table(con, "core.figure_group_members", member_rows, figures.ORIGIN),
    }


def replace_table(con: "duckdb.DuckDBPyConnection", table: str, rows: list[dict[str, Any]], origin: str) -> int:
    """Make a table hold these rows, all of one origin. Returns the rows that changed."""
    schema = declared_schema()[table]
    columns = {name: [row.get(name) for row in rows] for name in schema if name != "origin"}
    frame = pl.DataFrame(columns, schema={name: dtype for name, dtype in schema.items() if name != "origin"})
    return replace_rows(con, table, frame.with_columns(origin=pl.lit(origin)))


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
