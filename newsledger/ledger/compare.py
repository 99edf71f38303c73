"""What goes across articles: copies, stories, claims that say the same or contradict, corroboration
and figures."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from newsledger.ledger.claims import corroboration
from newsledger.ledger.claims.agreement import index_scores
from newsledger.ledger.claims.changed_claims import (
    OPPOSING,
    choose_fresh,
    find_changed_blocks,
    find_reach,
    find_rejoined,
    is_anything_gone,
    keep_blocks,
    list_articles,
    list_blocks,
    read_stored,
    stored_links,
)
from newsledger.ledger.claims.compared import Link
from newsledger.ledger.claims.corroboration import Speakers
from newsledger.ledger.claims.groups import group_claims
from newsledger.ledger.claims.links import ORIGIN as LINKS_ORIGIN
from newsledger.ledger.claims.links import link_claims
from newsledger.ledger.claims.opposition import read_opposition
from newsledger.ledger.claims.repeats import find_repeats
from newsledger.ledger.claims.scope import ClaimScope
from newsledger.ledger.claims.sides import find_opponents, list_both_sides
from newsledger.ledger.comparison import Comparison
from newsledger.ledger.figures.update import TABLES as FIGURE_TABLES
from newsledger.ledger.figures.update import update_figures
from newsledger.ledger.overrides import (
    Override,
    apply_claim_overrides,
    load_overrides,
    log_overrides,
)
from newsledger.ledger.scope import assign, list_ids, replace_table, scope_of
from newsledger.ledger.texts import compare_texts
from newsledger.store.database import read_state, write_state

if TYPE_CHECKING:
    import duckdb

_GONE = "NOT IN (SELECT claim_id FROM core.claims)"
_REGROUPED = (
    "claim_group_id IN (SELECT id FROM grouped) OR claim_group_id NOT IN "
    "(SELECT claim_group_id FROM core.claims WHERE claim_group_id IS NOT NULL)"
)
# Which rows of each table are about the articles in scope, or about the claims and groups made
# again; rows about what is gone go, too.
_CLAIM_TABLES = {
    "core.claim_repeats": (
        "claim_id IN (SELECT claim_id FROM core.claims SEMI JOIN in_scope USING (article_id)) "
        f"OR claim_id {_GONE}"
    ),
    "core.claim_links": (
        "claim_id IN (SELECT id FROM member_claims) OR other_claim_id IN (SELECT id FROM "
        f"member_claims) OR claim_id {_GONE} OR other_claim_id {_GONE}"
    ),
    "core.claim_groups": _REGROUPED,
    "core.claim_group_members": _REGROUPED,
}
MAX_CLAIMS = 50_000  # compared at a time: about 0.5 GB
_SIGNED = "claim_decisions"  # state: the corrections of claims that were applied


def compare_articles(con: "duckdb.DuckDBPyConnection", run_id: str) -> dict[str, int]:
    """Bring copies, stories and what hangs on them up to date. Returns the rows that changed, by
    table. Runs inside a transaction."""
    overrides = load_overrides()
    texts, claims = compare_texts(con, overrides), compare_claims(con, overrides)
    log_overrides(con, run_id, [*texts.log, *claims.log])
    return texts.changed | claims.changed


def compare_claims(con: "duckdb.DuckDBPyConnection", overrides: Sequence[Override]) -> Comparison:
    """Bring claim links, claim groups and figures up to date, of the stories alone that changed and
    of the claims that theirs are grouped with. Where people have corrected claims, all are compared
    again."""
    signed = [
        (entry.file, entry.values)
        for entry in overrides
        if entry.file in {"same_claim.csv", "not_same_claim.csv"}
    ]
    before = read_state(con, _SIGNED) or ""
    is_whole = bool(signed) or bool(before)
    changed = find_changed_blocks(con, everything=is_whole)
    comparison = Comparison(dict.fromkeys([*_CLAIM_TABLES, *FIGURE_TABLES], 0), [])
    if changed or is_anything_gone(con) or is_whole:
        for part in _split(con, changed, is_whole=is_whole):
            found = _compare_blocks(con, part, overrides)
            comparison.log = found.log
            for table, count in found.changed.items():
                comparison.changed[table] += count
        keep_blocks(con, changed)
    con.execute("DROP TABLE IF EXISTS blocks_now")
    if (repr(signed) if signed else "") != before:
        write_state(con, _SIGNED, repr(signed) if signed else "")
    return comparison


def _split(
    con: "duckdb.DuckDBPyConnection", changed: set[str], *, is_whole: bool
) -> Iterator[set[str]]:
    """Split changed stories into parts that fit into memory; what comes out is the same. Claims
    that a person joined or parted are looked for in all stories at once."""
    with scope_of(con, "asked", changed):
        sizes = con.execute(
            "SELECT coalesce(a.story_id, a.article_id) AS block, count(*) FROM core.claims c "
            "JOIN core.articles a USING (article_id) SEMI JOIN asked s "
            "ON s.id = coalesce(a.story_id, a.article_id) GROUP BY block ORDER BY block"
        ).fetchall()
    part: set[str] = changed - {block for block, _ in sizes}
    total = 0
    for block, size in sizes:
        if total + size > MAX_CLAIMS and part and not is_whole:
            yield part
            part, total = set(), 0
        part.add(block)
        total += size
    yield part


def _compare_blocks(
    con: "duckdb.DuckDBPyConnection", changed: set[str], overrides: Sequence[Override]
) -> Comparison:
    """Compare the claims of some stories, and make the rows about them and about the claims grouped
    with theirs what was found."""
    carried: set[int] = set()
    while True:
        reach = find_reach(con, changed, carried)
        carried = reach.statements
        scope = ClaimScope.read(con, reach.articles, reach.tellers)
        fresh = choose_fresh(link_claims(scope.claims), scope.by_id, changed, reach.statements)
        opposed = {
            scope.by_id[end].block
            for link in fresh
            if link.link_type in OPPOSING
            for end in (link.claim_id, link.other_claim_id)
        }
        opposed |= _list_opposed(con, changed)
        if opposed <= changed:
            break
        changed = changed | opposed  # who opposes whom counts for every group of a story
    start = reach.claims | find_rejoined(con, fresh, scope.by_id, reach)
    with stored_links(con, changed, reach.statements):
        links, members = _follow(con, fresh, start)
        outer = list_articles(con, list_blocks(con, members)) - reach.articles
        if outer:
            del scope  # two would take twice the memory
            scope = ClaimScope.read(con, reach.articles | outer)
        links = _merge(links, read_stored(con, scope.by_id))
    links, apart, log = apply_claim_overrides(overrides, scope.claims, links)
    changes = _write_groups(con, scope, links, apart, members)
    return Comparison(changes | _write_own(con, scope, reach.articles), log)


def _list_opposed(con: "duckdb.DuckDBPyConnection", changed: set[str]) -> set[str]:
    """List the stories whose claims were opposed to claims of changed stories."""
    with scope_of(con, "changed", changed):
        return list_ids(
            con,
            "WITH place AS (SELECT claim_id, coalesce(story_id, article_id) AS block FROM "
            "core.claims JOIN core.articles USING (article_id)), ends AS (SELECT p.block, "
            "o.block AS other FROM core.claim_links l JOIN place p USING (claim_id) JOIN place o "
            "ON o.claim_id = l.other_claim_id WHERE l.link_type IN ('contradicts', 'denies') "
            "AND p.block <> o.block) "
            "SELECT other FROM ends WHERE block IN (SELECT id FROM changed) "
            "UNION SELECT block FROM ends WHERE other IN (SELECT id FROM changed)",
        )


def _follow(
    con: "duckdb.DuckDBPyConnection", fresh: Sequence[Link], start: set[str]
) -> tuple[list[Link], set[str]]:
    """Follow links from the claims that a change reaches to all that are grouped with them. Returns
    all links of these, and the claims."""
    partners: dict[str, set[str]] = defaultdict(set)
    for link in fresh:
        partners[link.claim_id].add(link.other_claim_id)
        partners[link.other_claim_id].add(link.claim_id)
    stored: list[Link] = []
    found, edge = set(start), set(start)
    while edge:
        more = read_stored(con, edge)
        stored += more
        for link in more:
            if link.link_type == "same":
                partners[link.claim_id].add(link.other_claim_id)
                partners[link.other_claim_id].add(link.claim_id)
        edge = {other for claim in edge for other in partners[claim]} - found
        found |= edge
    return _merge(fresh, stored), found


def _merge(links: Sequence[Link], more: Sequence[Link]) -> list[Link]:
    found = {(link.claim_id, link.other_claim_id): link for link in (*more, *links)}
    return [found[key] for key in sorted(found)]


def _write_groups(
    con: "duckdb.DuckDBPyConnection",
    scope: ClaimScope,
    links: Sequence[Link],
    apart: set[tuple[str, str]],
    members: set[str],
) -> dict[str, int]:
    """Group claims along their links, and make the rows about them what was found."""
    claims = [claim for claim in scope.claims if claim.claim_id in members]
    members = {claim.claim_id for claim in claims}
    inside = [x for x in links if x.claim_id in members and x.other_claim_id in members]
    known = {claim: group for claim, group in scope.known.items() if claim in members}
    apart = {pair for pair in apart if members.issuperset(pair)}
    groups = group_claims(claims, inside, apart)
    group_of = {member: group_id for group_id, found in groups.items() for member in found}
    schema = {"claim_id": pl.String, "claim_group_id": pl.String}
    assign(
        con,
        "core.claims",
        "claim_id",
        pl.DataFrame(list(group_of.items()), schema=schema, orient="row"),
    )
    group_rows, member_rows = _grade_groups(groups, scope, links)
    link_rows = [
        {
            "claim_id": link.claim_id, "other_claim_id": link.other_claim_id,
            "link_type": link.link_type, "score": link.score, "reason": link.reason,
        }
        for link in links if link.claim_id in members or link.other_claim_id in members
    ]  # fmt: skip
    with (
        scope_of(con, "member_claims", members),
        scope_of(con, "grouped", {*known.values(), *groups}),
    ):
        return {
            "core.claim_links": _replace(con, "core.claim_links", link_rows, LINKS_ORIGIN),
            "core.claim_groups": _replace(
                con, "core.claim_groups", group_rows, corroboration.ORIGIN
            ),
            "core.claim_group_members": _replace(
                con, "core.claim_group_members", member_rows, corroboration.ORIGIN
            ),
        }


def _write_own(
    con: "duckdb.DuckDBPyConnection", scope: ClaimScope, own: set[str]
) -> dict[str, int]:
    """Make the rows that are of changed stories alone what was found: repeats and figures."""
    frame = pl.DataFrame({"article_id": sorted(own)}, schema={"article_id": pl.String})
    con.register("scope", frame.to_arrow())
    con.execute("CREATE OR REPLACE TEMP TABLE in_scope AS SELECT article_id FROM scope")
    con.unregister("scope")
    titles = {
        row[0]: {"headline": row[1], "standfirst": row[2]}
        for row in con.execute(
            "SELECT article_id, headline, standfirst FROM core.articles "
            "SEMI JOIN in_scope USING (article_id)"
        ).fetchall()
    }
    claims = {claim.claim_id: claim for claim in scope.claims if claim.article_id in own}
    repeats = find_repeats(list(claims.values()), titles)
    changed = {
        "core.claim_repeats": _replace(con, "core.claim_repeats", repeats, LINKS_ORIGIN)
    } | update_figures(con)
    con.execute("DROP TABLE in_scope")
    return changed


def _replace(
    con: "duckdb.DuckDBPyConnection", table: str, rows: list[dict[str, Any]], origin: str
) -> int:
    """Make the rows about the articles in scope these; rows about claims that are gone go too.
    Returns the rows that changed."""
    return replace_table(con, table, rows, origin, scope=_CLAIM_TABLES[table])


def _grade_groups(
    groups: Mapping[str, Sequence[str]], scope: ClaimScope, links: Sequence[Link]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    opponents = find_opponents(scope.claims, links)
    speakers = Speakers(scope.hops, index_scores(links), opponents, list_both_sides(links))
    current = {one.claim_id for one in scope.claims if scope.facts[one.article_id].is_current}
    opposition = read_opposition(links, scope.hops, current)
    group_rows, member_rows = [], []
    for group_id, members in groups.items():
        row, rows = corroboration.grade_group(
            group_id, members, scope.by_id, scope.facts, speakers, opposition
        )
        group_rows.append(row)
        member_rows += rows
    return group_rows, member_rows
