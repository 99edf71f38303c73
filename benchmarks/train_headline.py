"""Learn the weights of `newsledger/learned/headline_weights.json`: which line of a flattened page
is the headline.

    python benchmarks/train_headline.py PAGES.jsonl.gz … [--write]

A page's headline is its `title`, or where that is not told, what its HTML gives as `og:title` or as
only `<h1>`; the right lines are
those that say it, or say it nearly (nine letters in ten). A page without such a line teaches when
no line is the headline. Conditional
logit over the candidates; prints the share of pages with the right choice on publishers left out (6
folds).
"""

import argparse
import difflib
import gzip
import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from newsledger.clean.lines import headline
from newsledger.clean.lines.flat import find_start, label_body, split_lines

L2, FOLDS, NEAR = 0.05, 6, 0.9


def fold(text: str) -> str:
    return " ".join(
        headline.strip_bullet(text.strip())
        .translate(str.maketrans("‘’“”", "''\"\""))
        .casefold()
        .split()
    )


def find_title(row: dict) -> str | None:
    if row["title"]:
        return row["title"]
    from lxml import html

    tree = html.fromstring(row["html"].encode(), parser=html.HTMLParser(encoding="utf-8"))
    shared = tree.xpath('//meta[@property="og:title"]/@content')
    headings = [str(heading.text_content()) for heading in tree.iter("h1")]
    return (headings[0] if len(headings) == 1 else None) or (str(shared[0]) if shared else None)


def read_pages(paths: list[Path]) -> list[dict]:
    pages = []
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as handle:
            for row in map(json.loads, handle):
                title = fold(find_title(row) or "")
                for kind in ("main", "visible"):
                    lines, gaps, _ = split_lines(row[kind])
                    texts = [line.strip() for line in lines]
                    roles = [role for role, _ in label_body(lines, gaps, row["url"])]
                    if not title or "body" not in roles:
                        continue
                    found = headline.describe_headlines(
                        texts, roles, find_start(texts, roles), row["url"]
                    )
                    right = [
                        difflib.SequenceMatcher(None, fold(texts[i]), title).ratio() >= NEAR
                        if len(texts[i]) < 300
                        else False
                        for i, _ in found
                    ]
                    publisher = (
                        row.get("publisher") or urlsplit(row["url"]).netloc.removeprefix("www.")
                    ).casefold()
                    table = np.array(
                        [[features[name] for name in headline.NAMES] for _, features in found]
                    ).reshape(-1, len(headline.NAMES))
                    pages.append(
                        {
                            "publisher": publisher,
                            "set": path.name,
                            "kind": kind,
                            "table": table,
                            "right": np.array(right, dtype=bool),
                        }
                    )
    return pages


def train(pages: list[dict]) -> np.ndarray:
    """Maximise the probability of the right lines, "no line" having a score of its own (the last
    weight)."""

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = L2 * len(pages) / 50 * w @ w, 2 * L2 * len(pages) / 50 * w
        for page in pages:
            score = np.append(page["table"] @ w[:-1], w[-1])
            right = np.append(page["right"], not page["right"].any())
            p = np.exp(score - score.max())
            p /= p.sum()
            q = np.where(right, p, 0)
            hit = max(q.sum(), 1e-12)
            total -= np.log(hit)
            change = p - q / hit
            slope = slope + np.append(page["table"].T @ change[:-1], change[-1])
        return total, slope

    return minimize(loss, np.zeros(len(headline.NAMES) + 1), jac=True, method="L-BFGS-B").x


def is_right(page: dict, w: np.ndarray) -> bool:
    score = np.append(page["table"] @ w[:-1], w[-1])
    return bool(np.append(page["right"], not page["right"].any())[score.argmax()])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    pages = read_pages(options.pages)
    publishers = sorted({page["publisher"] for page in pages})
    np.random.default_rng(7).shuffle(publishers)
    hits: dict = {}
    for number in range(FOLDS):
        held = set(publishers[number::FOLDS])
        w = train([page for page in pages if page["publisher"] not in held])
        for page in pages:
            if page["publisher"] in held:
                hits.setdefault((page["set"], page["kind"]), []).append(
                    (is_right(page, w), page["right"].any())
                )
    for key, value in sorted(hits.items()):
        there = [hit for hit, is_there in value if is_there]
        print(
            *key,
            f"right {100 * np.mean([hit for hit, _ in value]):.1f}; where a line is the headline {100 * np.mean(there):.1f}, {len(there)} of {len(value)}",
        )
    w = train(pages)
    stored = {
        "weights": dict(zip(headline.NAMES, np.round(w[:-1], 2).tolist(), strict=True)),
        "no_line": round(float(w[-1]), 2),
    }
    print(json.dumps(stored))
    if options.write:
        headline.WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
