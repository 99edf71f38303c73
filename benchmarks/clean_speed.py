"""Time the cleaning of pages on one core: saved HTML, and the same pages flattened to text.

    python benchmarks/clean_speed.py [--pages 200]

The pages are made of the sample feed's articles, each with a menu, appeals, links and a foot around it; no two pages have a line of
text in common, so that nothing is remembered but the outlet's furniture. Prints pages a second, CPU time.
"""

import argparse
import time

from newsledger import paths
from newsledger.clean.flat import read_page
from newsledger.clean.html import read_body, read_metadata

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    pages = make_pages(parser.parse_args().pages)
    read_body(pages[0][0], None)
    start = time.process_time()
    for html, _ in pages:
        read_body(html, None)
        read_metadata(html, None)
    middle = time.process_time()
    for _, flat in pages:
        read_page(flat)
    end = time.process_time()
    print(f"HTML {len(pages) / (middle - start):.0f} pages/s, flattened {len(pages) / (end - middle):.0f} pages/s")


if __name__ == "__main__":
    main()
