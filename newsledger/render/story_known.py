"""What is known of a story: its claims by what stands behind each, the best supported first."""

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from newsledger.ledger.claims.reasons import BOTH_SIDES
from newsledger.render.blocks import Block, Column, Entry, Heading, Rich, Run, Table, plain
from newsledger.render.names import name_of
from newsledger.render.precision import tell_precision
from newsledger.render.reading import cite, quote, say_all, say_who, tags_of, tell_carried
from newsledger.render.story_claims import choose_told, group_claims, tell_apart
from newsledger.render.words import count, few, start_upper

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]
GRADES = (
    "both_sides",
    "independent_origins",
    "several_speakers",
    "one_origin_several_reports",
    "contested",
    "denied",
    "single_origin",
    "one_report",
    "withdrawn",
)
_OTHER_SIDES = f"""
SELECT l.claim_id, y.claim_id AS other_claim_id
FROM core.claim_links AS l JOIN told_claims AS y ON y.claim_id = l.other_claim_id
WHERE l.link_type = 'same' AND starts_with(l.reason, '{BOTH_SIDES};') AND y.is_current
UNION ALL
SELECT l.other_claim_id, y.claim_id
FROM core.claim_links AS l JOIN told_claims AS y USING (claim_id)
WHERE l.link_type = 'same' AND starts_with(l.reason, '{BOTH_SIDES};') AND y.is_current
ORDER BY ALL
"""
"""What the other side says, of claims that both sides make."""


def list_known(con: "duckdb.DuckDBPyConnection", claims: list[Row], most: int) -> list[Block]:
    """What is known by what stands behind it, the best supported first."""
    order = {grade: place for place, grade in enumerate(GRADES)}
    groups = tell_apart(group_claims([claim for claim in claims if not claim["is_statement"]]))
    groups.sort(key=lambda rows: order.get(rows[0]["grade"] or "single_origin", 9))
    if not groups:
        return [Heading("No claim with a source was read in this story")]
    strong = sum(rows[0]["origin_count"] > 1 for rows in groups)
    both = sum(rows[0]["grade"] == "both_sides" for rows in groups)
    by_id = {claim["claim_id"]: claim for claim in claims}
    others = {
        row["claim_id"]: by_id[row["other_claim_id"]]
        for row in con.sql(_OTHER_SIDES).pl().to_dicts()
        if row["other_claim_id"] in by_id
    }
    own: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim["is_statement"] and claim["claim_group_id"]:
            own[claim["claim_group_id"]].add(claim["article_id"])
    entries = [
        _known_row(rows, others, len(own[rows[0]["claim_group_id"] or ""])) for rows in groups
    ]
    verb = "has" if strong == 1 else "have"
    number = strong or "None"
    title = f"{number} of {count(len(groups), 'claim')} {verb} more than one independent source"
    title += f"; {count(both, 'is', 'are')} told by both sides" if both else ""
    columns = [Column("What stands behind it", 1), Column("Claim", 2.4), Column("Carried by", 1.1)]
    note = (
        "Sources: first speakers that are independent of each other. Texts: copies of one "
        "text count once. " + tell_precision("across grades right", "across same claim P")
    )
    return [
        Heading(title, note),
        Table(columns, entries, most, "claim", "claims"),
    ]


def _known_row(rows: list[Row], others: dict[str, Row], own_articles: int) -> Entry:
    """A claim with what stands behind it; `own_articles` tell it in the outlets' own words."""
    first = choose_told(rows)
    is_one = first["origin_count"] <= 1 and first["grade"] != "several_speakers"
    is_counted = first["origin_count"] > 1
    support = f"{count(first['origin_count'], 'source')}, " if is_counted else ""
    is_alone = len({row["article_id"] for row in rows}) == 1 and own_articles
    is_spread = first["grade"] == "one_origin_several_reports"
    grade = "one_origin_elsewhere_none" if is_spread and is_alone else first["grade"]
    support += tell_carried(rows, own_articles)
    told = start_upper(name_of("grade", grade or "single_origin"))
    outlets = list(dict.fromkeys(row["outlet_name"] for row in rows))
    is_by_both = first["grade"] == "both_sides"
    found = [others[row["claim_id"]] for row in rows if is_by_both and row["claim_id"] in others]
    return Entry(
        [
            (
                Run(told, "strong"),
                Run(f". {support}", "muted"),
            ),
            (
                Run(say_who(first) if is_one else say_all(rows), "strong"),
                Run(": "),
                *quote(first, 260),
                Run(" "),
                *cite(first, has_headline=False),
                *(_tell_other(found[0]) if found else ()),
            ),
            plain(few(outlets, 4)),
        ],
        tags_of(first) | {"outlet": "|".join(outlets)},
    )


def _tell_other(other: Row) -> Rich:
    return (
        Run(" And "),
        Run(say_who(other), "strong"),
        Run(": "),
        *quote(other, 200),
        Run(" "),
        *cite(other, has_headline=False),
    )
