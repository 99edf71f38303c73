"""Claims of a story: put together, along the days they were said and happened, and by the outlets
that carry them."""

from collections import defaultdict
from typing import Any

import polars as pl

from newsledger.model.enums import Tense
from newsledger.render.blocks import (
    Block,
    Chart,
    Column,
    Entry,
    Heading,
    Pictures,
    ReportContent,
    Run,
    Table,
    plain,
)
from newsledger.render.charts import draw_matrix
from newsledger.render.period import Period
from newsledger.render.precision import tell_precision
from newsledger.render.reading import (
    cite,
    cite_outlet,
    quote,
    say_who,
    say_who_runs,
    tags_of,
    tell_when,
)
from newsledger.render.words import count, readable_day

LEAST_CARRIED = 6  # claims of two texts or more, that tell the course of a story by themselves
SHORT = 90  # letters of a sentence that fits the two lines of a label
MOST_A_DAY = 3  # claims of one day in the list of what happened

Row = dict[str, Any]


def group_claims(claims: list[Row]) -> list[list[Row]]:
    """Claims that say the same, those of most sources and texts first."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for claim in claims:
        groups[claim["claim_group_id"] or claim["claim_id"]].append(claim)
    return sorted(
        groups.values(),
        key=lambda rows: (
            -rows[0]["origin_count"],
            -rows[0]["text_count"],
            -len(rows),
            rows[0]["claim_id"],
        ),
    )


def choose_told(rows: list[Row]) -> Row:
    """The claim that is quoted for its group: of one source with several names, one with a proper
    name."""
    return min(rows, key=lambda row: (row["is_unnamed"], not row["speakers"]))


def tell_apart(groups: list[list[Row]]) -> list[list[Row]]:
    """Groups of claims in their order; of those that one sentence makes, the first."""
    found: dict[str, list[Row]] = {}
    for rows in groups:
        found.setdefault(choose_told(rows)["sentence_text"].casefold(), rows)
    return list(found.values())


def list_said(claims: list[Row], period: Period, most: int) -> list[Block]:
    """First report of each claim that two texts or more carry, in the order of publication; of
    each claim where these are too few for a course of things."""
    groups = tell_apart(group_claims([claim for claim in claims if not claim["is_statement"]]))
    told = {rows[0]["sentence_text"]: rows for rows in reversed(groups)}
    dated = [rows for rows in told.values() if rows[0]["happened_at"]]
    carried = [rows for rows in dated if len({row["text_id"] for row in rows}) > 1]
    carried = carried if len(carried) >= LEAST_CARRIED else []
    firsts = sorted(
        (rows[0] for rows in carried or dated),
        key=lambda row: (row["happened_at"], row["claim_id"]),
    )
    if not firsts:
        return []
    entries = [
        Entry(
            [
                plain(tell_when(row, period)),
                (*say_who_runs(row), Run(": "), *quote(row, 220)),
                cite_outlet(row),
            ],
            tags_of(row),
        )
        for row in firsts
    ]
    days = [readable_day(row["happened_at"]) for row in (firsts[0], firsts[-1])]
    span = f"from {days[0]} to {days[1]}" if days[0] != days[1] else f"on {days[0]}"
    which = (
        f"{len(carried)} of {count(len(dated), 'claim')}" if carried else count(len(dated), "claim")
    )
    title = f"When it was said: {which} {span}"
    note = "First report of each claim" + (" that two texts or more carry." if carried else ".")
    columns = [Column("Published", 0), Column("Who says what", 3.4), Column("First in", 0.8)]
    return [
        Heading(title, note, begins_part=True),
        Table(columns, entries, most, "claim", "claims"),
    ]


def list_happened(claims: list[Row], most: int) -> list[Block]:
    """Days that the claims are about, where their own sentence tells the day."""
    days: dict[Any, list[Row]] = defaultdict(list)
    for rows in tell_apart(group_claims(claims)):
        told = [row for row in rows if _tells_day(row)]
        if told:
            days[told[0]["about_start_date"]].append(told[0])
    if not days:
        return []
    entries = [
        Entry(
            [
                plain(readable_day(day)),
                (Run(say_who(row), "strong"), Run(": "), *quote(row, 220)),
                cite(row, has_headline=False),
            ],
            tags_of(row),
        )
        for day in sorted(days)
        for row in days[day][:MOST_A_DAY]
    ]
    left = sum(len(rows) for rows in days.values()) - len(entries)
    title = f"When it happened: {count(len(days), 'day')}, as the sources say"
    note = "Only claims whose own sentence tells the day; those of most sources. "
    note += f"{count(left, 'claim')} of the same days not shown. " if left else ""
    columns = [Column("Day", 0), Column("Who says what", 3), Column("Where", 1)]
    return [
        Heading(title, note + tell_precision("story days")),
        Table(columns, entries, most, "claim", "claims"),
    ]


def _tells_day(row: Row) -> bool:
    is_day = row["about_start_date"] and row["about_start_date"] == row["about_end_date"]
    is_told = row["has_day"] and not row["is_clause"]
    return bool(is_day and is_told and row["tense"] in (Tense.HAPPENED, Tense.ONGOING))


def draw_carriers(content: ReportContent, claims: list[Row], most: int) -> list[Block]:
    """Who carries which claim, and who omits it."""
    groups = [
        rows
        for rows in tell_apart(group_claims([c for c in claims if not c["is_statement"]]))
        if len({row["outlet_name"] for row in rows}) > 1
    ]
    outlets = sorted({claim["outlet_name"] for claim in claims})
    if not groups or len(outlets) < 2:
        return [Heading("No claim is carried by two outlets", level=3)]
    shown = groups[:most]
    carried = [{row["outlet_name"] for row in rows} for rows in shown]
    everywhere = sum(len({row["outlet_name"] for row in rows}) == len(outlets) for rows in groups)
    title = (
        f"{count(len(groups), 'claim is', 'claims are')} carried by two outlets or more, "
        f"{everywhere or 'none'} by all {len(outlets)}"
    )
    cut = f" {len(shown)} of {len(groups)} claims shown, those of most sources first"
    cut = cut if len(shown) < len(groups) else ""
    labels = [_label(choose_told(rows)) for rows in shown]
    figure = draw_matrix(
        labels,
        outlets,
        carried,
        title=title,
        subtitle=f"Filled: carried.{cut}",
        source="Claims as reported, not verified.",
    )
    frame = pl.DataFrame(
        [
            {"claim": label, "outlet": outlet, "carried": outlet in row}
            for label, row in zip(labels, carried, strict=True)
            for outlet in outlets
        ]
    )
    content.charts.append(Chart("matrix", figure, frame, title))
    return [Heading("Who carries what, and who omits it"), Pictures(["matrix"])]


def _label(row: Row) -> str:
    """A claim in two lines: its sentence where that is short, else what is said alone."""
    sentence = row["sentence_text"]
    return f"{say_who(row, 1)}: {sentence if len(sentence) <= SHORT else row['content_text']}"
