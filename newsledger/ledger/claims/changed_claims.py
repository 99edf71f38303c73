"""How far a change reaches among claims: which stories have changed, and which claims of other
stories are grouped with theirs."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from newsledger.ledger.claims.candidates import STATEMENT_WORDS
from newsledger.ledger.claims.compared import ComparedClaim, Link
from newsledger.ledger.claims.terms import split_words
from newsledger.ledger.scope import COMPARED, insert_rows, list_ids, scope_of
from newsledger.store.changes import find_mark, since

if TYPE_CHECKING:
    import duckdb

OPPOSING = ("contradicts", "denies")
# What of each article in scope its claims are compared and graded by, as hashes of rows.
_ROWS = """
    SELECT article_id, hash(
        claim_id, parent_claim_id, sentence_id, content_text, content_spans, polarity, tense,
        certainty, about_start_date, about_end_date, about_precision, said_start_date,
        said_precision, speaker_actor_id, speaker_name, is_statement, cue_class, cue_stance,
        cue_lemma, form
    ) AS h FROM core.claims SEMI JOIN asked USING (article_id)
    UNION ALL SELECT article_id, hash(s)
    FROM core.claim_sources AS s SEMI JOIN asked USING (article_id)
    UNION ALL SELECT article_id, hash(q)
    FROM core.claim_quantities AS q SEMI JOIN asked USING (article_id)
    UNION ALL SELECT article_id, hash(c)
    FROM core.claim_actors AS c SEMI JOIN asked USING (article_id)
    UNION ALL SELECT c.article_id, hash(claim_id, location_id, l.name)
    FROM (FROM core.claim_locations SEMI JOIN asked USING (article_id)) AS c
    JOIN core.locations AS l USING (location_id)
    UNION ALL SELECT article_id, hash(article_actor_id, name, kind, country_code, aliases)
    FROM core.article_actors SEMI JOIN asked USING (article_id)
    UNION ALL SELECT article_id, hash(r)
    FROM core.actor_roles AS r SEMI JOIN asked USING (article_id)
"""
_READ = (
    "core.claims", "core.claim_sources", "core.claim_quantities", "core.claim_actors",
    "core.claim_locations", "core.article_actors", "core.actor_roles",
)  # fmt: skip
_NOW = """
    CREATE OR REPLACE TEMP TABLE blocks_now AS
    SELECT coalesce(a.story_id, a.article_id) AS block, hash(count(*), bit_xor(hash(
        a.article_id, a.copy_group_id, a.is_current, a.published_at, a.published_precision,
        a.headline, a.standfirst, r.digest
    ))) AS digest
    FROM core.articles AS a
    JOIN blocks.claim_articles AS r USING (article_id)
    GROUP BY ALL
