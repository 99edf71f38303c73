"""Learn the trees of `newsledger/learned/line_trees.json` and the words of `line_words.json` from
pages with known article text.

    pip install lightgbm scikit-learn
    python benchmarks/train_lines.py PAGES.jsonl.gz … [--extra MORE.jsonl.gz …] [--folds 6] [--seed
    7] [--write]

Each row of a pages file has `publisher` or `url`, `body`, and the page flattened to lines in `main`
and `visible`. A line
counts as article text when most of its word 4-grams stand in the body. Prints the word 4-gram F1 on
publishers that were
left out of training (both files and both flattenings of a publisher together), of the line model
alone and of the whole
reading of a page; with --write, stores what is learned on all. Pages of --extra (`flatten_pages.py`
makes them) are learned from, never measured,
and left out where they are of a site that is measured. What the words say is learned in folds of
its own, so that the trees see it as it is on pages that
the words were not learned on. Training needs LightGBM and scikit-learn; running needs numpy alone.
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
from newsledger.clean.lines import (
    features as line_features,
)
from newsledger.clean.lines import (
    model as line_model,
)
from newsledger.clean.lines import (
    vocabulary as line_words,
)
from newsledger.clean.lines.features import describe_lines
from newsledger.clean.lines.flat import read_page, split_lines

DEPTH, TREES, RATE = 3, 250, 0.06  # more or deeper trees gain nothing on publishers left out
MIN_SHARE = 0.6  # of a line's 4-grams that stand in the body
UNIFORM = 0.3  # share of a line's weight that does not depend on its length
MIN_PUBLISHERS = 10  # that use a term
# of a term's uses inside sentences of articles with a capital letter: a name, which is about a
# topic and its year
NAME_SHARE = 0.5
WORD_FOLDS = 4
WORD_COST = 1.0  # scikit-learn's C
MIN_WEIGHT = 0.02  # a term with less is not stored
EXTRA_WEIGHT = 0.5  # of a page of --extra, whose text nobody annotated
CLEANED_WEIGHT = 0.3  # of a page's text alone, beside the page
_WORD = re.compile(r"\w+")
_INSIDE = re.compile(r"(?<=[a-z,;] )[^\W\d_]+")
_NO_SITE = frozenset("www com org net gov edu news blog".split())
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
        labels.append(
            share > MIN_SHARE if grams else " ".join(_WORD.findall(line.lower())) in paragraphs
        )
    return np.array(labels, dtype=float)


def weigh_lines(lines: list[str]) -> np.ndarray:
    """Weigh lines by their 4-grams, every page the same in all."""
    words = np.maximum([len(_WORD.findall(line)) - 2 for line in lines], 0.7)
    return 60 * ((1 - UNIFORM) * words / words.sum() + UNIFORM / len(lines))


def site_of(url: str) -> str:
    """Tell the name of the site in an address: the longest label of its host."""
    labels = (urlsplit(url).hostname or "").split(".")
    return max((label for label in labels if label not in _NO_SITE), key=len, default="")


def read_pages(paths: list[Path], weight: float = 1.0) -> list[Row]:
    pages = []
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as handle:
            for row in map(json.loads, handle):
                publisher = (
                    row.get("publisher") or urlsplit(row["url"]).netloc.removeprefix("www.")
                ).casefold()
                about = {
                    "publisher": publisher,
                    "site": site_of(row["url"]),
                    "set": path.name.split(".")[0],
                    "url": row["url"],
                    "body": row["body"],
                }
                for kind in ("main", "visible"):
                    lines, gaps, _ = split_lines(row[kind])
                    page = about | {
                        "kind": kind,
                        "text": row[kind],
                        **describe(lines, gaps, row, weight),
                    }
                    pages.append(
                        page | {"cleaned": cut_to_text(page, row, weight) if lines else None}
                    )
    return pages


def describe(lines: list[str], gaps: list[int], row: Row, weight: float) -> Row:
    page: Row = {"lines": lines, "gaps": gaps}
    if lines:
        page["names"], page["table"] = describe_lines(lines, gaps, row["url"])
        page["labels"], page["weights"] = (
            label_lines(lines, row["body"]),
            weight * weigh_lines(lines),
        )
        page["terms"] = [line_words.list_terms(line) for line in lines]
    return page


def cut_to_text(page: Row, row: Row, weight: float) -> Row | None:
    """Make the page that is read when what was cleaned is read again: article text alone, all of
    which is to stay."""
    lines = [
        line.strip() for line, label in zip(page["lines"], page["labels"], strict=True) if label
    ]
    return (
        page | describe(lines, [0] + [1] * (len(lines) - 1), row, CLEANED_WEIGHT * weight)
        if lines
        else None
    )


def find_names(pages: list[Row]) -> set[str]:
    """Find the words that articles print with a capital letter inside their sentences: people,
    brands, places, days."""
    printed: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    for page in pages:
        for line, label in zip(page["lines"], page["labels"], strict=True):
            if label and not line.isupper():
                words = [found[0] for found in _INSIDE.finditer(line)]
                printed.update(word.lower() for word in words)
                capitals.update(word.lower() for word in words if word[0].isupper())
    return {
        word
        for word, count in capitals.items()
        if count > NAME_SHARE * printed[word] and len(word) > 1
    }


def learn_words(pages: list[Row]) -> dict[str, float]:
    """Learn the weight of each term that enough publishers use: a logistic regression over all
    lines."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    users: dict[str, set[str]] = {}
    for page in pages:
        for term in set().union(*page["terms"]):
            users.setdefault(term, set()).add(page["publisher"])
    names = find_names(pages)
    known = {
        term
        for term, own in users.items()
        if len(own) >= MIN_PUBLISHERS and term.lstrip("^") not in names
    }
    place = {term: i for i, term in enumerate(sorted(known))}
    rows = [
        sorted(place[term] for term in terms if term in place)
        for page in pages
        for terms in page["terms"]
    ]
    ends = np.cumsum([0, *map(len, rows)])
    values = np.concatenate([np.full(len(own), len(own) ** -0.5) for own in rows if own])
    table = csr_matrix(
        (values, np.concatenate([own for own in rows if own]), ends), shape=(len(rows), len(place))
    )
    model = LogisticRegression(C=WORD_COST, max_iter=200)
    model.fit(
        table,
        np.concatenate([page["labels"] for page in pages]) > 0.5,
        np.concatenate([page["weights"] for page in pages]),
    )
    weights = dict(zip(place, model.coef_[0].tolist(), strict=True))
    return {"": round(float(model.intercept_[0]), 2)} | {
        t: round(w, 2) for t, w in weights.items() if abs(w) >= MIN_WEIGHT
    }


