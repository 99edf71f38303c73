"""Learn the trees of `newsledger/clean/line_trees.json` from pages with known article text.

    pip install lightgbm
    python benchmarks/train_lines.py PAGES.jsonl.gz … [--folds 6] [--write]

Each row of a pages file has `publisher` or `url`, `body`, and the page flattened to lines in `main` and `visible`. A line
counts as article text when most of its word 4-grams stand in the body. Prints the word 4-gram F1 on publishers that were
left out of training (both files and both flattenings of a publisher together), of the line model alone and of the whole
reading of a page; with --write, stores the trees learned on all. Needs LightGBM for training; running needs numpy alone.
"""

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path
from statistics import fmean
from urllib.parse import urlsplit

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from newsledger.clean import line_model
from newsledger.clean.flat import read_page, split_lines
from newsledger.clean.line_features import describe_lines

DEPTH, TREES, RATE = 3, 250, 0.06  # more or deeper trees gain nothing on publishers left out
MIN_SHARE = 0.6  # of a line's 4-grams that stand in the body
UNIFORM = 0.3  # share of a line's weight that does not depend on its length
_WORD = re.compile(r"\w+")
Row = dict


def count_grams(text: str, size: int = 4) -> Counter:
    words = _WORD.findall(text.lower())
    return Counter(tuple(words[i : i + size]) for i in range(max(0, len(words) - size + 1)))


def score_text(predicted: str, gold: str) -> float:
    p, g = count_grams(predicted), count_grams(gold)
    hit = sum((p & g).values())
    return 2 * hit / (sum(p.values()) + sum(g.values())) if hit else 0.0


def label_lines(lines: list[str], body: str) -> np.ndarray:
    inside = set(count_grams(body))
    paragraphs = {" ".join(_WORD.findall(line.lower())) for line in body.splitlines()}
    labels = []
    for line in lines:
        grams = count_grams(line)
        share = sum(gram in inside for gram in grams) / len(grams) if grams else 0.0
        labels.append(share > MIN_SHARE if grams else " ".join(_WORD.findall(line.lower())) in paragraphs)
    return np.array(labels, dtype=float)


def weigh_lines(lines: list[str]) -> np.ndarray:
    """Weigh lines by their 4-grams, every page the same in all."""
    words = np.maximum([len(_WORD.findall(line)) - 2 for line in lines], 0.7)
    return 60 * ((1 - UNIFORM) * words / words.sum() + UNIFORM / len(lines))


def read_pages(paths: list[Path]) -> list[Row]:
    pages = []
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as handle:
            for row in map(json.loads, handle):
                for kind in ("main", "visible"):
                    lines, gaps, _ = split_lines(row[kind])
                    publisher = (row.get("publisher") or urlsplit(row["url"]).netloc.removeprefix("www.")).casefold()
                    page = {"publisher": publisher, "set": path.name.split(".")[0], "kind": kind, "lines": lines, "gaps": gaps}
                    if lines:
                        page["names"], page["table"] = describe_lines(lines, gaps, row["url"])
                        page["labels"], page["weights"] = label_lines(lines, row["body"]), weigh_lines(lines)
                    pages.append(page | {"text": row[kind], "url": row["url"], "body": row["body"]})
    return pages


def train(pages: list[Row]) -> dict:
    import lightgbm

    pages = [page for page in pages if page["lines"]]
    data = lightgbm.Dataset(
        np.vstack([page["table"] for page in pages]),
        np.concatenate([page["labels"] for page in pages]),
        weight=np.concatenate([page["weights"] for page in pages]),
    )
    settings = {
        "objective": "binary", "num_leaves": 2**DEPTH, "max_depth": DEPTH, "learning_rate": RATE, "min_data_in_leaf": 40, "lambda_l2": 5,
        "feature_fraction": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1, "max_bin": 63, "seed": 1, "num_threads": 2, "verbose": -1,
        "deterministic": True,
    }  # fmt: skip
    model = lightgbm.train(settings, data, TREES).dump_model()
    return store_trees(model, pages[0]["names"])


def store_trees(model: dict, names: list[str]) -> dict:
    """Turn LightGBM's trees into complete ones of depth three, a list of seven questions and eight values each."""
    trees = []
    for tree in model["tree_info"]:
        questions: dict[int, list] = {}
        values: list[float] = []
        _walk(tree["tree_structure"], 0, 0, names, questions, values)
        trees.append({"above": [questions[place] for place in range(2**DEPTH - 1)], "value": values})
    return {"features": names, "bias": 0.0, "trees": trees}


def _walk(node: dict, depth: int, place: int, names: list[str], questions: dict[int, list], values: list[float]) -> None:
    """Write a node's question at its place in the complete tree; a leaf that comes early asks what nothing answers with yes."""
    if depth == DEPTH:
        values.append(round(node["leaf_value"], 4))
        return
    is_leaf = "leaf_value" in node
    questions[place] = [names[0], 9e9] if is_leaf else [names[node["split_feature"]], float(f"{node['threshold']:.8g}")]
    for side, child in enumerate(("left_child", "right_child")):
        _walk(node if is_leaf else node[child], depth + 1, 2 * place + 1 + side, names, questions, values)


def write_trees(stored: dict) -> None:
    """Write one tree a line."""
    trees = ",\n".join("  " + json.dumps(tree) for tree in stored["trees"])
    text = f'{{\n "features": {json.dumps(stored["features"])},\n "bias": {stored["bias"]},\n "trees": [\n{trees}\n ]\n}}\n'
    line_model.TREES.write_text(text, "utf-8")


def measure(pages: list[Row], folds: int) -> None:
    publishers = sorted({page["publisher"] for page in pages})
    np.random.default_rng(7).shuffle(publishers)
    fold_of = {publisher: number % folds for number, publisher in enumerate(publishers)}
    alone: dict = {}
    whole: dict = {}
    for fold in range(folds):
        trees = line_model.read_trees(train([page for page in pages if fold_of[page["publisher"]] != fold]))
        line_model._load_trees = lambda trees=trees: trees
        for page in (page for page in pages if fold_of[page["publisher"]] == fold):
            found, _ = line_model.find_body_lines(page["lines"], page["gaps"], page["url"])
            text = "\n".join(line for line, keep in zip(page["lines"], found, strict=True) if keep)
            key = (page["set"], page["kind"])
            alone.setdefault(key, []).append(score_text(text, page["body"]))
            whole.setdefault(key, []).append(score_text(read_page(page["text"], page["url"]).body, page["body"]))
    for key in sorted(alone):
        print(*key, f"line model {100 * fmean(alone[key]):.1f}, whole reading {100 * fmean(whole[key]):.1f}, {len(alone[key])} pages")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=6)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    pages = read_pages(options.pages)
    if options.folds > 1:
        measure(pages, options.folds)
    if options.write:
        write_trees(train(pages))


if __name__ == "__main__":
    main()
