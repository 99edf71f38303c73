"""Error rates: how often the reading is right, what people corrected, and what is not covered."""

from collections import defaultdict
from typing import Any

from newsledger.render.blocks import (
    Block,
    Column,
    Entry,
    Heading,
    Prose,
    ReportContent,
    Table,
    plain,
)
from newsledger.render.names import name_of
from newsledger.render.precision import FOUND, RIGHT, list_measured, read_hand_readings, read_scores
from newsledger.render.report import ReportInput
from newsledger.render.words import clip, count, join, readable_day, share, start_upper

Row = dict[str, Any]
WHOLE = ("across", "gold", "ledger")  # scores of whole ledgers: told by kind, not by corpus


def build(given: ReportInput) -> ReportContent:
    """Build the tables of scores, corrections and coverage."""
    content = ReportContent("Error rates", str(given.period))
    content.blocks = [
        *_precision(),
        *_sure(given),
        *_corrections(given),
        *_silent(given),
        *_languages(given),
        *_left_out(given),
        *_scores(),
    ]
    content.summary = [block.text for block in content.blocks if isinstance(block, Heading)]
    return content


def _scores() -> list[Block]:
    """Pinned scores by what is read; each name says what was measured on which annotated texts."""
    scores = read_scores()
    if not scores:
        return [Heading("This installation holds no measured scores")]
    parts: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for name, value in scores.items():
        part, _, rest = name.partition(" ")
        if part in WHOLE:
            continue
        texts, _, what = rest.partition(" ")
        parts[part][what or "all"][texts] = value
    blocks: list[Block] = []
    for part, measures in parts.items():
        entries = [
            Entry(
                [
                    plain(name_of("score", f"{part} {what}") or what),
                    plain(_range(list(found.values()))),
                    plain(_name_texts(found)),
                ]
            )
            for what, found in measures.items()
        ]
        values = [value for found in measures.values() for value in found.values()]
        title = f"{start_upper(name_of('score', part))}: scores of {_range(values)} of 100"
        blocks += [
            Heading(title, level=3),
            Table(
                [
                    Column("What", 1.6),
                    Column("Score of 100", 0, True),
                    Column("Annotated texts: score", 2),
                ],
                entries,
                40,
                "measure",
                "measures",
            ),
        ]
    note = (
        "Development halves of annotated corpora; docs/measurements.md has the scores on "
        "documents left out of tuning. F1 weighs what is missed and what is wrong alike; "
        "recall counts what is missed. The scores are pinned: they may only rise."
    )
    return [
        Heading("All that was measured on annotated news", note, is_new_page=True),
        *blocks,
    ]


def _precision() -> list[Block]:
    """How many of 100 of each kind are right, and how many of those there are get found."""
    rows = [
        *((what, "right", value) for what, value in list_measured(RIGHT)),
        *((what, "found", value) for what, value in list_measured(FOUND)),
        *(
            (
                name_of(RIGHT, kind),
                f"right; {found.read} read by hand on {readable_day(found.read_on)}",
                share(found.right, found.read),
            )
            for kind, found in read_hand_readings().items()
        ),
    ]
    if not rows:
        return []
    entries = [
        Entry([plain(what[:1].upper() + what[1:]), plain(word), plain(f"{value:.0f}")])
        for what, word, value in rows
    ]
    note = (
        "Right: of those that are printed. Found: of those that are there. "
        "Claims and their fields: on articles that no rule was made with. What articles say "
        "together: on texts that the rules were made with in sight, so expect less on other news."
    )
    columns = [Column("What", 2), Column("Measured", 2), Column("Of 100", 0, True)]
    values = [value for _, word, value in rows if word != "found"]
    return [
        Heading(f"Of 100 rows that are printed, {_range(values)} are right, by kind", note),
        Table(columns, entries, 40, "measure", "measures"),
    ]


def _range(values: list[float]) -> str:
    low, high = min(values), max(values)
    return f"{low:.0f}" if high - low < 1 else f"{low:.0f} to {high:.0f}"


def _name_texts(found: dict[str, float]) -> str:
    return "; ".join(f"{name_of('texts', name)}: {value:.1f}" for name, value in found.items())


