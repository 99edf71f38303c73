"""Time the cleaning of pages on one core: saved HTML, and pages flattened to text.

    python benchmarks/clean_speed.py [--pages 200] [--file PAGES.jsonl.gz …]

The pages are made of the sample feed's articles, each with a menu, appeals, links and a foot around
it; or they are those of files of rows
`{"html", "main", "visible", "url"}`: real ones are ten times as large, and are read in both
flattenings. What was remembered of lines and
containers is forgotten before each page: an outlet's pages in one run are read faster than this.
Prints pages a second of CPU time, body and
metadata together, and for comparison how many trafilatura does of the same HTML, body alone.
"""

import argparse
import gzip
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from newsledger import paths
from newsledger.clean.lines import flat
from newsledger.clean.page import html

MENU = [
    "Home",
    "World",
    "Politics",
    "Business",
    "Sport",
    "Weather",
    "Sign up to our newsletter",
    "Log in",
    "Support our journalism: donate today",
]
FOOT = [
    "Most read",
    "Five walks along the river",
    "The best bread in the county",
    "Follow us on Facebook",
    "© The Albion Daily. All rights reserved.",
]


def make_pages(count: int) -> list[dict[str, str]]:
    articles = [
        path.read_text("utf-8").split("\n")
        for path in sorted((paths.SEEDS / "sample").glob("*.txt"))
    ]
    pages = []
    for number in range(count):
        lines = [line for line in articles[number % len(articles)] if line.strip()]
        lines = [
            f"{line} The {number:03}rd time." if line.endswith(".") else line for line in lines
        ]
        flat = "\n".join([*MENU, *lines, *FOOT])
        body = "".join(f"<p>{line}</p>" for line in lines)
        menu = "".join(
            f"<li><a href='/{i}'>{line}</a></li>" for i, line in enumerate((*MENU, *FOOT))
        )
        page = f"<html><head><title>{lines[0]}</title></head><body><nav><ul>{menu}</ul></nav><article>{body}</article></body></html>"
        pages.append({"html": page, "visible": flat})
    return pages


def read_pages(files: list[Path]) -> list[dict[str, str]]:
    pages = []
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            pages += map(json.loads, lines)
    return pages


def list_memories() -> list[Any]:
    """List what remembers lines or containers: functions with a bounded cache. What was read from
    `seeds/` stays."""
    modules = [module for name, module in sys.modules.items() if name.startswith("newsledger.")]
    cached = {
        id(value): value
        for module in modules
        for value in vars(module).values()
        if hasattr(value, "cache_parameters")
    }
    return [function for function in cached.values() if function.cache_parameters()["maxsize"]]


def rate_of(read: Callable[..., object], pages: list[tuple[str, str | None]]) -> float:
    """Read all pages and tell pages a second of CPU time; the first one is read once before, for
    what is loaded once."""
    read(*pages[0])
    memories, spent = list_memories(), 0.0
    for page in pages:
        for function in memories:
            function.cache_clear()
        start = time.process_time()
        read(*page)
        spent += time.process_time() - start
    return len(pages) / spent


def main() -> None:
    import trafilatura

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--file", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    rows = read_pages(options.file) or make_pages(options.pages)
    flattenings = [name for name in ("main", "visible") if name in rows[0]]
    pages = {name: [(row[name], row.get("url")) for row in rows] for name in ("html", *flattenings)}
    print(
        f"HTML, {sum(len(row['html']) for row in rows) / len(rows) / 1000:.0f} kB a page: {rate_of(html.read_page, pages['html']):.0f} pages/s "
        f"(trafilatura {rate_of(trafilatura.extract, pages['html']):.0f})"
    )
    for name in flattenings:
        lines = sum(len(flat.split_lines(text)[0]) for text, _ in pages[name]) / len(rows)
        print(
            f"flattened, {name}, {lines:.0f} lines a page: {rate_of(flat.read_page, pages[name]):.0f} pages/s"
        )
    if len(flattenings) > 1:
        print(
            f"flattened, all: {rate_of(flat.read_page, [page for name in flattenings for page in pages[name]]):.0f} pages/s"
        )


if __name__ == "__main__":
    main()
