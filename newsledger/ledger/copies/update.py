"""Copies brought up to date: only what is new, what has changed, and what these touch is compared.

Lines and 5-grams of every article are kept in the schema `blocks`. A new article is compared with
those that share 5-grams with it; where it makes a line of older articles one that their outlet
repeats, these are compared again as well. Copies are grouped again in the sets of articles that
pairs connect with any of them: what comes out is what all articles together give.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from newsledger.ledger.copies.find import (
    MIN_CONTAINMENT,
    NEIGHBOURS,
    SCHEMA,
    CopyTexts,
    Hashes,
    Postings,
    build_copy_texts,
    compare_texts,
    describe_groups,
    find_candidates,
    find_displaced,
    join_pairs,
    list_times,
    put_in_order,
    sample_grams,
)
from newsledger.ledger.copies.own_words import list_paragraphs, list_texts
from newsledger.ledger.scope import assign, insert_rows, list_ids, scope_of
from newsledger.ledger.stories.find import cut_lead
from newsledger.store.database import replace_rows

if TYPE_CHECKING:
    import duckdb

CHUNK = 2_000  # articles whose texts are taken apart at a time
REPEATED = "least(count(DISTINCT p.headline), count(DISTINCT p.lead)) >= 3"
_COMPARED = (
    "hash(text_key, published_at, is_current, outlet_name, headline, agency_name, first_version_id)"
)
_READ = """
    SELECT article_id, first_version_id, outlet_name, headline, published_at, agency_name, body
    FROM core.articles SEMI JOIN {} AS s ON s.id = article_id
"""


@dataclass(slots=True)
class Moved:
    """Articles that are to be grouped again: changed in themselves or in their copies, and those
    that are gone."""

    articles: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    copies_changed: int = 0  # rows


def update_copies(con: "duckdb.DuckDBPyConnection") -> Moved:
    """Bring `core.copies` and the copy groups of articles up to date."""
    changed, gone = _find_touched(con)
    if not changed and not gone:
        return Moved()
    moved = changed | (_update_paragraphs(con, changed, gone) - gone)
    is_whole = not list_ids(con, "SELECT article_id FROM blocks.articles LIMIT 1")
    displaced = set() if is_whole else _list_displaced(con, moved | gone)
    _update_grams(con, moved, gone)
    displaced |= set() if is_whole else _list_displaced(con, moved)
    targets = (moved | displaced) - gone
    kept = _KeptTexts(con)
    partners = _update_pairs(con, targets, gone, kept, is_whole=is_whole)
    members = _follow_pairs(con, (targets | partners) - gone)
    copies = _group(con, members, kept)
    with scope_of(con, "copy_scope", members | gone):
        count = replace_rows(
            con, "core.copies", copies, "article_id IN (SELECT id FROM copy_scope)"
        )
        grouped = (
            con.sql(
                "SELECT a.article_id, a.copy_group_id AS before FROM core.articles a "
                "SEMI JOIN copy_scope s ON s.id = a.article_id"
            )
            .pl()
            .join(copies.select("article_id", "copy_group_id"), on="article_id", how="left")
        )
    assign(con, "core.articles", "article_id", grouped.select("article_id", "copy_group_id"))
    regrouped = grouped.filter(pl.col("before").ne_missing(pl.col("copy_group_id")))
    return Moved(moved | set(regrouped["article_id"]), gone, count)


def _find_touched(con: "duckdb.DuckDBPyConnection") -> tuple[set[str], set[str]]:
    """Find the articles that are new or have changed since they were compared, and those gone."""
    now = (
        f"SELECT article_id, story_id, {_COMPARED} AS digest FROM core.articles "
        "WHERE language = 'en'"
    )
    changed = list_ids(
        con,
        f"SELECT n.article_id FROM ({now}) n LEFT JOIN blocks.articles b USING (article_id) "
        "WHERE b.digest IS DISTINCT FROM n.digest OR n.story_id IS NULL",
    )
    gone = list_ids(
        con, f"SELECT article_id FROM blocks.articles ANTI JOIN ({now}) n USING (article_id)"
    )
    return changed, gone


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def _update_paragraphs(
    con: "duckdb.DuckDBPyConnection", changed: set[str], gone: set[str]
) -> set[str]:
    """Keep the lines of changed articles. Returns the articles with a line that has become common,
    or is so no more: their own text is another one."""
    keys = (
        "SELECT line AS common FROM blocks.paragraphs p SEMI JOIN changed s ON s.id = p.article_id "
        "UNION SELECT statement FROM blocks.paragraphs p SEMI JOIN changed s "
        "ON s.id = p.article_id WHERE statement IS NOT NULL"
    )
    with scope_of(con, "changed", changed | gone):
        con.execute(f"CREATE OR REPLACE TEMP TABLE line_keys AS {keys}")
        con.execute(f"CREATE OR REPLACE TEMP TABLE common_before AS {_list_common('line_keys')}")
        con.execute("DELETE FROM blocks.paragraphs WHERE article_id IN (SELECT id FROM changed)")
        for chunk in _chunks(changed):
            with scope_of(con, "chunk", chunk):
                rows = list_paragraphs(con.sql(_READ.format("chunk")).pl())
            insert_rows(con, "blocks.paragraphs", rows.drop("paragraph_no", "text"))
        con.execute(f"INSERT INTO line_keys {keys}")
    found = list_ids(
        con,
        "WITH now AS (SELECT DISTINCT common FROM (" + _list_common("line_keys") + ")), "
        "other AS ((FROM now EXCEPT FROM common_before) "
        "UNION (FROM common_before EXCEPT FROM now)) "
        "SELECT article_id FROM blocks.paragraphs WHERE line IN (FROM other) "
        "OR statement IN (FROM other)",
    )
    con.execute("DROP TABLE line_keys")
    con.execute("DROP TABLE common_before")
    return found


def _list_common(keys: str) -> str:
    """Query: which of some keys are of lines or statements that are no article's own."""
    return " UNION ".join(
        f"SELECT k.common FROM (SELECT DISTINCT common FROM {keys}) k "
        f"JOIN blocks.paragraphs p ON p.{name} = k.common GROUP BY k.common HAVING {REPEATED}"
        for name in ("line", "statement")
    )


