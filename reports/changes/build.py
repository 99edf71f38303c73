"""The log of changes: what newer versions of articles say otherwise, and who still carries the
old."""

import re
from collections import defaultdict
from difflib import SequenceMatcher
from typing import Any

from newsledger.render.blocks import (
    Block,
    Column,
    Entry,
    Facts,
    Heading,
    Pairs,
    ReportContent,
    Run,
    Table,
    plain,
)
from newsledger.render.reading import cite, tags_of
from newsledger.render.report import ReportInput
from newsledger.render.words import (
    clip,
    count,
    few,
    join,
    list_numbers,
    mark_differences,
    point_at,
    readable_time,
    start_upper,
)

UNCHANGED = "No article of this period is a newer version of another"

Row = dict[str, Any]
LEAST_ALIKE = 0.35  # share of letters that two sentences have in common to be one, reworded


def build(given: ReportInput) -> ReportContent:
    """Build the pairs of sentences before and after, corrections, and carriers of the old."""
    versions, corrections = given.rows("versions"), given.rows("corrections")
    texts: dict[str, list[str]] = defaultdict(list)
    for row in given.rows("sentences"):
        texts[row["article_id"]].append(" ".join(row["text"].split()))
    changes = [
        (row, before, after)
        for row in versions
        for before, after in list_changes(texts[row["old_article_id"]], texts[row["article_id"]])
    ]
    figures = [
        change
        for change in changes
        if list_numbers(change[1]) != list_numbers(change[2]) and change[1] and change[2]
    ]
    wording = [change for change in changes if change not in figures]
    corrected = [row for row in corrections if not _is_addition(row)]
    content = ReportContent("Changes", str(given.period))
    content.blocks = [
        Facts(
            [
                (f"{len(versions):,}", "newer version" if len(versions) == 1 else "newer versions"),
                (f"{len(figures):,}", "changed figure" if len(figures) == 1 else "changed figures"),
                (
                    f"{len(wording):,}",
                    "other changed sentence" if len(wording) == 1 else "other changed sentences",
                ),
                (
                    f"{len(corrected):,}",
                    "notice of correction" if len(corrected) == 1 else "notices of correction",
                ),
            ]
        ),
        *_corrections(corrections),
        *(_pairs("changed figure", figures, given) if versions else []),
        *(_pairs("other changed sentence", wording, given) if versions else []),
        *(_carriers(given) if versions else [Heading(UNCHANGED, level=3)]),
    ]
    content.summary = [block.text for block in content.blocks if isinstance(block, Heading)]
    return content


def list_changes(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """Sentences that differ between two versions, before and after; one of them empty where a
    sentence came or went."""
    changes = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, come = old[a:b], new[c:d]
        while gone and come:
            before = gone.pop(0)
            best = max(come, key=lambda after: SequenceMatcher(None, before, after).ratio())
            if SequenceMatcher(None, before, best).ratio() < LEAST_ALIKE:
                changes.append((before, ""))
                continue
            changes += [("", after) for after in come[: come.index(best)]]
            come = come[come.index(best) + 1 :]
            changes.append((before, best))
        changes += [(before, "") for before in gone] + [("", after) for after in come]
    return changes


def _pairs(noun: str, changes: list[tuple[Row, str, str]], given: ReportInput) -> list[Block]:
    if not changes:
        return [Heading(f"No {noun} in this period")]
    entries = []
    for row, before, after in changes:
        left, right = mark_differences(clip(before, 400), clip(after, 400))
        sides = [
            Entry(
                [
                    _words(left, "Not there before."),
                    plain("Before", "strong"),
                    plain(f"“{clip(row['old_headline'] or '', 100)}”"),
                ]
            ),
            Entry(
                [
                    _words(right, "No longer there."),
                    plain("Now", "strong"),
                    cite(row | {"sentence_text": after}),
                ]
            ),
        ]
        when = readable_time(given.period.local(row["happened_at"]))
        label = f"{row['outlet']} · {when} · version {row['version']}"
        tags = {"story": clip(row["story_headline"], 110), "outlet": row["outlet"]}
        entries.append(Entry([plain(label)], tags, children=sides))
    title = count(len(changes), noun)
    return [
        Heading(title, "As printed. Marked: the words that differ."),
        Pairs(entries, given.settings["max_rows"], noun, noun + "s"),
    ]


def _words(pieces: list[str], empty: str) -> tuple[Run, ...]:
    runs = tuple(Run(piece, "mark" if at % 2 else "") for at, piece in enumerate(pieces) if piece)
    return runs or plain(empty, "muted")


def _corrections(rows: list[Row]) -> list[Block]:
    if not rows:
        return [Heading("No outlet printed a correction in this period")]
    added = sum(map(_is_addition, rows))
    corrected = len(rows) - added
    parts = [
        *([count(corrected, "notice of correction", "notices of correction")] if corrected else []),
        *([count(added, "note of an update", "notes of updates")] if added else []),
    ]
    entries = [
        Entry(
            [plain(clip(row["correction"], 400)), cite(row | {"sentence_text": row["correction"]})],
            {"outlet": row["outlet_name"], "story": row["story_headline"]},
        )
        for row in sorted(rows, key=_is_addition)
    ]
    return [
        Heading(join(parts)),
        Table([Column("Notice", 2), Column("Where", 1)], entries, 20, "notice", "notices"),
    ]


def _is_addition(row: Row) -> bool:
    """Whether the notice tells what was added, and not what was wrong."""
    return re.match(r"\W*updated?\b", row["correction"], re.IGNORECASE) is not None


def _carriers(given: ReportInput) -> list[Block]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in given.rows("carriers"):
        groups[row["dropped_claim_id"]].append(row)
    if not groups:
        return [Heading("No newer version dropped a claim in this period")]
    entries, still = [], 0
    for rows in groups.values():
        first = rows[0]
        carriers = [row for row in rows if row["claim_id"] is not None]
        still += bool(carriers)
        who = start_upper(few(first["dropped_speakers"] or ["no source named"], 3))
        outlets = [
            Run(
                f"{'; ' if at else ''}{clip(row['outlet_name'], 50)}",
                "",
                point_at(row["url"], row["sentence_text"]),
                row["claim_id"],
            )
            for at, row in enumerate(carriers[:6])
        ]
        if len(carriers) > len(outlets):
            outlets.append(
                Run(f"; {count(len(carriers) - len(outlets), 'other article')}", "muted")
            )
        when = readable_time(given.period.local(first["changed_at"]))
        cells = [
            (Run(who, "strong"), Run(f": {clip(first['dropped_sentence'], 240)}")),
            plain(f"{first['changed_outlet']}, {when}"),
            tuple(outlets) or plain("nobody", "muted"),
        ]
        tags = tags_of(carriers[0]) if carriers else {"outlet": first["changed_outlet"]}
        entries.append(Entry(cells, tags))
    carried = f"others still carry {still} of them" if still else "no other article carries them"
    title = f"{count(len(groups), 'claim is', 'claims are')} gone from a newer version; {carried}"
    columns = [
        Column("Claim that is gone", 2),
        Column("Gone from", 1),
        Column("Still carried by", 1),
    ]
    return [Heading(title), Table(columns, entries, given.settings["max_rows"], "claim", "claims")]
