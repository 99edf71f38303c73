"""The HTML edition of a report: one folder that opens from disk, reads without JavaScript, and
filters with it."""

import shutil
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.render.blocks import (
    Block,
    Cards,
    Chart,
    Column,
    Entry,
    Facts,
    Heading,
    Pairs,
    Pictures,
    Prose,
    ReportContent,
    Rich,
    Run,
    Table,
    Trees,
)
from newsledger.render.fonts import WEB_FILES, find_fonts
from newsledger.render.words import count

if TYPE_CHECKING:
    import polars as pl

MOST_ROWS = 2000  # of a part: more make a page slow to open
MOST_CHART_ROWS = 300  # of the table under a chart; all are in its CSV
ROLES = ("table", "rowgroup", "row", "columnheader", "cell")
TAGS = ("story", "speaker", "grade", "outlet")


def write_edition(
    content: ReportContent, folder: Path, footer: str, pages: Mapping[str, str]
) -> None:
    """Write `index.html` with its style, script, typefaces and charts into `folder`. `pages` gives
    the address of each claim's sentence in the copies of the articles."""
    (folder / "charts").mkdir(parents=True)
    (folder / "fonts").mkdir()
    for name in ("style.css", "edition.js"):
        shutil.copyfile(paths.REPORTS / "_frame" / name, folder / name)
    for path in find_fonts():
        if path.name in WEB_FILES.values():
            shutil.copyfile(path, folder / "fonts" / path.name)
    charts = {chart.name: chart for chart in content.charts}
    body = "\n".join(
        _set_block(block, number, charts, pages) for number, block in enumerate(content.blocks)
    )
    contents = "".join(
        f'<li><a href="#p{number}">{escape(block.text)}</a></li>'
        for number, block in enumerate(content.blocks)
        if isinstance(block, Heading) and block.level == 2
    )
    page = f"""<body>
<a class="skip" href="#main">Skip to the report</a>
<header>
<p class="kicker">newsledger · claims as reported, not verified</p>
<h1>{escape(content.title)}</h1>
<p class="period">{escape(content.subtitle)}</p>
</header>
<nav aria-label="Parts of the report"><ol>{contents}</ol></nav>
<div id="filters" hidden></div>
<main id="main" tabindex="-1">
{body}
</main>
<footer><p>{escape(footer)}</p></footer>
<script src="edition.js"></script>
</body>"""
    write_page(folder / "index.html", f"{content.title}, {content.subtitle}", page, "")


def write_page(path: Path, title: str, body: str, up: str) -> None:
    """Write one page with its head; `up` leads to the folder of the edition."""
    text = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="stylesheet" href="{up}style.css">
