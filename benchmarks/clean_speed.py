"""Time the cleaning of pages on one core: saved HTML, and the same pages flattened to text.

    python benchmarks/clean_speed.py [--pages 200] [--file PAGES.jsonl.gz …]

The pages are made of the sample feed's articles, each with a menu, appeals, links and a foot around it, no two pages with a sentence in
common, so that nothing is remembered but the outlet's furniture; or they are those of files of `{"html", "visible"}` rows: real ones are ten
times as large. Prints pages a second of CPU time, body and metadata together, and for comparison how many trafilatura does of the same,
body alone.
"""

import argparse
import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path

from newsledger import paths
from newsledger.clean import flat, html

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


def make_pages(count: int) -> list[tuple[str, str]]:
    articles = [path.read_text("utf-8").split("\n") for path in sorted((paths.SEEDS / "sample").glob("*.txt"))]
    pages = []
    for number in range(count):
        lines = [line for line in articles[number % len(articles)] if line.strip()]
        lines = [f"{line} The {number:03}rd time." if line.endswith(".") else line for line in lines]
        flat = "\n".join([*MENU, *lines, *FOOT])
        body = "".join(f"<p>{line}</p>" for line in lines)
        menu = "".join(f"<li><a href='/{i}'>{line}</a></li>" for i, line in enumerate((*MENU, *FOOT)))
        pages.append(
            (f"<html><head><title>{lines[0]}</title></head><body><nav><ul>{menu}</ul></nav><article>{body}</article></body></html>", flat)
        )
    return pages


def read_pages(files: list[Path]) -> list[tuple[str, str]]:
    pages = []
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            pages += [(row["html"], row["visible"]) for row in map(json.loads, lines)]
    return pages


def rate_of(read: Callable[[str], object], texts: list[str]) -> float:
    read(texts[0])
    start = time.process_time()
    for text in texts:
        read(text)
    return len(texts) / (time.process_time() - start)


def main() -> None:
    import trafilatura

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--file", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    pages = read_pages(options.file) or make_pages(options.pages)
    saved, flattened = [page for page, _ in pages], [text for _, text in pages]
    print(
        f"HTML {rate_of(html.read_page, saved):.0f} pages/s (trafilatura {rate_of(trafilatura.extract, saved):.0f}), "
        f"flattened {rate_of(flat.read_page, flattened):.0f} pages/s, {sum(map(len, saved)) / len(saved) / 1000:.0f} kB a saved page"
    )


if __name__ == "__main__":
    main()
