"""Learn the weights of `newsledger/learned/attribution_weights.json` from annotated attributions.

    python benchmarks/train_attribution.py GOLD.jsonl.gz … [--write] [--limit N]

A row of a gold file has `text` and `attributions` with `source` and `content` spans. A candidate
counts as right when its
content and its source both overlap a gold one's by half (word tokens, share of the longer side),
the measure the engine is
judged by. Prints full@0.5 F1 by five-fold cross-validation over documents, by file; --write stores
the weights learned on
all. The weights are about structure and cue words of seeds/cues.csv; no text is kept.
"""

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from newsledger.nlp.attribution import choose as attribution
from newsledger.nlp.attribution.candidates import find_candidates
from newsledger.nlp.attribution.source_spans import Variant
from newsledger.nlp.names.entities import find_entities
from newsledger.nlp.parse.model import load_model
from newsledger.nlp.parse.parsed import ParsedText
from newsledger.nlp.quotes.marks import find_quotations, list_marks

L2 = 5.0  # by cross-validation 0.3 to 12: from 3 on held-out F1 no longer rises
FOLDS = 5
SMALL_CORPUS = 50  # documents; GUM
# GUM has one document for ninety of PolNeAR: at 6 its held-out F1 of speech is 71.8, at 9 to 12
# about 73, and short sentences are lost
SMALL_WEIGHT = 8.0
MIN_COUNT = 4  # a feature seen less often is left out
_WORD = re.compile(r"\w+(?:['’.\-]\w+)*")


def cover(spans, tokens):
    return {
        i
        for s, e in spans
        for i, (a, b) in enumerate(tokens)
        if a < e and b > s and 2 * (min(b, e) - max(a, s)) >= b - a
    }


def overlap(a, b):
    return len(a & b) / max(len(a), len(b)) if a and b else 0.0


def load(path, nlp, limit):
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        rows = [json.loads(line) for line in handle][:limit]
    yield from zip(
        rows, map(ParsedText, nlp.pipe((row["text"] for row in rows), batch_size=16)), strict=True
    )


@dataclass
class Prepared:
    """A document: its candidates, the cuts of the content and source of each with the words they
    cover, and what is right."""

    candidates: list
    contents: list  # of each candidate: (variant, words) of each cut
    sources: list
    gold: list  # (content, source) as sets of words
    labels: list  # whether some cut of the content and some cut of the source are right
    rows: list  # (features, is right) of the cuts where it matters which one is taken


def is_source(found, gold):
    return overlap(found, gold) >= 0.5 or (not found and not gold)


def prepare(row, doc):
    quotations = find_quotations(doc.text)
    marks = list_marks(quotations)
    candidates = [
        candidate
        for candidate in find_candidates(doc, quotations, find_entities(doc))
        if attribution.is_claim(doc, marks, candidate)
    ]
    tokens = [m.span() for m in _WORD.finditer(row["text"])]
    gold = [(cover(a["content"], tokens), cover(a["source"], tokens)) for a in row["attributions"]]
    gold = [pair for pair in gold if pair[0]]
    attribution.settle_ends(doc, marks, candidates)
    contents = [[(Variant(c.content, ()), cover(c.content, tokens))] for c in candidates]
    sources = [
        [(v, cover(v.spans, tokens)) for v in attribution.list_sources(doc, row["text"], c)]
        for c in candidates
    ]
    labels, rows = [], []
    for content_cuts, source_cuts in zip(contents, sources, strict=True):
        near = [
            pair
            for pair in gold
            if any(overlap(words, pair[0]) >= 0.5 for _, words in content_cuts)
        ]
        right = [any(is_source(words, source) for _, source in near) for _, words in source_cuts]
        labels.append(any(right))
        rows += label_cuts(source_cuts, right)
        said = [
            content
            for content, source in near
            if any(is_source(words, source) for _, words in source_cuts)
        ]
        rows += label_cuts(
            content_cuts,
            [any(overlap(words, content) >= 0.5 for content in said) for _, words in content_cuts],
        )
    return Prepared(candidates, contents, sources, gold, labels, rows)


def label_cuts(cuts, right):
    return (
        [(cut.features, label) for (cut, _), label in zip(cuts, right, strict=True)]
        if len(set(right)) > 1
        else []
    )


def fit(parts):
    """Logistic weights by feature name, of candidates and of the cuts of their sources."""
    candidates = [
        (c.features, label, weight)
        for part, weight in parts
        for c, label in zip(part.candidates, part.labels, strict=True)
    ]
    cuts = [
        (dict.fromkeys(features, 1.0), label, weight)
        for part, weight in parts
        for features, label in part.rows
    ]
    return fit_rows(candidates) | fit_rows(cuts)