def _read_own(
    con: "duckdb.DuckDBPyConnection", ids: Iterable[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Read articles in order of time, and their own texts."""
    with scope_of(con, "wanted", ids):
        articles = put_in_order(con.sql(_READ.format("wanted")).pl())
        con.execute(
            "CREATE OR REPLACE TEMP TABLE wanted_keys AS SELECT line AS common "
            "FROM blocks.paragraphs p SEMI JOIN wanted s ON s.id = p.article_id "
            "UNION SELECT statement FROM blocks.paragraphs p "
            "SEMI JOIN wanted s ON s.id = p.article_id WHERE statement IS NOT NULL"
        )
        common = con.sql(_list_common("wanted_keys")).pl().cast({"common": pl.UInt64})
        con.execute("DROP TABLE wanted_keys")
    return articles, list_texts(articles, common)


def _update_grams(con: "duckdb.DuckDBPyConnection", moved: set[str], gone: set[str]) -> None:
    """Keep what of each article finds candidates, and the article as it is now compared."""
    with scope_of(con, "moved", moved | gone):
        con.execute("DELETE FROM blocks.copy_grams WHERE article_id IN (SELECT id FROM moved)")
        before = con.sql(
            "SELECT article_id, unit_id, group_id FROM blocks.articles b "
            "SEMI JOIN moved s ON s.id = b.article_id"
        ).pl()
        con.execute(
            "DELETE FROM blocks.articles WHERE article_id IN (SELECT id FROM moved) "
            "AND article_id IN (SELECT article_id FROM core.articles WHERE language = 'en')"
        )
        digests = con.sql(
            f"SELECT article_id, {_COMPARED} AS digest FROM core.articles "
            "SEMI JOIN moved s ON s.id = article_id"
        ).pl()
    for chunk in _chunks(moved):
        articles, own = _read_own(con, chunk)
        texts = build_copy_texts(articles, own)
        grams = [sample_grams(found) for found in texts.unquoted]
        counts = [len(found) for found in grams]
        flat = np.concatenate([np.empty(0, np.uint64), *grams])
        owners = pl.Series("article_id", texts.article_ids, pl.String)
        places = np.repeat(np.arange(len(counts)), counts)
        rows = pl.DataFrame({"gram": flat, "article_id": owners.gather(places)})
        insert_rows(con, "blocks.copy_grams", rows)
        leads = [cut_lead(text) for text in own["own_text"].to_list()]
        compared = (
            articles.select("article_id", "published_at")
            .with_columns(
                lead=pl.Series(leads, dtype=pl.String),
                gram_count=pl.Series(counts, dtype=pl.Int32),
            )
            .join(digests, on="article_id", how="left")
            .join(before, on="article_id", how="left")
        )
        insert_rows(con, "blocks.articles", compared)


def _read_postings(con: "duckdb.DuckDBPyConnection", query: str) -> tuple[list[str], Postings]:
    """Read the postings of the 5-grams that a query gives, and their articles in order."""
    rows = con.sql(
        f"SELECT g.gram, g.article_id FROM blocks.copy_grams g SEMI JOIN ({query}) q USING (gram)"
    ).pl()
    con.register("posted", rows.select("article_id").unique().to_arrow())
    articles = put_in_order(
        con.sql(
            "SELECT b.article_id, b.published_at, b.gram_count FROM blocks.articles b "
            "SEMI JOIN posted USING (article_id)"
        ).pl()
    )
    con.unregister("posted")
    ids = articles["article_id"].to_list()
    places = rows.select(
        pl.col("article_id").replace_strict(ids, range(len(ids)), return_dtype=pl.Int64)
    )
    return ids, Postings(
        rows["gram"].to_numpy(),
        places["article_id"].to_numpy(),
        articles["gram_count"].cast(pl.Int64).to_numpy(),
        list_times(articles["published_at"]),
    )


_OWN_GRAMS = (
    "SELECT DISTINCT g.gram FROM blocks.copy_grams g SEMI JOIN targets s ON s.id = g.article_id"
)


def _list_displaced(con: "duckdb.DuckDBPyConnection", moved: set[str]) -> set[str]:
    with scope_of(con, "targets", moved):
        ids, postings = _read_postings(
            con,
            f"SELECT gram FROM blocks.copy_grams SEMI JOIN ({_OWN_GRAMS}) USING (gram) "
            f"GROUP BY gram HAVING count(*) > {NEIGHBOURS}",
        )
    is_moved = np.array([article_id in moved for article_id in ids], bool)
    return {ids[place] for place in find_displaced(postings, is_moved)} if ids else set()


class _KeptTexts:
    """5-grams of whole texts, read once in a call."""

    def __init__(self, con: "duckdb.DuckDBPyConnection") -> None:
        self.con = con
        self.found: dict[str, tuple[int, Hashes, Hashes]] = {}

    def of(self, ids: list[str]) -> CopyTexts:
        """Give the texts of articles, in the order of the ids."""
        for chunk in _chunks(article_id for article_id in ids if article_id not in self.found):
            texts = build_copy_texts(*_read_own(self.con, chunk))
            for place, article_id in enumerate(texts.article_ids):
                time = int(texts.times[place])
                self.found[article_id] = (time, texts.own[place], texts.unquoted[place])
        rows = [self.found[article_id] for article_id in ids]
        return CopyTexts(
            tuple(ids),
            np.array([row[0] for row in rows], np.int64),
            tuple(row[1] for row in rows),
            tuple(row[2] for row in rows),
        )


def _update_pairs(
    con: "duckdb.DuckDBPyConnection",
    targets: set[str],
    gone: set[str],
    kept: _KeptTexts,
    *,
    is_whole: bool,
) -> set[str]:
    """Compare the targets with all that may carry their text. Returns whom they were paired with
    before."""
    with scope_of(con, "paired", targets | gone):
        ends = (
            "article_id IN (SELECT id FROM paired) OR other_article_id IN (SELECT id FROM paired)"
        )
        before = list_ids(
            con,
            f"SELECT unnest([article_id, other_article_id]) FROM blocks.copy_pairs WHERE {ends}",
        )
        con.execute(f"DELETE FROM blocks.copy_pairs WHERE {ends}")
    with scope_of(con, "targets", targets):
        ids, postings = _read_postings(con, _OWN_GRAMS)
    is_target = None if is_whole else np.array([i in targets for i in ids], bool)
    candidates = list(find_candidates(postings, is_target)) if ids else []
    used = sorted({place for pair in candidates for place in pair})
    texts = kept.of([ids[place] for place in used])
    at = {place: number for number, place in enumerate(used)}
    rows = [
        (ids[left], ids[right], score)
        for left, right in candidates
        if (score := compare_texts(texts, at[left], at[right])) >= MIN_CONTAINMENT
    ]
    names = ("article_id", "other_article_id", "score")
    kinds = (pl.String, pl.String, pl.Float64)
    insert_rows(
        con,
        "blocks.copy_pairs",
        pl.DataFrame(rows, schema=dict(zip(names, kinds, strict=True)), orient="row"),
    )
    return before


def _follow_pairs(con: "duckdb.DuckDBPyConnection", start: set[str]) -> set[str]:
    """Add to articles all that pairs connect with them, however far."""
    found = set(start)
    edge = set(start)
    while edge:
        with scope_of(con, "edge", edge):
            edge = list_ids(
                con,
                "SELECT other_article_id FROM blocks.copy_pairs p "
                "SEMI JOIN edge s ON s.id = p.article_id UNION SELECT article_id FROM "
                "blocks.copy_pairs p SEMI JOIN edge s ON s.id = p.other_article_id",
            )
        edge -= found
        found |= edge
    return found


def _group(con: "duckdb.DuckDBPyConnection", members: set[str], kept: _KeptTexts) -> pl.DataFrame:
    """Group articles along their pairs, and describe what was found as rows of `core.copies`."""
    with scope_of(con, "members", members):
        pairs = con.execute(
            "SELECT score, article_id, other_article_id FROM blocks.copy_pairs p "
            "SEMI JOIN members s ON s.id = p.article_id ORDER BY ALL"
        ).fetchall()
    if not pairs:
        return pl.DataFrame(schema=SCHEMA)
    with scope_of(con, "members", {end for pair in pairs for end in pair[1:]}):
        articles = put_in_order(con.sql(_READ.format("members")).pl())
    ids = articles["article_id"].to_list()
    texts, at = kept.of(ids), {article_id: place for place, article_id in enumerate(ids)}
    groups = join_pairs(texts, [(score, at[left], at[right]) for score, left, right in pairs])
    return describe_groups(articles, texts, groups)
