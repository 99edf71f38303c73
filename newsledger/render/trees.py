"""Trees of single-origin claims: origin, those who relay it, and the outlets that print it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from newsledger.model.enums import SourceType
from newsledger.render.blocks import Entry, Rich, Run
from newsledger.render.reading import (
    cite,
    named_speakers,
    quote,
    say_who_runs,
    tags_of,
    tell_carried,
)
from newsledger.render.words import clip, count, point_at

HIDDEN = (
    SourceType.UNNAMED_OFFICIAL,
    SourceType.UNNAMED_PERSON,
    SourceType.EYEWITNESS,
    SourceType.EXPERT,
)
MOST_LEAVES = 6  # outlets a branch

Row = dict[str, Any]


def list_trees(claims: Sequence[Row], hops: Sequence[Row]) -> tuple[list[Entry], int, int]:
    """A tree for each group of claims whose source was recognised, those in most articles first;
    how many have several articles, and how many an anonymous source."""
    chains: dict[str, list[Row]] = defaultdict(list)
    for hop in hops:
        if hop["chain"] == 0:
            chains[hop["claim_id"]].append(hop)
    groups: dict[str, list[Row]] = {}
    for row in filter(named_speakers, claims):
        groups.setdefault(row["claim_group_id"], []).append(row)
    found = list(groups.values())
    found.sort(key=lambda rows: -len({row["article_id"] for row in rows}))
    spread = [rows for rows in found if len({row["article_id"] for row in rows}) > 1]
    anonymous = [rows for rows in found if any(row["is_anonymous"] for row in rows)]
    alone = [rows for rows in anonymous if rows not in spread]
    alone.sort(key=lambda rows: _rank(rows[0], chains))
    mixed = [rows for pair in zip(spread, alone, strict=False) for rows in pair]
    rest = [*spread[len(alone) :], *alone[len(spread) :]]
    return [_tree(rows, chains) for rows in (*mixed, *rest)], len(spread), len(anonymous)


def _rank(row: Row, chains: dict[str, list[Row]]) -> int:
    """First a source that keeps its name back, or is somebody whose name would tell much; last a
    document or a picture, which can be looked at."""
    terms = any(hop["ground_rules"] for hop in chains[row["claim_id"]] if hop["hop"] == 0)
    if terms or row["source_type"] in HIDDEN:
        return 0
    return 2 if row["source_type"] == SourceType.DOCUMENT else 1


def _tree(rows: list[Row], chains: dict[str, list[Row]]) -> Entry:
    first = rows[0]
    rules = next(
        (
            h["ground_rules"]
            for h in chains[first["claim_id"]]
            if h["hop"] == 0 and h["ground_rules"]
        ),
        "",
    )
    origin: Rich = say_who_runs(first)
    if rules:
        origin = (*origin, Run(f", “{clip(rules, 90)}”", "muted"))
    counts = tell_carried(rows, first["own_articles"])
    reference: Rich = (Run(f"{counts} · first "), *cite(first))
    return Entry(
        [quote(first, 260), origin, reference], tags_of(first), children=_branches(rows, chains)
    )


def _branches(rows: list[Row], chains: dict[str, list[Row]]) -> list[Entry]:
    """Outlets by the relay that they name; an outlet that names none has it from the origin."""
    relays: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        hops = [hop for hop in chains[row["claim_id"]] if hop["hop"] > 0]
        names = [hop["name"] for hop in hops if _bare(hop["name"]) != _bare(row["outlet_name"])]
        relays[" → ".join(clip(name, 40) for name in names)].setdefault(row["outlet_name"], row)
    branches = []
    for relay, outlets in sorted(relays.items()):
        leaves = [_leaf(row) for row in outlets.values()]
        left = len(leaves) - MOST_LEAVES
        more = [Entry([(Run(count(left, "more outlet"), "muted"),)])] if left > 0 else []
        leaves = [*leaves[:MOST_LEAVES], *more]
        branches += (
            [Entry([(Run(f"through {relay}", "strong"),)], children=leaves)] if relay else leaves
        )
    return branches


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ")


def _leaf(row: Row) -> Entry:
    url = point_at(row["url"], row["sentence_text"])
    return Entry([(Run(clip(row["outlet_name"], 60), "", url, row["claim_id"]),)])