def fit_rows(rows):
    counts = Counter(name for features, _, _ in rows for name in features)
    names = sorted(name for name, count in counts.items() if count >= MIN_COUNT)
    index = {name: i for i, name in enumerate(names)}
    data = [
        (r, index[n], v)
        for r, (features, _, _) in enumerate(rows)
        for n, v in features.items()
        if n in index
    ]
    x = csr_matrix(
        ([v for *_, v in data], ([r for r, *_ in data], [c for _, c, _ in data])),
        shape=(len(rows), len(names)),
    )
    y, strength = (
        np.array([label for _, label, _ in rows], dtype=float),
        np.array([weight for *_, weight in rows], dtype=float),
    )

    def loss(w):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        likelihood = strength * (y * np.log(p + 1e-9) + (1 - y) * np.log(1 - p + 1e-9))
        return -likelihood.sum() + L2 * (w @ w), x.T @ (strength * (p - y)) + 2 * L2 * w

    return dict(
        zip(
            names,
            minimize(
                loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300}
            ).x,
            strict=True,
        )
    )


def weigh_file(prepared):
    return SMALL_WEIGHT if len(prepared) < SMALL_CORPUS else 1.0


def evaluate(prepared, threshold):
    attribution.THRESHOLD = threshold
    hit = predicted = total = 0
    for part in prepared:
        number_of = {id(c): i for i, c in enumerate(part.candidates)}
        kept = [
            number_of[id(c)]
            for _, c in attribution.choose([(attribution.weigh(c), c) for c in part.candidates])
        ]
        found = [(choose_words(part.contents[i]), choose_words(part.sources[i])) for i in kept]
        pairs = sorted(
            (
                (overlap(said, content), overlap(who, source), g, j)
                for g, (content, source) in enumerate(part.gold)
                for j, (said, who) in enumerate(found)
                if overlap(said, content) >= 0.5
            ),
            key=lambda p: (-p[0], -p[1]),
        )
        used_gold, used = set(), set()
        for _, _, g, j in pairs:
            if g not in used_gold and j not in used:
                used_gold.add(g)
                used.add(j)
                hit += is_source(found[j][1], part.gold[g][1])
        predicted += len(kept)
        total += len(part.gold)
    p, r = hit / max(predicted, 1), hit / max(total, 1)
    return f"P {100 * p:.1f} R {100 * r:.1f} F1 {200 * p * r / max(p + r, 1e-9):.1f}"


def choose_words(cuts):
    spans = attribution.choose_cut([cut for cut, _ in cuts])
    return next(words for cut, words in cuts if cut.spans == spans)


def reachable(prepared):
    """Share of gold attributions that some candidate gets right."""
    hit = total = 0
    for part in prepared:
        total += len(part.gold)
        hit += sum(
            any(
                any(overlap(words, content) >= 0.5 for _, words in content_cuts)
                and any(is_source(words, source) for _, words in source_cuts)
                for content_cuts, source_cuts in zip(part.contents, part.sources, strict=True)
            )
            for content, source in part.gold
        )
    return f"{100 * hit / max(total, 1):.1f} % of {total}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    nlp = load_model()
    files = {
        path.name: [prepare(row, doc) for row, doc in load(path, nlp, options.limit)]
        for path in options.gold
    }
    for name, prepared in files.items():
        print(name, len(prepared), "documents; reachable", reachable(prepared), flush=True)
    folds: dict = {}
    for fold in range(FOLDS):
        folds[fold] = fit(
            [
                (part, weigh_file(prepared))
                for prepared in files.values()
                for i, part in enumerate(prepared)
                if i % FOLDS != fold
            ]
        )
    for threshold in (0.34, 0.38, 0.42, 0.46, 0.5):
        for name, prepared in files.items():
            scores = []
            for fold, weights in folds.items():
                attribution.load_weights = lambda weights=weights: weights
                scores.append(
                    evaluate(
                        [part for i, part in enumerate(prepared) if i % FOLDS == fold], threshold
                    )
                )
            print(threshold, name, "|".join(scores), flush=True)
    if options.write:
        weights = fit(
            [(part, weigh_file(prepared)) for prepared in files.values() for part in prepared]
        )
        kept = {
            name: round(value, 3) for name, value in sorted(weights.items()) if abs(value) >= 0.02
        }
        attribution.WEIGHTS.write_text(
            json.dumps(kept, indent=0, ensure_ascii=False) + "\n", "utf-8"
        )
        print(len(kept), "weights written")


if __name__ == "__main__":
    main()
