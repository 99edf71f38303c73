"""Stories brought up to date: only what new and changed articles touch is grouped again.

Articles (copies of one text count once, as a unit) keep their terms and their most similar units in
the schema `blocks`. Where neighbours change, the groups of both are grouped again, together with
the groups beside them; where one of these comes out another, it is taken in as well, and so on. By
average linkage what a group is made of depends on itself and the groups beside it alone, so that
this gives what grouping all articles gives.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl

from newsledger.ledger.copies.find import list_times
from newsledger.ledger.copies.update import Moved
from newsledger.ledger.scope import insert_rows, list_ids, scope_of
from newsledger.ledger.stories.find import (
    NEIGHBOURS,
    Vector,
    choose_links,
    count_terms,
    find_neighbours,
    is_list,
    link_groups,
    merge_counts,
    weigh_terms,
)

if TYPE_CHECKING:
    import duckdb
    from scipy import sparse

_UNIT = "coalesce(a.copy_group_id, a.article_id)"
Near = dict[str, dict[str, float]]  # similarity by unit and neighbour


@dataclass(frozen=True, slots=True)
class Regrouped:
    """Groups of articles about one event that were made again, each in order of time, and all
    articles that were in one of them or are now."""

    groups: list[list[str]]
    articles: set[str]


def update_stories(con: "duckdb.DuckDBPyConnection", moved: Moved) -> Regrouped:
    """Bring the groups of articles about one event in `blocks` up to date."""
    with scope_of(con, "moved", moved.articles | moved.gone):
        before = list_ids(
            con,
            "SELECT unit_id FROM blocks.articles b SEMI JOIN moved s ON s.id = b.article_id "
            "WHERE unit_id IS NOT NULL",
        )
        own = list_ids(
            con,
            f"SELECT {_UNIT} FROM core.articles a SEMI JOIN moved s ON s.id = a.article_id "
            "WHERE language = 'en'",
        )
    members = _read_members(con, before | own)
    changed = set(members)
    gone = before - changed
    old_groups = _list_groups(con, before | changed)
    con.execute("CREATE OR REPLACE TEMP TABLE old_units AS SELECT DISTINCT unit_id, group_id "
                "FROM blocks.articles WHERE unit_id IS NOT NULL")  # fmt: skip
    _forget(con, moved.gone, changed | gone)
    _write_units(con, members)
    touched = changed | _update_neighbours(con, changed, gone)
    start = old_groups | _list_groups(con, touched)
    found = _regroup(con, changed, start, gone)
    articles = _write_groups(con, found)
    con.execute("DROP TABLE old_units")
    return Regrouped(articles, {article for group in articles for article in group})


def _read_members(
    con: "duckdb.DuckDBPyConnection", units: set[str]
) -> dict[str, list[tuple[str, str | None, str, object]]]:
    """Read the articles of units in order of time: id, headline, first words, time."""
    with scope_of(con, "units", units):
        rows = con.execute(
            f"SELECT {_UNIT}, a.article_id, a.headline, b.lead, a.published_at FROM "
            f"core.articles a "
            f"JOIN blocks.articles b USING (article_id) SEMI JOIN units s ON s.id = {_UNIT} "
            "WHERE language = 'en' ORDER BY a.published_at NULLS LAST, a.article_id"
        ).fetchall()
    members = defaultdict(list)
    for unit, *row in rows:
        members[unit].append((row[0], row[1], row[2], row[3]))
    return dict(members)


def _forget(con: "duckdb.DuckDBPyConnection", articles: set[str], units: set[str]) -> None:
    with scope_of(con, "leaving", articles):
        con.execute("DELETE FROM blocks.articles WHERE article_id IN (SELECT id FROM leaving)")
    with scope_of(con, "leaving", units):
        for table in ("story_units", "story_terms"):
            con.execute(f"DELETE FROM blocks.{table} WHERE unit_id IN (SELECT id FROM leaving)")


def _write_units(
    con: "duckdb.DuckDBPyConnection",
    members: Mapping[str, Sequence[tuple[str, str | None, str, object]]],
) -> None:
    """Keep units with their first article, and their terms."""
    vectors = {
        unit: weigh_terms(merge_counts([count_terms(row[1], row[2]) for row in rows]))
        for unit, rows in members.items()
    }
    firsts = [
        (unit, rows[0][0], rows[0][3], any(is_list(row[1]) for row in rows))
        for unit, rows in members.items()
    ]
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "unit_id": pl.String,
        "article_id": pl.String,
        "published_at": pl.Datetime("us"),
        "is_list": pl.Boolean,
    }
    insert_rows(con, "blocks.story_units", pl.DataFrame(firsts, schema=schema, orient="row"))
    weights = list(vectors.values())
    names = pl.Series("unit_id", list(vectors), pl.String)
    counts = np.array([len(vector) for vector in weights], np.int64)
    insert_rows(
        con,
        "blocks.story_terms",
        pl.DataFrame(
            {
                "unit_id": names.gather(np.repeat(np.arange(len(counts)), counts)),
                "term": pl.Series([t for vector in weights for t in vector], dtype=pl.String),
                "weight": pl.Series(
                    [w for vector in weights for w in vector.values()], dtype=pl.Int32
                ),
            }
        ),
    )


# --- neighbours


def _update_neighbours(
    con: "duckdb.DuckDBPyConnection", changed: set[str], gone: set[str]
) -> set[str]:
    """Find the neighbours of changed units, and change those of the others by what came and went.
    Returns the units between which there is a link now that was not, or the other way round."""
    losing, full = _list_losing(con, changed | gone)
    asked = changed | full
    order, times, matrix = _read_matrix(con, asked)
    at = {unit: place for place, unit in enumerate(order)}
    limit = NEIGHBOURS if len(asked) == len(order) else None  # others want to know them all
    near = find_neighbours(matrix, times, [at[unit] for unit in sorted(asked)], limit=limit)
    come: Near = defaultdict(dict)  # by whoever is not asked
    lists: Near = {}
    for place, found in near.items():
        unit = order[place]
        lists[unit] = {order[other]: score for other, score in found[:NEIGHBOURS]}
        if unit in changed:
            for other, score in found:
                if order[other] not in asked:
                    come[order[other]][unit] = score
    kept = _read_lists(con, set(come) | losing)
    for unit in (set(come) | losing) - asked - gone:
        rest = {o: s for o, s in kept.get(unit, {}).items() if o not in changed and o not in gone}
        rest |= come.get(unit, {})
        best = sorted(rest, key=lambda other: (-rest[other], at.get(other, -1)))
        lists[unit] = {other: rest[other] for other in best[:NEIGHBOURS]}
    return _write_lists(con, lists, gone)


def _list_losing(con: "duckdb.DuckDBPyConnection", leaving: set[str]) -> tuple[set[str], set[str]]:
    """List the units that have any of these as a neighbour, and those of them with as many as a
    unit may have: others may take the place."""
    with scope_of(con, "leaving", leaving):
        losing = list_ids(
            con,
            "SELECT unit_id FROM blocks.story_neighbours n SEMI JOIN leaving s "
            "ON s.id = n.other_unit_id",
        )
    with scope_of(con, "losing", losing - leaving):
        full = list_ids(
            con,
            "SELECT unit_id FROM blocks.story_neighbours n SEMI JOIN losing s ON s.id = n.unit_id "
            f"GROUP BY unit_id HAVING count(*) >= {NEIGHBOURS}",
        )
    return losing - leaving, full


def _read_matrix(
    con: "duckdb.DuckDBPyConnection", asked: set[str]
) -> tuple[list[str], npt.NDArray[np.int64], "sparse.csr_array"]:
    """Read all units in order, their times, and what of their terms the asked ones have, too."""
    from scipy import sparse

    units = con.sql("SELECT unit_id, published_at FROM blocks.story_units ORDER BY article_id").pl()
    with scope_of(con, "asked", asked):
        rows = con.sql(
            "SELECT t.unit_id, t.term, t.weight FROM blocks.story_terms t SEMI JOIN (SELECT "
            "DISTINCT term FROM blocks.story_terms o SEMI JOIN asked s ON s.id = o.unit_id) "
            "USING (term)"
        ).pl()
    order = units["unit_id"].to_list()
    placed = rows.select(
        "weight",
        row=pl.col("unit_id").replace_strict(order, range(len(order)), return_dtype=pl.Int64),
        column=pl.col("term").rank("dense").cast(pl.Int64) - 1,
    )
    width = 1 if placed.is_empty() else int(placed["column"].max()) + 1
    matrix = sparse.csr_array(
        (
            placed["weight"].cast(pl.Int64).to_numpy(),
            (placed["row"].to_numpy(), placed["column"].to_numpy()),
        ),
        shape=(len(order), width),
    )
    return order, list_times(units["published_at"]), matrix


def _read_lists(con: "duckdb.DuckDBPyConnection", units: Iterable[str]) -> Near:
    lists: Near = defaultdict(dict)
    with scope_of(con, "listed", units):
        rows = con.execute(
            "SELECT unit_id, other_unit_id, score FROM blocks.story_neighbours n "
            "SEMI JOIN listed s ON s.id = n.unit_id"
        ).fetchall()
    for unit, other, score in rows:
        lists[unit][other] = score
    return lists


def _write_lists(con: "duckdb.DuckDBPyConnection", lists: Near, gone: set[str]) -> set[str]:
    """Put the lists in the place of those before. Returns the ends of links that came or went: a
    link is there where either unit has the other one on its list."""
    before = _read_lists(con, set(lists) | gone)
    differing = {
        (unit, other)
        for unit in set(lists) | gone
        for other in before.get(unit, {}).keys() ^ lists.get(unit, {}).keys()
    }
    others = _read_lists(con, {other for _, other in differing} - set(lists) - gone)
    with scope_of(con, "listed", set(lists) | gone):
        con.execute("DELETE FROM blocks.story_neighbours WHERE unit_id IN (SELECT id FROM listed)")
    rows = [(u, other, score) for u, found in lists.items() for other, score in found.items()]
    schema = {"unit_id": pl.String, "other_unit_id": pl.String, "score": pl.Float64}
    insert_rows(con, "blocks.story_neighbours", pl.DataFrame(rows, schema=schema, orient="row"))

    def is_linked(near: Near, unit: str, other: str) -> bool:
        is_mutual = unit in near.get(other, others.get(other, {}))
        return other in near.get(unit, {}) or is_mutual

    now: Near = {**lists, **{unit: {} for unit in gone}}
    ends = {pair for pair in differing if is_linked(before, *pair) != is_linked(now, *pair)}
    return {end for pair in ends for end in pair} - gone


# --- groups


def _list_groups(con: "duckdb.DuckDBPyConnection", units: set[str]) -> set[str]:
    """List the groups that units were in."""
    with scope_of(con, "grouped", units):
        return list_ids(
            con,
            "SELECT group_id FROM blocks.articles b SEMI JOIN grouped s ON s.id = b.unit_id "
            "WHERE group_id IS NOT NULL",
        )


def _list_units(con: "duckdb.DuckDBPyConnection", groups: set[str]) -> set[str]:
    with scope_of(con, "grouped", groups):
        return list_ids(
            con, "SELECT unit_id FROM old_units u SEMI JOIN grouped s ON s.id = u.group_id"
        )


def _regroup(
    con: "duckdb.DuckDBPyConnection", changed: set[str], groups: set[str], gone: set[str]
) -> list[list[str]]:
    """Group the units of some groups and the changed ones again, with the groups beside them, until
    nothing beside changes. Returns groups of units."""
    inner = (changed | _list_units(con, groups)) - gone
    while True:
        with scope_of(con, "inner_units", inner):
            beside = list_ids(
                con,
                "SELECT u.group_id FROM old_units u SEMI JOIN (SELECT other_unit_id AS unit_id "
                "FROM blocks.story_neighbours n SEMI JOIN inner_units s ON s.id = n.unit_id "
                "UNION SELECT unit_id FROM blocks.story_neighbours n SEMI JOIN inner_units s "
                "ON s.id = n.other_unit_id) n USING (unit_id) "
                "ANTI JOIN inner_units s ON s.id = u.unit_id",
            )
        outer = _list_units(con, beside) - inner - gone
        found = _link(con, inner | outer)
        mixed = {unit for group in found if not inner.isdisjoint(group) for unit in group} - inner
        broken = mixed | _find_broken(con, found, outer - mixed)
        if not broken:
            return [group for group in found if not inner.isdisjoint(group)]
        inner |= _list_units(con, _groups_of(con, broken)) - gone


def _groups_of(con: "duckdb.DuckDBPyConnection", units: set[str]) -> set[str]:
    with scope_of(con, "asked", units):
        return list_ids(
            con, "SELECT group_id FROM old_units u SEMI JOIN asked s ON s.id = u.unit_id"
        )


def _find_broken(
    con: "duckdb.DuckDBPyConnection", found: Sequence[Sequence[str]], outer: set[str]
) -> set[str]:
    """Find the units beside whose group is not what it was."""
    with scope_of(con, "asked", outer):
        rows = con.execute(
            "SELECT u.unit_id, u.group_id FROM old_units u SEMI JOIN asked s ON s.id = u.unit_id"
        ).fetchall()
    before: dict[str, set[str]] = defaultdict(set)
    for unit, group in rows:
        before[group].add(unit)
    now = {frozenset(group) for group in found}
    return {unit for units in before.values() if frozenset(units) not in now for unit in units}


def _link(con: "duckdb.DuckDBPyConnection", units: set[str]) -> list[list[str]]:
    """Group units by average linkage along the links between them."""
    with scope_of(con, "linked", units):
        found = con.execute(
            "SELECT unit_id, is_list, published_at IS NULL FROM blocks.story_units u "
            "SEMI JOIN linked s ON s.id = u.unit_id ORDER BY article_id"
        ).fetchall()
        order = [unit for unit, *_ in found]
        lists = {place for place, (_, is_one, _) in enumerate(found) if is_one}
        undated = {place for place, (*_, is_open) in enumerate(found) if is_open}
        at = {unit: place for place, unit in enumerate(order)}
        pairs = {
            (min(at[one], at[other]), max(at[one], at[other])): score
            for one, other, score in con.execute(
                "SELECT unit_id, other_unit_id, score FROM blocks.story_neighbours n "
                "SEMI JOIN linked s ON s.id = n.unit_id "
                "SEMI JOIN linked o ON o.id = n.other_unit_id"
            ).fetchall()
        }
        vectors: list[Vector] = [{} for _ in order]
        for unit, term, weight in con.execute(
            "SELECT unit_id, term, weight FROM blocks.story_terms t "
            "SEMI JOIN linked s ON s.id = t.unit_id"
        ).fetchall():
            vectors[at[unit]][term] = weight
    groups = link_groups(vectors, choose_links(pairs, lists), undated)
    return [[order[i] for i in group] for group in groups]


def _write_groups(
    con: "duckdb.DuckDBPyConnection", groups: Sequence[Sequence[str]]
) -> list[list[str]]:
    """Keep which unit and group each article is in. Returns the groups as articles in order of
    time."""
    rows = [(unit, group[0]) for group in groups for unit in group]
    frame = pl.DataFrame(rows, schema={"unit_id": pl.String, "group_id": pl.String}, orient="row")
    con.register("group_rows", frame.to_arrow())
    con.execute(
        f"UPDATE blocks.articles b SET unit_id = g.unit_id, group_id = g.group_id FROM "
        f"group_rows g, "
        f"core.articles a WHERE a.article_id = b.article_id AND g.unit_id = {_UNIT} AND "
        "(b.unit_id IS DISTINCT FROM g.unit_id OR b.group_id IS DISTINCT FROM g.group_id)"
    )
    found = con.execute(
        "SELECT list(b.article_id ORDER BY b.published_at NULLS LAST, b.article_id) "
        "FROM blocks.articles b JOIN group_rows g USING (unit_id) GROUP BY b.group_id"
    ).fetchall()
    con.unregister("group_rows")
    return sorted(row[0] for row in found)


def read_groups(con: "duckdb.DuckDBPyConnection") -> list[list[str]]:
    """Read all groups of articles about one event, each in order of time."""
    rows = con.execute(
        "SELECT list(article_id ORDER BY published_at NULLS LAST, article_id) AS g "
        "FROM blocks.articles WHERE group_id IS NOT NULL GROUP BY group_id"
    ).fetchall()
    return sorted(row[0] for row in rows)