</head>
{body}
</html>
"""
    path.write_bytes(text.encode("utf-8", "replace"))


def claims_cited(content: ReportContent) -> set[str]:
    """Ids of the claims that the blocks lead to."""
    found: set[str] = set()
    for block in content.blocks:
        if isinstance(block, Cards | Pairs | Trees | Table):
            for entry in block.entries[:MOST_ROWS]:
                found |= _cited(entry)
        elif isinstance(block, Prose):
            found |= {run.claim_id for run in block.text}
    return found - {""}


def _cited(entry: Entry) -> set[str]:
    own = {run.claim_id for cell in entry.cells for run in cell}
    return own.union(*(_cited(child) for child in entry.children))


# --- blocks --------------------------------------------------------------------------------------


def _set_block(
    block: Block, number: int, charts: Mapping[str, Chart], pages: Mapping[str, str]
) -> str:
    if isinstance(block, Heading):
        note = f'<p class="note">{escape(block.note)}</p>' if block.note else ""
        return f'<h{block.level} id="p{number}">{escape(block.text)}</h{block.level}>{note}'
    if isinstance(block, Prose):
        return f"<p>{set_runs(block.text, pages)}</p>"
    if isinstance(block, Facts):
        items = "".join(f"<li><b>{escape(n)}</b> {escape(what)}</li>" for n, what in block.numbers)
        return f'<ul class="facts">{items}</ul>'
    if isinstance(block, Pictures):
        figures = "".join(_set_picture(charts[name]) for name in block.names)
        single = " single" if block.columns == 1 else ""
        return f'<div class="pictures{single}">{figures}</div>' if figures else ""
    if isinstance(block, Table):
        return _set_table(block, number, pages)
    setter = {Cards: _set_card, Pairs: _set_pair, Trees: _set_tree}[type(block)]
    name = type(block).__name__.lower()
    rows = "".join(
        f"<li{_tags(entry)}>{setter(entry, charts, pages)}</li>"
        for entry in block.entries[:MOST_ROWS]
    )
    left = _left(len(block.entries), block.nouns)
    return f'<ul class="{name}" data-noun="{block.nouns}">{rows}</ul>{left}'


def set_runs(runs: Rich | Sequence[Run], pages: Mapping[str, str]) -> str:
    """Words with their styles; a claim leads to its sentence in the copy of the article, and to the
    publisher."""
    parts = []
    for run in runs:
        words = escape(run.text)
        tag = {"strong": "strong", "mark": "mark", "quote": "em"}.get(run.style)
        if tag:
            words = f"<{tag}>{words}</{tag}>"
        elif run.style:
            words = f'<span class="{run.style}">{words}</span>'
        page = pages.get(run.claim_id, "")
        href = page or run.url
        if href:
            words = f'<a href="{escape(href)}">{words}</a>'
        if page and run.url:
            which = f'<span class="hidden">: {escape(run.text)}</span>'
            words += f' <a class="out" href="{escape(run.url)}">at the publisher{which}</a>'
        parts.append(words)
    return "".join(parts)


def _set_card(entry: Entry, charts: Mapping[str, Chart], pages: Mapping[str, str]) -> str:
    kicker, title, *lines = (set_runs(cell, pages) for cell in entry.cells)
    chart = ""
    if entry.chart in charts:
        told = escape(charts[entry.chart].words)
        chart = f'<img class="spark" src="charts/{entry.chart}.svg" alt="{told}">'
    body = "".join(f"<p>{line}</p>" for line in lines if line)
    return f'<p class="kicker">{kicker}</p><h3>{title}</h3>{chart}{body}'


def _set_pair(entry: Entry, charts: Mapping[str, Chart], pages: Mapping[str, str]) -> str:
    sides = "".join(
        "<div class='side'>{}</div>".format(
            "".join(f"<p>{set_runs(cell, pages)}</p>" for cell in child.cells)
        )
        for child in entry.children
    )
    return f'<p class="kicker">{set_runs(entry.cells[0], pages)}</p><div class="both">{sides}</div>'


def _set_tree(entry: Entry, charts: Mapping[str, Chart], pages: Mapping[str, str]) -> str:
    what, origin, reference = (set_runs(cell, pages) for cell in entry.cells)
    return (
        f'<p>{what}</p><p class="small">{reference}</p>'
        f'<div class="tree"><p '
        f'class="origin">{origin}</p>{_set_leaves(entry.children, pages)}</div>'
    )


def _set_leaves(leaves: Sequence[Entry], pages: Mapping[str, str]) -> str:
    rows = "".join(
        f"<li>{set_runs(leaf.cells[0], pages)}{_set_leaves(leaf.children, pages)}</li>"
        for leaf in leaves
    )
    return f"<ul>{rows}</ul>" if rows else ""


def _set_table(block: Table, number: int, pages: Mapping[str, str]) -> str:
    """A table; one of words alone stands cell below cell on a narrow screen, with its roles named,
    which a browser would take from it there."""
    is_words = not any(column.is_number for column in block.columns)
    role = {name: f' role="{name}"' if is_words else "" for name in ROLES}
    head = "".join(
        f'<th scope="col"{role["columnheader"]}{_class_of(column)}>{escape(column.name)}</th>'
        for column in block.columns
    )
    rows = "".join(
        "<tr{}{}>{}</tr>".format(
            role["row"],
            _tags(entry),
            "".join(
                f"<td{role['cell']}{_class_of(column)}>{set_runs(cell, pages)}</td>"
                for column, cell in zip(block.columns, entry.cells, strict=True)
            ),
        )
        for entry in block.entries[:MOST_ROWS]
    )
    words = " class=words" if is_words else ""
    return (
        f'<div class="wide" tabindex="0" role="region" '
        f'aria-label="Table {number}: {escape(block.nouns)}">'
        f'<table{words}{role["table"]} data-noun="{block.nouns}">'
        f"<thead{role['rowgroup']}><tr{role['row']}>{head}</tr></thead>"
        f"<tbody{role['rowgroup']}>{rows}</tbody></table></div>"
        f"{_left(len(block.entries), block.nouns)}"
    )


def _class_of(column: Column) -> str:
    """Numbers stand to the right; a column as wide as its words does not break them."""
    return " class=number" if column.is_number else "" if column.width else " class=fit"


def _left(total: int, nouns: str) -> str:
    if total <= MOST_ROWS:
        return ""
    return f'<p class="note">{MOST_ROWS:,} of {total:,} {nouns} shown.</p>'


def _tags(entry: Entry) -> str:
    return "".join(
        f' data-{tag}="{escape(entry.tags[tag])}"' for tag in TAGS if entry.tags.get(tag)
    )


def _set_picture(chart: Chart) -> str:
    return (
        f'<figure><div class="wide" tabindex="0" role="region" aria-label="Picture {chart.name}">'
        f'<img src="charts/{chart.name}.svg" alt="{escape(chart.words)}"></div>'
        f"{_set_rows(chart.rows)}</figure>"
    )


def _set_rows(rows: "pl.DataFrame") -> str:
    """The rows behind a picture, folded away."""
    if rows.is_empty():
        return ""
    head = "".join(
        f'<th scope="col">{escape(name.replace("_", " "))}</th>' for name in rows.columns
    )
    body = "".join(
        "<tr>{}</tr>".format(
            "".join(f"<td>{escape('' if v is None else str(v))}</td>" for v in row)
        )
        for row in rows.head(MOST_CHART_ROWS).iter_rows()
    )
    return (
        f"<details><summary>The {count(rows.height, 'row')} behind this picture</summary>"
        f'<div class="wide" tabindex="0" role="region" aria-label="Rows behind the '
        f'picture"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div></details>"
    )
