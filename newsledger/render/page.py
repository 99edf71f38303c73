"""Pages: the blocks of a report set by typst, cut down until they fit the pages they may take."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsledger import paths
from newsledger.render.blocks import (
    Block,
    Cards,
    Entry,
    Heading,
    Pairs,
    Pictures,
    Prose,
    ReportContent,
    Rich,
    Run,
    Table,
    Trees,
    plain,
)
from newsledger.render.fonts import FAMILIES, find_fonts
from newsledger.render.words import LEFT_TO_RIGHT, LONG_WORD, clip

PAGE_PPI = 110.0
LONGEST_RUN = 420  # code points of one run of words
LONGEST_PROSE = 4000  # of a paragraph of the report's own
STEPS = 20  # a part shows this many twentieths of its rows, or fewer, until it fits its pages
KINDS = {
    "Heading": "heading", "Prose": "prose", "Facts": "facts", "Cards": "cards", "Pairs": "pairs",
    "Trees": "trees", "Table": "table",
    "Pictures": "pictures",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """How the pages are set: paper `a4` or `us-letter`, most pages (0: any number), words of the
    foot, moment that the PDF is dated."""

    paper: str
    max_pages: int
    footer: str
    stamp: datetime


def set_pages(
    content: ReportContent,
    charts: dict[str, dict[str, str]],
    building: Path,
    name: str,
    setting: Setting,
) -> None:
    """Write the PDF and each page as PNG into `building`. `charts` gives the SVG and the words of
    each chart by name."""
    source = building / "page.typ"
    shutil.copy(paths.REPORTS / "_frame" / "page.typ", source)
    setter = _Setter(content, charts, source, setting)
    try:
        pdf = setter.compile(_spare_page(setter, _fit(setter, setting.max_pages)))
    finally:
        source.unlink()
        (building / "values.json").unlink(missing_ok=True)
    (building / f"{name}.pdf").write_bytes(pdf)
    _write_pictures(pdf, building, name)


class _Setter:
    """Sets the first parts of a report, each with a share of its rows."""

    def __init__(
        self,
        content: ReportContent,
        charts: dict[str, dict[str, str]],
        source: Path,
        setting: Setting,
    ) -> None:
        import typst

        self.parts = _cut(content.blocks)
        self.is_limited = bool(setting.max_pages)
        self._content, self._charts = content, charts
        self._source, self._setting = source, setting
        self._done: dict[tuple[int, ...], bytes] = {}
        fonts = sorted({str(path.parent) for path in find_fonts()})
        self._compiler = typst.Compiler(
            root=str(source.parent), font_paths=fonts, ignore_system_fonts=True
        )

    def compile(self, steps: Sequence[int]) -> bytes:
        """Set as many parts as there are steps; what was set so before is given again."""
        if (found := self._done.get(tuple(steps))) is not None:
            return found
        blocks = [
            _lay_out(block, step / STEPS)
            for part, step in zip(self.parts, steps, strict=False)
            for block in part
        ]
        shown = [block for block in blocks if block is not None]
        _write_values(self._content, self._charts, self._source.parent, self._setting, shown)
        seconds = int(self._setting.stamp.replace(tzinfo=UTC).timestamp())
        pdf: Any = self._compiler.compile(input=str(self._source), format="pdf", timestamp=seconds)
        return self._done.setdefault(tuple(steps), bytes(pdf))


def _cut(blocks: Sequence[Block]) -> list[list[Block]]:
    """The parts of a report, which headings begin."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Heading) and block.begins_part and parts[-1]:
            parts.append([])
        parts[-1].append(block)
    return parts


def _fit(setter: _Setter, max_pages: int) -> list[int]:
    """How much of each part to show, so that each ends by the page of its number, and all of them
    by the last that there may be."""
    if not max_pages:
        return [STEPS] * len(setter.parts)
    steps: list[int] = []
    for number in range(1, len(setter.parts) + 1):
        steps.append(_find_most(setter, steps, max(1, max_pages - len(setter.parts) + number)))
    *others, last = _shorten(setter, steps, max_pages)
    return [*others, last if others == steps[:-1] else _find_most(setter, others, max_pages)]