def use_words(weights: dict[str, float]) -> None:
    """Let lines be described by these weights."""
    line_words.load_weights = lambda: weights
    line_words.score_words.cache_clear()


def describe_words(pages: list[Row]) -> list[Row]:
    """Describe anew what the words of pages say."""
    described = []
    for page in pages:
        columns = line_features._describe_words([line.strip() for line in page["lines"]])
        table = page["table"].copy()
        for name, column in columns.items():
            table[:, page["names"].index(name)] = column
        described.append(page | {"table": table})
    return described


def train(pages: list[Row]) -> tuple[dict, dict[str, float]]:
    """Learn trees and words; the words of a page are described by weights learned without its
    publisher."""
    pages = [page for page in pages if page["lines"]]
    pages += [page["cleaned"] for page in pages if page["cleaned"]]
    fold_of = {
        name: number % WORD_FOLDS
        for number, name in enumerate(sorted({page["publisher"] for page in pages}))
    }
    described = []
    for fold in range(WORD_FOLDS):
        use_words(
            learn_words(
                [page for page in pages if "cleaned" in page and fold_of[page["publisher"]] != fold]
            )
        )
        described += describe_words([page for page in pages if fold_of[page["publisher"]] == fold])
    return learn_trees(described), learn_words([page for page in pages if "cleaned" in page])


def learn_trees(pages: list[Row]) -> dict:
    import lightgbm

    data = lightgbm.Dataset(
        np.vstack([page["table"] for page in pages]),
        np.concatenate([page["labels"] for page in pages]),
        weight=np.concatenate([page["weights"] for page in pages]),
    )
    settings = {
        "objective": "binary", "num_leaves": 2**DEPTH, "max_depth": DEPTH, "learning_rate": RATE, "min_data_in_leaf": 40, "lambda_l2": 5,
        "feature_fraction": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1, "max_bin": 63, "seed": 1, "num_threads": 1, "verbose": -1,
        "deterministic": True,
    }  # fmt: skip
    model = lightgbm.train(settings, data, TREES).dump_model()
    return store_trees(model, pages[0]["names"])


