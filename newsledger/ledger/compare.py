"""What goes across articles: copies, stories, claims that say the same or contradict, corroboration
and figures."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from newsledger.ledger.claims import corroboration
from newsledger.ledger.claims.compared import ComparedClaim, Link, read_claims
from newsledger.ledger.claims.corroboration import ArticleFacts, Speakers, read_opposition
from newsledger.ledger.claims.groups import group_claims
from newsledger.ledger.claims.links import ORIGIN as LINKS_ORIGIN
from newsledger.ledger.claims.links import link_claims
from newsledger.ledger.claims.origins import Hop
from newsledger.ledger.claims.repeats import find_repeats
from newsledger.ledger.comparison import Comparison
from newsledger.ledger.figures import groups as figures
from newsledger.ledger.overrides import (
    Override,
    apply_claim_overrides,
    load_overrides,
    log_overrides,
)
from newsledger.ledger.periods import (
    Period,
    read_digests,
    split_periods,
    write_digests,
)
from newsledger.ledger.scope import assign
from newsledger.ledger.texts import compare_texts
from newsledger.model.tables import declared_schema
from newsledger.store.database import replace_rows

if TYPE_CHECKING:
    import duckdb

_CLAIMS = """
    SELECT c.claim_id, c.article_id, c.parent_claim_id, c.content_text, c.polarity, c.tense, c.about_start_date,
           c.about_end_date, c.about_precision, c.speaker_actor_id, c.speaker_name, c.is_statement, c.claim_group_id, a.story_id,
           c.cue_stance, c.cue_lemma, c.certainty, c.content_spans[1].start AS start, a.published_at
    FROM core.claims AS c JOIN core.articles AS a USING (article_id)
    SEMI JOIN in_scope ON in_scope.article_id = c.article_id
    WHERE c.cue_class NOT IN ('declined', 'credit') ORDER BY c.claim_id
"""
_CLAIM_PLACES = """
    SELECT c.claim_id, c.location_id, l.name FROM core.claim_locations AS c JOIN core.locations AS l USING (location_id)
    SEMI JOIN in_scope ON in_scope.article_id = c.article_id
"""
_CLAIM_ACTORS = """
    SELECT c.claim_id, c.actor_id, a.name FROM core.claim_actors AS c JOIN core.article_actors AS a USING (article_actor_id)
    SEMI JOIN in_scope ON in_scope.article_id = c.article_id
"""
_HOPS = """
    SELECT s.claim_id, s.article_id, s.chain, s.hop, s.surface, s.actor_id, s.source_type, s.is_named, s.party_role,
           a.name, a.kind, coalesce(a.country_code, r.country_code) AS country_code, r.roles, r.bodies
    FROM core.claim_sources AS s SEMI JOIN in_scope USING (article_id)
    LEFT JOIN core.article_actors AS a ON a.article_actor_id = s.article_actor_id
    LEFT JOIN (
        SELECT article_actor_id, min(country_code) AS country_code, list_sort(list(DISTINCT lower(role))) AS roles,
               list_sort(list(DISTINCT organisation) FILTER (organisation IS NOT NULL)) AS bodies
        FROM core.actor_roles GROUP BY article_actor_id
    ) AS r ON r.article_actor_id = s.article_actor_id
    ORDER BY s.claim_id, s.chain, s.hop
"""
_FIGURES = """
    SELECT q.quantity_id, q.claim_id, q.article_id, coalesce(a.copy_group_id, a.article_id) AS text_id,
           coalesce(a.story_id, a.article_id) AS story_id, q.kind, q.unit, q.population, q.scope, q.place, q.start, c.tense,
           c.about_start_date, c.about_end_date, coalesce(c.speaker_actor_id, c.speaker_name, '') AS speaker, q.low, q.high, a.published_at
    FROM core.claim_quantities AS q JOIN core.claims AS c USING (claim_id) JOIN core.articles AS a ON a.article_id = q.article_id
    SEMI JOIN in_scope ON in_scope.article_id = q.article_id
    WHERE coalesce(a.is_current, true) AND c.cue_class NOT IN ('declined', 'credit') ORDER BY q.quantity_id