def _find_most(setter: _Setter, steps: list[int], pages: int) -> int:
    """The most of the part after those of `steps` that ends by a page."""
    low, high = 1, STEPS
    while low < high:
        middle = (low + high + 1) // 2 if high - low < STEPS - 1 else high
        fits = count_pages(setter.compile([*steps, middle])) <= pages
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def _shorten(setter: _Setter, steps: list[int], max_pages: int) -> list[int]:
    """Show less of the parts before the last, where pictures that moved on make too many pages."""
    for number in reversed(range(len(steps) - 1)):
        while steps[number] > 1 and count_pages(setter.compile(steps)) > max_pages:
            steps = [*steps[:number], steps[number] // 2, *steps[number + 1 :]]
    return steps


def _spare_page(setter: _Setter, steps: list[int]) -> list[int]:
    """Show up to a quarter less of the part before the last where that spares a page that holds
    little."""
    if not setter.is_limited or len(steps) < 2:
        return steps
    pages = count_pages(setter.compile(steps))
    for step in range(steps[-2] - 1, steps[-2] * 3 // 4 - 1, -1):
        fewer = [*steps[:-2], step, steps[-1]]
        if step and count_pages(setter.compile(fewer)) < pages:
            return fewer
    return steps


def count_pages(pdf: bytes) -> int:
    """Number of pages of a PDF."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _write_pictures(pdf: bytes, building: Path, name: str) -> None:
    """Save each page as PNG, as a reader of PDF shows it."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            image = page.render(scale=PAGE_PPI / 72).to_pil()
            image.save(building / f"{name}-page-{number}.png")


def _write_values(
    content: ReportContent,
    charts: dict[str, dict[str, str]],
    building: Path,
    setting: Setting,
    blocks: list[dict[str, Any]],
) -> None:
    values = {
        "title": _breakable(content.title), "subtitle": _breakable(content.subtitle),
        "paper": setting.paper, "footer": setting.footer, "fonts": FAMILIES,
        "charts": charts, "blocks": blocks,
    }  # fmt: skip
    text = json.dumps(values, ensure_ascii=False, default=str)
    (building / "values.json").write_bytes(text.encode("utf-8", "replace"))


def _lay_out(block: Block, scale: float) -> dict[str, Any] | None:
    kind = KINDS[type(block).__name__]
    if isinstance(block, Cards | Pairs | Trees | Table):
        shown = _count_shown(block, scale)
        entries = [_entry(entry) for entry in block.entries[:shown]]
        columns = [asdict(column) for column in block.columns] if isinstance(block, Table) else []
        note = note_cut(len(entries), len(block.entries), block.nouns)
        if not entries:
            return {"kind": "prose", "text": _runs(plain(note, "muted"))} if note else None
        return {"kind": kind, "entries": entries, "columns": columns, "note": note}
    if isinstance(block, Pictures) and not block.names:
        return None
    if isinstance(block, Heading):
        return {"kind": kind} | asdict(block) | {"text": _breakable(block.text)}
    found = {"kind": kind} | asdict(block)
    return found | {"text": _runs(block.text, LONGEST_PROSE)} if isinstance(block, Prose) else found


def _count_shown(block: Cards | Pairs | Trees | Table, scale: float) -> int:
    """Rows that a page shows: cards shrink only where others have shrunk to a quarter."""
    if not block.shown:
        return 0
    share = min(1.0, 4 * scale) if isinstance(block, Cards) else scale
    return max(1, round(min(block.shown, len(block.entries)) * share))


def note_cut(shown: int, total: int, nouns: str) -> str:
    """Say how many rows are shown where not all are."""
    if shown >= total:
        return ""
    if not shown:
        return f"All {total:,} {nouns}, each with its reference, are in the HTML edition."
    return f"{shown:,} of {total:,} {nouns} shown; all of them are in the HTML edition."


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "cells": [_runs(cell) for cell in entry.cells],
        "chart": entry.chart,
        "children": [_entry(child) for child in entry.children],
    }


def _runs(runs: Rich | Sequence[Run], longest: int = LONGEST_RUN) -> list[dict[str, str]]:
    return [
        {"text": _breakable(run.text, longest), "style": run.style, "url": run.url}
        for run in runs
        if run.text
    ]


def _breakable(text: str, longest: int = LONGEST_RUN) -> str:
    """Cut what is too long, let long words break, and leave out letters that no page can show."""
    kept = ("\n", LEFT_TO_RIGHT)
    clean = "".join(letter if letter.isprintable() or letter in kept else " " for letter in text)
    lead, tail = clean[: len(clean) - len(clean.lstrip())], clean[len(clean.rstrip()) :]
    words = clip(clean, longest).split(" ")
    broken = " ".join(
        "\u200b".join(word[at : at + LONG_WORD] for at in range(0, len(word), LONG_WORD))
        if len(word) > LONG_WORD
        else word
        for word in words
    )
    return f"{lead and ' '}{broken}{tail and ' '}" if broken else lead and " "