def store_trees(model: dict, names: list[str]) -> dict:
    """Turn LightGBM's trees into complete ones of depth three, a list of seven questions and eight
    values each."""
    trees = []
    for tree in model["tree_info"]:
        questions: dict[int, list] = {}
        values: list[float] = []
        _walk(tree["tree_structure"], 0, 0, names, questions, values)
        trees.append(
            {"above": [questions[place] for place in range(2**DEPTH - 1)], "value": values}
        )
    return {"features": names, "bias": 0.0, "trees": trees}


def _walk(
    node: dict,
    depth: int,
    place: int,
    names: list[str],
    questions: dict[int, list],
    values: list[float],
) -> None:
    """Write a node's question at its place in the complete tree; a leaf that comes early asks what
    nothing answers with yes."""
    if depth == DEPTH:
        values.append(round(node["leaf_value"], 4))
        return
    is_leaf = "leaf_value" in node
    questions[place] = (
        [names[0], 9e9]
        if is_leaf
        else [names[node["split_feature"]], float(f"{node['threshold']:.8g}")]
    )
    for side, child in enumerate(("left_child", "right_child")):
        _walk(
            node if is_leaf else node[child],
            depth + 1,
            2 * place + 1 + side,
            names,
            questions,
            values,
        )


def write_trees(stored: dict) -> None:
    """Write one tree a line."""
    trees = ",\n".join("  " + json.dumps(tree) for tree in stored["trees"])
    text = f'{{\n "features": {json.dumps(stored["features"])},\n "bias": {stored["bias"]},\n "trees": [\n{trees}\n ]\n}}\n'
    line_model.TREES.write_text(text, "utf-8")


def write_words(weights: dict[str, float]) -> None:
    """Write one term a line."""
    rows = ",\n".join(
        f" {json.dumps(term, ensure_ascii=False)}: {weight}" for term, weight in weights.items()
    )
    line_words.WEIGHTS.write_text(f"{{\n{rows}\n}}\n", "utf-8")


def measure(pages: list[Row], extra: list[Row], folds: int, seed: int) -> None:
    publishers = sorted({page["publisher"] for page in pages})
    np.random.default_rng(seed).shuffle(publishers)
    fold_of = {publisher: number % folds for number, publisher in enumerate(publishers)}
    alone: dict = {}
    whole: dict = {}
    for fold in range(folds):
        held = [page for page in pages if fold_of[page["publisher"]] == fold]
        sites = {page["site"] for page in held}
        stored, words = train(
            [page for page in pages if fold_of[page["publisher"]] != fold]
            + [page for page in extra if page["site"] not in sites]
        )
        trees = line_model.read_trees(stored)
        line_model._load_trees = lambda trees=trees: trees
        use_words(words)
        for page in held:
            found, _ = line_model.find_body_lines(page["lines"], page["gaps"], page["url"])
            text = "\n".join(line for line, keep in zip(page["lines"], found, strict=True) if keep)
            key = (page["set"], page["kind"])
            alone.setdefault(key, []).append(score_text(text, page["body"]))
            whole.setdefault(key, []).append(
                score_text(read_page(page["text"], page["url"]).body, page["body"])
            )
    for key in sorted(alone):
        print(
            *key,
            f"line model {100 * fmean(alone[key]):.1f}, whole reading {100 * fmean(whole[key]):.1f}, {len(alone[key])} pages",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--extra", nargs="*", type=Path, default=[])
    parser.add_argument("--folds", type=int, default=6)
    parser.add_argument("--seed", type=int, default=7, help="of the folds")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    pages, extra = read_pages(options.pages), read_pages(options.extra, EXTRA_WEIGHT)
    if options.folds > 1:
        measure(pages, extra, options.folds, options.seed)
    if options.write:
        trees, words = train(pages + extra)
        write_trees(trees)
        write_words(words)


if __name__ == "__main__":
    main()