"""
# Stories with claims that were written again.
_UNGROUPED = """
    SELECT coalesce(a.story_id, a.article_id)
    FROM core.claims AS c JOIN core.articles AS a USING (article_id)
    WHERE c.claim_group_id IS NULL AND c.cue_class NOT IN ('declined', 'credit')
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a change of stories reaches: their articles; their claims with those that were linked
    with them; of any story the claims that tell a statement which theirs tell or told."""

    articles: set[str]
    claims: set[str]
    tellers: set[str]
    statements: set[int]


def find_changed_blocks(con: "duckdb.DuckDBPyConnection", *, everything: bool) -> set[str]:
    """Find the stories (of an article without one, the article) whose claims have changed since
    they were compared; those gone count where claims of others were linked with theirs."""
    _update_articles(con)
    con.execute(_NOW)
    same = f"WHERE b.digest IS DISTINCT FROM n.digest OR n.block IN ({_UNGROUPED})"
    return list_ids(
        con,
        "SELECT n.block FROM blocks_now n LEFT JOIN blocks.claim_stories b USING (block) "
        + ("" if everything else same),
    )


def _update_articles(con: "duckdb.DuckDBPyConnection") -> None:
    """Keep what each article is compared by: of those that were written since the last time, where
    that is known, else of all."""
    number = find_mark(con, COMPARED)
    if number is None:
        scope = "SELECT article_id FROM core.articles"
    else:
        parts = [since(table, number) for table in _READ]
        parts.append(
            "SELECT article_id FROM core.claim_locations "
            f"WHERE location_id IN ({since('core.locations', number)})"
        )
        scope = " UNION ".join(parts)
    con.execute(f"CREATE OR REPLACE TEMP TABLE asked AS FROM ({scope}) AS t(article_id)")
    kept = "WHERE article_id IN (FROM asked)" if number is not None else ""
    con.execute(f"DELETE FROM blocks.claim_articles {kept}")
    con.execute(
        "INSERT INTO blocks.claim_articles SELECT article_id, "
        f"hash(count(*), bit_xor(hash(h))) FROM ({_ROWS}) GROUP BY article_id"
    )
    con.execute("DROP TABLE asked")


def is_anything_gone(con: "duckdb.DuckDBPyConnection") -> bool:
    """Whether a story that was compared is no longer there."""
    query = "SELECT block FROM blocks.claim_stories ANTI JOIN blocks_now USING (block) LIMIT 1"
    return bool(list_ids(con, query))


def keep_blocks(con: "duckdb.DuckDBPyConnection", blocks: Collection[str]) -> None:
    """Keep how stories were when they were compared, and forget those that are gone."""
    with scope_of(con, "kept", blocks):
        con.execute(
            "DELETE FROM blocks.claim_stories WHERE block IN (SELECT id FROM kept) "
            "OR block NOT IN (SELECT block FROM blocks_now)"
        )
        con.execute(
            "INSERT INTO blocks.claim_stories BY NAME SELECT block, digest FROM blocks_now "
            "SEMI JOIN kept s ON s.id = block"
        )


def list_articles(con: "duckdb.DuckDBPyConnection", blocks: Collection[str]) -> set[str]:
    """List the articles of stories."""
    with scope_of(con, "asked", blocks):
        return list_ids(
            con,
            "SELECT article_id FROM core.articles a SEMI JOIN asked s "
            "ON s.id = coalesce(a.story_id, a.article_id)",
        )


def list_blocks(con: "duckdb.DuckDBPyConnection", claims: Iterable[str]) -> set[str]:
    """List the stories of claims."""
    with scope_of(con, "asked", claims):
        return list_ids(
            con,
            "SELECT DISTINCT coalesce(a.story_id, a.article_id) FROM core.claims c "
            "SEMI JOIN asked s ON s.id = c.claim_id JOIN core.articles a USING (article_id)",
        )


def find_reach(
    con: "duckdb.DuckDBPyConnection", changed: Collection[str], carried: Collection[int] = ()
) -> Reach:
    """Find how far a change of stories reaches, and keep the statements that they carry now.
    `carried` are statements that they are known to have carried."""
    articles = list_articles(con, changed)
    with scope_of(con, "changed", articles):
        leaving = (
            "article_id IN (SELECT id FROM changed) "
            "OR claim_id NOT IN (SELECT claim_id FROM core.claims)"
        )
        before = list_ids(
            con, f"SELECT DISTINCT statement FROM blocks.claim_statements WHERE {leaving}"
        )
        con.execute(f"DELETE FROM blocks.claim_statements WHERE {leaving}")
        rows = con.execute(
            "SELECT claim_id, article_id, content_text FROM core.claims c SEMI JOIN changed s "
            "ON s.id = c.article_id WHERE cue_class NOT IN ('declined', 'credit')"
        ).fetchall()
        stated = [
            (claim, article, key)
            for claim, article, text in rows
            if (key := key_of(split_words(text))) is not None
        ]
        schema = {"claim_id": pl.String, "article_id": pl.String, "statement": pl.UInt64}
        frame = pl.DataFrame(stated, schema=schema, orient="row")
        insert_rows(con, "blocks.claim_statements", frame)
        statements = {int(key) for key in before} | {key for *_, key in stated} | set(carried)
        claims = {row[0] for row in rows} | _list_partners(con)
        with _wanted(con, statements):
            tellers = list_ids(
                con,
                "SELECT claim_id FROM blocks.claim_statements SEMI JOIN wanted USING (statement)",
            )
    return Reach(articles, claims, tellers, statements)


def find_rejoined(
    con: "duckdb.DuckDBPyConnection",
    fresh: Iterable[Link],
    claims: Mapping[str, ComparedClaim],
    reach: Reach,
) -> set[str]:
    """Find the claims of other stories whose links along a statement are not what they were."""
    with scope_of(con, "tellers", reach.tellers):
        rows = con.execute(
            "SELECT claim_id, other_claim_id, link_type, score, reason FROM core.claim_links l "
            "SEMI JOIN tellers s ON s.id = l.claim_id "
            "SEMI JOIN tellers o ON o.id = l.other_claim_id"
        ).fetchall()

    def is_between(link: Link) -> bool:
        ends = claims.get(link.claim_id), claims.get(link.other_claim_id)
        if ends[0] is None or ends[1] is None:
            return False
        is_outside = not reach.articles & {ends[0].article_id, ends[1].article_id}
        return is_outside and ends[0].block != ends[1].block

    before = {link for link in (Link(*row) for row in rows) if is_between(link)}
    now = {link for link in fresh if is_between(link)}
    return {end for link in before ^ now for end in (link.claim_id, link.other_claim_id)}


@contextmanager
def _wanted(con: "duckdb.DuckDBPyConnection", statements: Collection[int]) -> Iterator[None]:
    """Have `wanted` hold some statements."""
    frame = pl.DataFrame({"statement": sorted(statements)}, schema={"statement": pl.UInt64})
    con.register("wanted", frame.to_arrow())
    try:
        yield
    finally:
        con.unregister("wanted")


def _list_partners(con: "duckdb.DuckDBPyConnection") -> set[str]:
    """List the claims that were linked with claims of changed articles, or with claims gone."""
    return list_ids(
        con,
        "WITH ends AS (SELECT claim_id, other_claim_id FROM core.claim_links UNION ALL "
        "SELECT other_claim_id, claim_id FROM core.claim_links), "
        "there AS (SELECT claim_id, article_id IN (SELECT id FROM changed) AS is_own "
        "FROM core.claims) "
        "SELECT e.other_claim_id FROM ends e LEFT JOIN there t USING (claim_id) "
        "SEMI JOIN core.claims o ON o.claim_id = e.other_claim_id WHERE coalesce(t.is_own, true)",
    )


def key_of(words: Sequence[str]) -> int | None:
    """Hash the words of a claim that is long enough to be a statement."""
    if len(words) < STATEMENT_WORDS:
        return None
    return int.from_bytes(hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest())


def choose_fresh(
    links: Iterable[Link],
    claims: dict[str, ComparedClaim],
    changed: Collection[str],
    statements: Collection[int],
) -> list[Link]:
    """Choose the links that were found with all that decides them in sight: those of changed
    stories, and those along a statement that these carry."""
    return [
        link
        for link in links
        if claims[link.claim_id].block in changed
        or claims[link.other_claim_id].block in changed
        or (
            claims[link.claim_id].block != claims[link.other_claim_id].block
            and key_of(claims[link.claim_id].words) in statements
        )
    ]


@contextmanager
def stored_links(
    con: "duckdb.DuckDBPyConnection", changed: Collection[str], statements: Collection[int]
) -> Iterator[None]:
    """Have `stored_links` hold the links of claims of other stories that a change leaves as they
    are."""
    with scope_of(con, "changed", changed), _wanted(con, statements):
        con.execute(
            """
            CREATE OR REPLACE TEMP TABLE stored_links AS
            WITH carried AS (
                SELECT claim_id, statement FROM blocks.claim_statements
                SEMI JOIN wanted USING (statement)
            ),
            place AS (
                SELECT c.claim_id, coalesce(a.story_id, a.article_id) AS block, w.statement
                FROM core.claims AS c JOIN core.articles AS a USING (article_id)
                LEFT JOIN carried AS w USING (claim_id)
            )
            SELECT l.claim_id, l.other_claim_id, l.link_type, l.score, l.reason
            FROM core.claim_links AS l JOIN place AS p USING (claim_id)
            JOIN place AS o ON o.claim_id = l.other_claim_id
            WHERE p.block NOT IN (SELECT id FROM changed)
                AND o.block NOT IN (SELECT id FROM changed)
                AND (p.block = o.block OR p.statement IS NULL
                    OR o.statement IS DISTINCT FROM p.statement)
            """
        )
    try:
        yield
    finally:
        con.execute("DROP TABLE IF EXISTS stored_links")


def read_stored(con: "duckdb.DuckDBPyConnection", claims: Iterable[str]) -> list[Link]:
    """Read those of `stored_links` that end at some claims."""
    with scope_of(con, "asked", claims):
        rows = con.execute(
            "SELECT * FROM stored_links WHERE claim_id IN (SELECT id FROM asked) "
            "OR other_claim_id IN (SELECT id FROM asked)"
        ).fetchall()
    return [Link(*row) for row in rows]