def _sure(given: ReportInput) -> list[Block]:
    row = given.rows("sure")[0]
    if not row["claims"]:
        return [Heading("No claim was read in this period")]
    percent = f"{share(row['nobody'], row['sourced']):.0f} %"
    said = (
        f"Of {count(row['sourced'], 'claim')} with a source, {row['nobody']:,} ({percent}) lead to "
        "nobody who can be named or described."
    )
    return [Heading(f"{count(row['claims'], 'claim')} read in this period"), Prose(plain(said))]


def _corrections(given: ReportInput) -> list[Block]:
    rows = given.rows("corrections")
    if not rows:
        return [
            Heading(
                "No person has corrected anything yet",
                "Corrections are rows of seeds/overrides/, applied at every run.",
            )
        ]
    entries = [
        Entry(
            [
                plain(row["file"]),
                plain(f"{row['lines']:,}"),
                plain(f"{int(row['matched'] or 0):,}"),
                plain(f"{row['orphaned']:,}"),
                plain(readable_day(row["last_on"])),
            ]
        )
        for row in rows
    ]
    total = sum(row["lines"] for row in rows)
    matched = sum(int(row["matched"] or 0) for row in rows)
    columns = [
        Column("File", 2),
        Column("Corrections", 0, True),
        Column("Rows changed", 0, True),
        Column("Match nothing", 0, True),
        Column("Newest", 0),
    ]
    return [
        Heading(f"People made {count(total, 'correction')}, which change {count(matched, 'row')}"),
        Table(columns, entries, 20, "file", "files"),
    ]


def _silent(given: ReportInput) -> list[Block]:
    rows = given.rows("coverage")
    silent = [row for row in rows if not row["now"]]
    if not rows:
        return [Heading("No outlet published in this period or in the four weeks before")]
    title = (
        f"{count(len(silent), 'outlet')} of {len(rows)} went silent: nothing in this period, "
        "something in the four weeks before"
    )
    if not silent:
        return [
            Heading(
                f"All {count(len(rows), 'outlet')} seen in the four weeks before published in this "
                "period"
                if len(rows) > 1
                else "The only outlet published in this period"
            )
        ]
    entries = [
        Entry(
            [
                plain(clip(row["outlet_name"], 60)),
                plain(f"{row['before']:,}"),
                plain(readable_day(row["last_at"])),
            ],
            {"outlet": row["outlet_name"]},
        )
        for row in silent
    ]
    return [
        Heading(title),
        Table(
            [Column("Outlet", 2), Column("Articles before", 0, True), Column("Last seen", 1)],
            entries,
            30,
            "outlet",
            "outlets",
        ),
    ]


def _languages(given: ReportInput) -> list[Block]:
    rows = given.rows("languages")
    total = sum(row["articles"] for row in rows)
    other = [row for row in rows if row["language"] != "en"]
    if not total:
        return []
    left = sum(row["articles"] for row in other)
    if not left:
        return [
            Heading(
                f"All {count(total, 'article')} of the period are in English"
                if total > 1
                else "The only article of the period is in English"
            )
        ]
    names = join([f"{name_of('language', row['language'])} ({row['articles']:,})" for row in other])
    return [
        Heading(
            f"{left:,} of {count(total, 'article')} are in a language that is not read for claims"
        ),
        Prose(plain(f"By language: {names}.")),
    ]


def _left_out(given: ReportInput) -> list[Block]:
    rows = given.rows("left_out")
    if not rows:
        return [Heading("No document was refused, and no row set aside")]
    entries = [
        Entry(
            [
                plain(row["what"]),
                plain(name_of("refusal", str(row["reason"]))),
                plain(f"{row['rows']:,}"),
            ]
        )
        for row in rows
    ]
    sums = {
        what: sum(row["rows"] for row in rows if row["what"] == what)
        for what in ("refused", "set aside by a check")
    }
    aside = sums["set aside by a check"]
    title = (
        f"{count(sums['refused'], 'document')} refused, "
        f"{count(aside, 'row') if aside else 'nothing'} set aside by the checks"
    )
    return [
        Heading(title, "Since the ledger began."),
        Table(
            [Column("What", 1), Column("Reason", 2), Column("Number", 0, True)],
            entries,
            30,
            "reason",
            "reasons",
        ),
    ]
