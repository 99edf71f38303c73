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
    ReportContent,
    Rich,
    Run,
    Table,
    Trees,
)
from newsledger.render.fonts import FAMILIES, find_fonts
from newsledger.render.words import LONG_WORD, clip

PAGE_PPI = 110.0
LONGEST_RUN = 420  # code points of one run of words
LONGEST_PROSE = 4000  # of a paragraph of the report's own
SCALES = (
    1.0,
    0.75,
    0.55,
    0.4,
    0.25,
    0.1,
)  # shares of the rows shown, tried until the pages suffice
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
    import typst

    fonts = sorted({str(path.parent) for path in find_fonts()})
    source = building / "page.typ"
    shutil.copy(paths.REPORTS / "_frame" / "page.typ", source)
    seconds = int(setting.stamp.replace(tzinfo=UTC).timestamp())
    try:
        for scale in SCALES:
            _write_values(content, charts, building, setting, scale)
            compiler = typst.Compiler(
                root=str(building), font_paths=fonts, ignore_system_fonts=True
            )
            pdf: Any = compiler.compile(input=str(source), format="pdf", timestamp=seconds)
            if not setting.max_pages or count_pages(pdf) <= setting.max_pages:
                break
    finally:
        source.unlink()
        (building / "values.json").unlink(missing_ok=True)
    (building / f"{name}.pdf").write_bytes(pdf)
    _write_pictures(pdf, building, name)


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
    scale: float,
) -> None:
    blocks = [_lay_out(block, scale) for block in content.blocks]
    values = {
        "title": _breakable(content.title), "subtitle": _breakable(content.subtitle),
        "paper": setting.paper, "footer": setting.footer, "fonts": FAMILIES,
        "charts": charts, "blocks": [block for block in blocks if block is not None],
    }  # fmt: skip
    text = json.dumps(values, ensure_ascii=False, default=str)
    (building / "values.json").write_bytes(text.encode("utf-8", "replace"))


def _lay_out(block: Block, scale: float) -> dict[str, Any] | None:
    kind = KINDS[type(block).__name__]
    if isinstance(block, Cards | Pairs | Trees | Table):
        shown = max(1, round(block.shown * scale))
        entries = [_entry(entry) for entry in block.entries[:shown]]
        columns = [asdict(column) for column in block.columns] if isinstance(block, Table) else []
        note = note_cut(len(entries), len(block.entries), block.nouns)
        return {"kind": kind, "entries": entries, "columns": columns, "note": note}
    if isinstance(block, Pictures) and not block.names:
        return None
    if isinstance(block, Heading):
        return {"kind": kind} | asdict(block) | {"text": _breakable(block.text)}
    found = {"kind": kind} | asdict(block)
    return found | {"text": _runs(block.text, LONGEST_PROSE)} if kind == "prose" else found  # type: ignore[union-attr]


def note_cut(shown: int, total: int, nouns: str) -> str:
    """Say how many rows are shown where not all are."""
    if shown >= total:
        return ""
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
    clean = "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text)
    lead, tail = clean[: len(clean) - len(clean.lstrip())], clean[len(clean.rstrip()) :]
    words = clip(clean, longest).split(" ")
    broken = " ".join(
        "\u200b".join(word[at : at + LONG_WORD] for at in range(0, len(word), LONG_WORD))
        if len(word) > LONG_WORD
        else word
        for word in words
    )
    return f"{lead and ' '}{broken}{tail and ' '}" if broken else lead and " "
