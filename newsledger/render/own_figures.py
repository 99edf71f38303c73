"""Figures about people that outlets state in their own words, without a source."""

from collections import defaultdict
from typing import Any

from newsledger.render.blocks import Block, Column, Entry, Heading, Rich, Run, Table, plain
from newsledger.render.names import name_of
from newsledger.render.reading import cite, quote, tags_of
from newsledger.render.words import count, few, readable_range, start_upper

Row = dict[str, Any]


def list_own_figures(rows: list[Row], most: int) -> list[Block]:
    """The part of a report with the figures; nothing where there are none."""
    if not rows:
        return []
    figures = count(len(rows), "figure about people is", "figures about people are")
    title = f"{figures} printed without a source"
    sentences: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        sentences[row["sentence_text"]].append(row)
    entries = [
        Entry(
            [plain(_name_figures(told)), quote(told[0], 200), _cite_all(told)],
            tags_of(told[0]) | {"outlet": "|".join(_name_outlets(told))},
        )
        for told in sentences.values()
    ]
    columns = [Column("Figure"), Column("Sentence", 1.5), Column("Where", 1)]
    table = Table(columns, entries, most, "sentence", "sentences")
    return [Heading(title, "Stated by the outlet in its own words."), table]


def _cite_all(rows: list[Row]) -> Rich:
    """The first article with the sentence, and the other outlets that print it."""
    others = _name_outlets(rows)[1:]
    return (*cite(rows[0]), *((Run(f" also {few(others, 3)}"),) if others else ()))


def _name_outlets(rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(row["outlet_name"] for row in rows))


def _name_figures(rows: list[Row]) -> str:
    """The figures of one sentence: `Killed: 10; wounded: 2`."""
    told = [
        f"{name_of('quantity', row['kind'])}: "
        + (
            str(row["figure_text"])
            if row["comparator"] == "dozens"
            else readable_range(row["low"], row["high"])
        )
        for row in rows
    ]
    return start_upper("; ".join(dict.fromkeys(told)))