"""

_IN_SCOPE = (
    "{} IN (SELECT claim_id FROM core.claims SEMI JOIN in_scope USING (article_id)) OR "
    "{} NOT IN (SELECT claim_id FROM core.claims)"
)
_QUANTITY_IN_SCOPE = (
    "{} IN (SELECT quantity_id FROM core.claim_quantities SEMI JOIN in_scope USING (article_id)) "
    "OR {} NOT IN (SELECT quantity_id FROM core.claim_quantities)"
)
# Which rows of each table are about the articles in scope.
_CLAIM_TABLES = {
    "core.claim_repeats": _IN_SCOPE.format("claim_id", "claim_id"),
    "core.claim_links": _IN_SCOPE.format("claim_id", "claim_id"),
    "core.claim_groups": _IN_SCOPE.format("canonical_claim_id", "canonical_claim_id"),
    "core.claim_group_members": _IN_SCOPE.format("claim_id", "claim_id"),
    "core.figure_links": _QUANTITY_IN_SCOPE.format("quantity_id", "quantity_id"),
    "core.figure_groups": _QUANTITY_IN_SCOPE.format(
        "conservative_quantity_id", "conservative_quantity_id"
    ),
    "core.figure_group_members": _QUANTITY_IN_SCOPE.format("quantity_id", "quantity_id"),
}


def compare_articles(con: "duckdb.DuckDBPyConnection", run_id: str) -> dict[str, int]:
    """Bring copies, stories and what hangs on them up to date. Returns the rows that changed, by
    table. Runs inside a transaction."""
    overrides = load_overrides()
    texts, claims = compare_texts(con, overrides), compare_claims(con, overrides)
    log_overrides(con, run_id, [*texts.log, *claims.log])
    return texts.changed | claims.changed


def compare_claims(con: "duckdb.DuckDBPyConnection", overrides: Sequence[Override]) -> Comparison:
    """Bring claim links, claim groups and figures up to date; of a large archive only the periods
    whose claims changed."""
    periods = _list_claim_periods(con, overrides)
    is_large = len(periods) > 1
    before = read_digests(con, "claims") if is_large else {}
    due = [period for period in periods if before.get(period.key) != period.digest]
    comparison = Comparison(dict.fromkeys(_CLAIM_TABLES, 0), [])
    for period in due:
        con.execute("CREATE OR REPLACE TEMP TABLE in_scope (article_id VARCHAR)")
        con.register("scope", pl.DataFrame({"article_id": list(period.home)}).to_arrow())
        con.execute("INSERT INTO in_scope SELECT article_id FROM scope")
        con.unregister("scope")
        part = _compare_scope(con, overrides)
        comparison.log = part.log
        for table, count in part.changed.items():
            comparison.changed[table] += count
    if not periods:
        con.execute("CREATE OR REPLACE TEMP TABLE in_scope (article_id VARCHAR)")
        comparison = _compare_scope(con, overrides)
    con.execute("DROP TABLE IF EXISTS in_scope")
    write_digests(
        con, "claims", {period.key: period.digest for period in periods} if is_large else {}
    )
    return comparison


def _list_claim_periods(
    con: "duckdb.DuckDBPyConnection", overrides: Sequence[Override]
) -> list[Period]:
    """List the periods with the articles whose stories end in them: claims are compared inside a
    story, and new articles go on with it.

    The digest of a period changes with the stories, claims and speakers of its articles.
    """
    articles = con.sql(
        "SELECT article_id, published_at, text_key, is_current, story_id, copy_group_id FROM "
        "core.articles ORDER BY article_id"
    ).pl()
    texts = split_periods(articles)
    if len(texts) < 2:
        return texts
    home = {article_id: number for number, period in enumerate(texts) for article_id in period.home}
    ends: dict[str, int] = {}
    for article_id, story_id in articles.select("article_id", "story_id").iter_rows():
        if story_id:
            ends[story_id] = max(ends.get(story_id, 0), home[article_id])
    hashed = dict(
        con.sql(
            "SELECT article_id, bit_xor(hash(claim_id, coalesce(speaker_actor_id, speaker_name, "
            "''), polarity)) FROM core.claims GROUP BY article_id"
        ).fetchall()
    )
    signed = repr(
        [
            (entry.file, entry.values)
            for entry in overrides
            if entry.file in {"same_claim.csv", "not_same_claim.csv"}
        ]
    )
    members: dict[int, list[str]] = defaultdict(list)
    digests = {
        number: hashlib.blake2b(signed.encode(), digest_size=12) for number in range(len(texts))
    }
    for article_id, story_id, copy_group_id, is_current in articles.select(
        "article_id", "story_id", "copy_group_id", "is_current"
    ).iter_rows():
        number = ends[story_id] if story_id else home[article_id]
        members[number].append(article_id)
        digests[number].update(
            repr((article_id, story_id, copy_group_id, is_current, hashed.get(article_id))).encode()
        )
    return [
        Period(period.key, tuple(members[number]), (), digests[number].hexdigest())
        for number, period in enumerate(texts)
        if members[number]
    ]


def _compare_scope(con: "duckdb.DuckDBPyConnection", overrides: Sequence[Override]) -> Comparison:
    """Compare the claims of the articles in `in_scope`, and make the rows about them what was
    found."""
    rows = con.sql(_CLAIMS).pl()
    quantities = con.sql(
        "SELECT quantity_id, claim_id, text, kind, unit, low, high FROM "
        "core.claim_quantities SEMI JOIN in_scope USING (article_id)"
    ).pl()
    locations = con.sql(_CLAIM_PLACES).pl()
    claims = read_claims(rows, quantities, locations, con.sql(_CLAIM_ACTORS).pl())
    links, apart, log = apply_claim_overrides(overrides, claims, link_claims(claims))
    known = dict(
        rows.filter(pl.col("claim_group_id").is_not_null())
        .select("claim_id", "claim_group_id")
        .iter_rows()
    )
    groups = group_claims(
        claims, links, known, apart, _ids_elsewhere(con, "core.claims", "claim_group_id", known)
    )
    group_of = {member: group_id for group_id, members in groups.items() for member in members}
    assign(
        con, "core.claims", "claim_id",
        pl.DataFrame(list(group_of.items()), schema={"claim_id": pl.String, "claim_group_id": pl.String}, orient="row"),
    )  # fmt: skip
    by_id = {claim.claim_id: claim for claim in claims}
    group_rows, member_rows = _grade_groups(groups, by_id, links, _read_facts(con), _read_hops(con))
    link_rows = [
        {"claim_id": link.claim_id, "other_claim_id": link.other_claim_id, "link_type": link.link_type, "score": link.score, "reason": link.reason}
        for link in links
    ]  # fmt: skip
    titles = {
        row[0]: {"headline": row[1], "standfirst": row[2]}
        for row in con.sql(
            "SELECT article_id, headline, standfirst FROM core.articles SEMI JOIN in_scope USING "
            "(article_id)"
        )
        .pl()
        .iter_rows()
    }
    changed = {
        "core.claim_repeats": _replace(
            con, "core.claim_repeats", find_repeats(claims, titles), LINKS_ORIGIN
        ),
        "core.claim_links": _replace(con, "core.claim_links", link_rows, LINKS_ORIGIN),
        "core.claim_groups": _replace(con, "core.claim_groups", group_rows, corroboration.ORIGIN),
        "core.claim_group_members": _replace(
            con, "core.claim_group_members", member_rows, corroboration.ORIGIN
        ),
    }
    return Comparison(changed | _compare_figures(con, by_id), log)


def _ids_elsewhere(
    con: "duckdb.DuckDBPyConnection", rows: str, column: str, known: Mapping[str, str]
) -> set[str]:
    """Which of the groups known in scope have members outside it: they keep their ids."""
    con.register(
        "known_ids",
        pl.DataFrame({column: sorted(set(known.values()))}, schema={column: pl.String}).to_arrow(),
    )
    found = con.execute(
        f"SELECT DISTINCT {column} FROM {rows} ANTI JOIN in_scope USING (article_id) SEMI JOIN known_ids USING ({column})"
    )
    ids = {row[0] for row in found.fetchall()}
    con.unregister("known_ids")
    return ids


def _replace(
    con: "duckdb.DuckDBPyConnection", table: str, rows: list[dict[str, Any]], origin: str
) -> int:
    """Make the rows about the articles in scope these; rows about claims that are gone go too.
    Returns the rows that changed."""
    return replace_table(con, table, rows, origin, scope=_CLAIM_TABLES[table])


def _read_facts(con: "duckdb.DuckDBPyConnection") -> dict[str, ArticleFacts]:
    articles = con.sql(
        "SELECT article_id, copy_group_id, story_id, is_current, published_at FROM "
        "core.articles SEMI JOIN in_scope USING (article_id)"
    ).pl()
    return {
        row["article_id"]: ArticleFacts(
            row["copy_group_id"] or row["article_id"],
            row["story_id"],
            row["is_current"] is not False,
            row["published_at"],
        )
        for row in articles.iter_rows(named=True)
    }


def _read_hops(con: "duckdb.DuckDBPyConnection") -> dict[str, list[Hop]]:
    """Read the first speaker of each chain with whoever relays it; the last hop is the outlet and
    relays nothing."""
    rows = con.sql(_HOPS).pl()
    relays: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row in rows.filter(pl.col("hop") > 0).iter_rows(named=True):
        relays[row["claim_id"], row["chain"]].append(row["actor_id"] or row["surface"].lower())
    hops: dict[str, list[Hop]] = defaultdict(list)
    for row in rows.filter(pl.col("hop") == 0).iter_rows(named=True):
        hops[row["claim_id"]].append(
            Hop(
                row["claim_id"], row["article_id"], row["chain"], row["surface"], row["actor_id"], row["source_type"], row["is_named"],
                row["party_role"], tuple(relays[row["claim_id"], row["chain"]][:-1]), row["name"], row["kind"], row["country_code"],
                tuple(row["roles"] or ()), tuple(row["bodies"] or ()),
            )
        )  # fmt: skip
    return hops


def _grade_groups(
    groups: Mapping[str, Sequence[str]],
    claims: Mapping[str, ComparedClaim],
    links: Sequence[Link],
    facts: Mapping[str, ArticleFacts],
    hops: Mapping[str, Sequence[Hop]],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    speakers = Speakers(hops)
    corroboration.find_opponents(speakers, claims, links)
    opposition = read_opposition(links)
    group_rows, member_rows = [], []
    for group_id, members in groups.items():
        row, rows = corroboration.grade_group(
            group_id, members, claims, facts, speakers, opposition
        )
        group_rows.append(row)
        member_rows += rows
    return group_rows, member_rows


def _compare_figures(
    con: "duckdb.DuckDBPyConnection", claims: Mapping[str, ComparedClaim]
) -> dict[str, int]:
    rows = con.sql(_FIGURES).pl()
    terms = {
        claim_id: frozenset(term for term in claim.terms if not term[0].isdigit())
        for claim_id, claim in claims.items()
    }
    stated = figures.read_figures(
        rows, terms, {claim_id: claim.places for claim_id, claim in claims.items()}
    )
    links = figures.link_figures(stated)
    known = dict(
        con.sql(
            f"SELECT quantity_id, figure_group_id FROM core.figure_group_members WHERE {_CLAIM_TABLES['core.figure_group_members']}"
        )
        .pl()
        .iter_rows()
    )
    elsewhere = _ids_elsewhere(
        con,
        "core.figure_group_members JOIN core.claim_quantities USING (quantity_id)",
        "figure_group_id",
        known,
    )
    group_rows, member_rows = figures.group_figures(stated, links, known, elsewhere)
    link_rows = [
        {"quantity_id": left, "other_quantity_id": right, "is_comparable": reason == "comparable", "reason": reason}
        for left, right, reason in links
    ]  # fmt: skip
    return {
        "core.figure_links": _replace(con, "core.figure_links", link_rows, figures.ORIGIN),
        "core.figure_groups": _replace(con, "core.figure_groups", group_rows, figures.ORIGIN),
        "core.figure_group_members": _replace(
            con, "core.figure_group_members", member_rows, figures.ORIGIN
        ),
    }


def replace_table(
    con: "duckdb.DuckDBPyConnection",
    table: str,
    rows: list[dict[str, Any]],
    origin: str,
    scope: str = "true",
) -> int:
    """Make a table, or what of it is in scope, hold these rows, all of one origin. Returns the rows
    that changed."""
    schema = declared_schema()[table]
    columns = {name: [row.get(name) for row in rows] for name in schema if name != "origin"}
    frame = pl.DataFrame(
        columns, schema={name: dtype for name, dtype in schema.items() if name != "origin"}
    )
    return replace_rows(con, table, frame.with_columns(origin=pl.lit(origin)), scope)
