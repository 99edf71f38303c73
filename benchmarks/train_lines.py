"""Learn the weights of `newsledger/clean/line_weights.json` from pages with known article text.

    python benchmarks/train_lines.py PAGES.jsonl.gz … [--write]

Each row of a pages file has `publisher` or `url`, `body`, and the page flattened to lines in `main` and `visible`. A line
counts as article text when most of its word 4-grams stand in the body. Prints the word 4-gram F1 of publishers that were
left out of training (five folds), then, with --write, stores the weights learned on all.
"""

import argparse
import gzip
import json
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from newsledger.clean import line_model
from newsledger.clean.flat import split_lines

L2 = 0.3
FOLDS = 5


def grams(text: str, size: int = 4) -> Counter:
    import re

    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[i : i + size]) for i in range(max(0, len(words) - size + 1)))


def f1(predicted: str, gold: str) -> float:
    p, g = grams(predicted), grams(gold)
    hit = sum((p & g).values())
    precision, recall = hit / max(sum(p.values()), 1), hit / max(sum(g.values()), 1)
    return 2 * precision * recall / (precision + recall) if hit else float(not p and not g)


def label_lines(lines: list[str], body: str) -> np.ndarray:
    import re

    inside = set(grams(body))
    paragraphs = {" ".join(re.findall(r"\w+", line.lower())) for line in body.splitlines()}
    labels = []
    for line in lines:
        mine = grams(line)
        share = sum(gram in inside for gram in mine) / len(mine) if mine else 0.0
        labels.append(share > 0.6 if mine else " ".join(re.findall(r"\w+", line.lower())) in paragraphs)
    return np.array(labels, dtype=np.float32)


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> np.ndarray:
    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        p = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
        value = -(weight * (y * np.log(p + 1e-9) + (1 - y) * np.log(1 - p + 1e-9))).sum() + L2 * (w @ w)
        return value, x.T @ (weight * (p - y)) + 2 * L2 * w

    return minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    pages = []
    for path in options.pages:
        with gzip.open(path, "rt", encoding="utf-8") as handle:
            for row in map(json.loads, handle):
                for kind in ("main", "visible"):
                    lines, gaps, _ = split_lines(row[kind])
                    pages.append((row.get("publisher") or urlsplit(row["url"]).netloc, kind, path.name[:6], lines, gaps, row["body"]))
    data = [(line_model.line_features(lines, gaps).astype(float), label_lines(lines, body)) for *_, lines, gaps, body in pages if lines]
    pages = [page for page in pages if page[3]]
    publishers = sorted({page[0] for page in pages})
    fold_of = {publisher: number % FOLDS for number, publisher in enumerate(publishers)}

    def train(keep) -> np.ndarray:
        chosen = [i for i, page in enumerate(pages) if keep(page)]
        x = np.vstack([data[i][0] for i in chosen])
        y = np.concatenate([data[i][1] for i in chosen])
        words = np.expm1(x[:, line_model.NAMES.index("log_words")] * 3)
        return fit(x, y, 0.3 + np.sqrt(words) / 5)

    for stay in (0.5, 1.0, 2.0):
        for threshold in (-0.5, 0.0, 0.5):
            scores: dict = {}
            for fold in range(FOLDS):
                w = (
                    TRAINED.setdefault(fold, None)
                    if fold in TRAINED
                    else TRAINED.setdefault(fold, train(lambda page, fold=fold: fold_of[page[0]] != fold))
                )
                line_model._weights.cache_clear()
                line_model._weights = lambda w=w, stay=stay, threshold=threshold: (w.astype(np.float32), stay, threshold)
                for page in pages:
                    if fold_of[page[0]] == fold:
                        found = line_model.find_body_lines(page[3], page[4])
                        text = "\n".join(line for line, keep in zip(page[3], found, strict=True) if keep)
                        scores.setdefault((page[2], page[1]), []).append(f1(text, page[5]))
                line_model._weights.cache_clear = lambda: None
            print(stay, threshold, {key: round(100 * float(np.mean(value)), 1) for key, value in sorted(scores.items())})
    if options.write:
        w = train(lambda page: True)
        stored = {"weights": dict(zip(line_model.NAMES, np.round(w, 3).tolist(), strict=True)), "stay": 0.5, "threshold": -0.5}
        line_model.WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")


TRAINED: dict[int, np.ndarray] = {}

if __name__ == "__main__":
    main()
