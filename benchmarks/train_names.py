"""Learn the weights of `newsledger/learned/name_weights.json` from articles with names annotated.

    python benchmarks/train_names.py GOLD.jsonl.gz … [--write]

A row of a gold file has `corpus`, `doc_id`, `text` and `entities` with `start`, `end` and a `label`
of PER, ORG, LOC, FAC, NORP,
MISC, PRODUCT (others are no names). Documents of one outlet (the first two parts of an id such as
"af_afrol_10") are kept
together, so that the cross-validated figures are about outlets never seen. The second pass learns
from first-pass
probabilities of documents that the first pass was not learned on. Prints exact F1 of persons,
organisations and places by
file, held out. The weights are about structure: features that fewer than `MIN_COUNT` candidates
have are left out, no text is kept.
"""

import argparse
import gzip
import json
import os
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "2")
import numpy as np
from scipy import sparse
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from newsledger.lexicon.gazetteer import load_demonyms
from newsledger.nlp.names import model as name_model
from newsledger.nlp.names.candidates import find_candidates
from newsledger.nlp.names.features import list_features
from newsledger.nlp.names.model import CLASSES, Weights
from newsledger.nlp.names.text_view import TextView
from newsledger.nlp.parse.model import load_model
from newsledger.nlp.parse.parsed import ParsedText

FOLDS = 5
MIN_COUNT = 40  # candidates that must have a feature; 25 and 100 give the same F1 within 0.2
L2_FIRST, L2_SECOND = 5.0, 1.0
GOLD_CLASS = {
    "PER": "PERSON",
    "ORG": "ORG",
    "LOC": "PLACE",
    "FAC": "FAC",
    "NORP": "NORP",
    "MISC": "OTHER",
    "PRODUCT": "OTHER",
}
SCORED = ("PERSON", "ORG", "PLACE")


@dataclass
class Sample:
    corpus: str
    group: str
    gold: dict[tuple[int, int], str]
    candidates: list
    features: list
    targets: np.ndarray


def trim(text, start, end):
    """Leave out a leading article and a trailing possessive, as the gold files differ on them."""
    words = text[start:end]
    start += len(re.match(r"(?:[Tt]he |THE )?", words)[0])
    return start, end - len(re.search(r"(?:['’]s|['’])?$", text[start:end])[0])


def class_of(label, text):
    found = GOLD_CLASS.get(label, "NONE")
    return (
        "NORP" if label == "MISC" and text.lower() in load_demonyms() else found
    )  # CoNLL has no class for peoples


def load(path, nlp):
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        rows = [json.loads(line) for line in handle]
    for row, doc in zip(
        rows, map(ParsedText, nlp.pipe((row["text"] for row in rows), batch_size=16)), strict=True
    ):
        yield make_sample(row, doc)


def find_target(gold, text, candidate):
    """The class of a candidate; some files leave the last point of "U.S." outside the name."""
    start, end = trim(text, candidate.start, candidate.end)
    found = gold.get((start, end)) or (gold.get((start, end - 1)) if text[end - 1] == "." else None)
    return CLASSES.index(found or "NONE")


def split_places(text, gold):
    """Take "Larkin, Ohio" for two places, to learn from: most of the files' own annotations do."""
    parts = dict(gold)
    for (start, end), label in gold.items():
        if label == "PLACE" and "," in text[start:end]:
            del parts[start, end]
            parts |= {
                (start + m.start(), start + m.end()): label
                for m in re.finditer(r"[^\s,][^,]*[^\s,]", text[start:end])
            }
    return parts


def make_sample(row, doc):
    text = row["text"]
    spans = ((trim(text, e["start"], e["end"]), e["label"]) for e in row["entities"])
    gold = {span: class_of(label, text[slice(*span)]) for span, label in spans}
    parts = split_places(text, gold)
    view = TextView(doc)
    candidates = find_candidates(view)
    targets = [find_target(parts, text, candidate) for candidate in candidates]
    group = "_".join(str(row["doc_id"]).split("_")[:2])
    features = [list_features(view, candidate) for candidate in candidates]
    return Sample(
        row["corpus"], row["corpus"] + group, gold, candidates, features, np.array(targets, int)
    )


def fit(matrix, targets, l2):
    """Weights (rows of features, columns of classes) of a multinomial logistic regression."""
    shape = (matrix.shape[1], len(CLASSES))
    hot = np.eye(len(CLASSES))[targets]

    def loss(flat):
        w = flat.reshape(shape)
        scores = matrix @ w
        top = scores.max(axis=1, keepdims=True)
        log_total = top[:, 0] + np.log(np.exp(scores - top).sum(axis=1))
        shares = np.exp(scores - log_total[:, None])
        value = (log_total - (scores * hot).sum(axis=1)).sum() + l2 * (w * w).sum()
        return value, (matrix.T @ (shares - hot) + 2 * l2 * w).ravel()

    found = minimize(
        loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 250}
    )
    return found.x.reshape(shape)


def learn_first(samples):
    counts = Counter(name for sample in samples for names in sample.features for name in set(names))
    rows = {
        name: i
        for i, name in enumerate(
            sorted(name for name, count in counts.items() if count >= MIN_COUNT)
        )
    }
    columns = [
        [rows[name] for name in names if name in rows]
        for sample in samples
        for names in sample.features
    ]
    starts = np.cumsum([0, *map(len, columns)])
    flat = np.concatenate([np.array(c, int) for c in columns])
    matrix = sparse.csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(columns), len(rows)))
    learned = fit(matrix, np.concatenate([sample.targets for sample in samples]), L2_FIRST)
    learned -= learned.mean(axis=1, keepdims=True)
    return Weights(
        rows,
        np.vstack([learned, np.zeros(len(CLASSES))]),
        np.zeros((len(name_model.SECOND), len(CLASSES))),
    )


def learn_second(samples, firsts):
    matrix = np.vstack(
        [
            name_model.second_features(s.candidates, p)
            for s, p in zip(samples, firsts, strict=True)
            if len(s.targets)
        ]
    )
    return fit(
        matrix,
        np.concatenate([sample.targets for sample in samples if len(sample.targets)]),
        L2_SECOND,
    )


def folds_of(samples):
    groups = sorted({sample.group for sample in samples})
    np.random.default_rng(0).shuffle(groups)
    number = {group: i % FOLDS for i, group in enumerate(groups)}
    return [number[sample.group] for sample in samples]


def held_out_firsts(samples):
    """First-pass probabilities of each document by weights learned on the other folds."""
    folds = folds_of(samples)
    learned = [
        learn_first([s for s, f in zip(samples, folds, strict=True) if f != fold])
        for fold in range(FOLDS)
    ]
    return [
        name_model.score_first(s.features, learned[f]) if s.features else np.zeros((0, 7))
        for s, f in zip(samples, folds, strict=True)
    ]


def learn(samples):
    second = learn_second(samples, held_out_firsts(samples))
    first = learn_first(samples)
    return Weights(first.rows, first.first, second)


def judge(samples, shares):
    """Print precision, recall and F1 by file."""
    counts = defaultdict(Counter)
    for sample, share in zip(samples, shares, strict=True):
        count = counts[sample.corpus]
        wanted = {span: label for span, label in sample.gold.items() if label in SCORED}
        count.update(("gold", label) for label in wanted.values())
        for i, column in name_model.choose(sample.candidates, share) if len(share) else ():
            candidate, label = sample.candidates[i], CLASSES[column]
            if label in SCORED:
                count["found", label] += 1
                count["right", label] += wanted.get((candidate.start, candidate.end)) == label
    for corpus, count in counts.items():
        figures = []
        for name, labels in (*((label, (label,)) for label in SCORED), ("micro", SCORED)):
            right, found, gold = (
                sum(count[what, label] for label in labels) for what in ("right", "found", "gold")
            )
            figures.append(
                f"{name} {100 * right / found:.1f}/{100 * right / gold:.1f}/{200 * right / (found + gold):.1f}"
            )
        print(f"{corpus}: {'  '.join(figures)}")


def report(samples):
    """Cross-validate both passes: the second is learned inside each fold's training part."""
    firsts, folds = held_out_firsts(samples), folds_of(samples)
    print("precision/recall/F1, outlets held out\nfirst pass alone")
    judge(samples, firsts)
    shares = []
    seconds = []
    for fold in range(FOLDS):
        part = [i for i, f in enumerate(folds) if f != fold]
        seconds.append(learn_second([samples[i] for i in part], [firsts[i] for i in part]))
    for sample, first, fold in zip(samples, firsts, folds, strict=True):
        shares.append(
            name_model.softmax(name_model.second_features(sample.candidates, first) @ seconds[fold])
            if len(first)
            else first
        )
    print("both passes")
    judge(samples, shares)


def write(weights):
    first = {
        name: [round(float(x), 2) for x in weights.first[row]] for name, row in weights.rows.items()
    }
    second = {
        name: [round(float(x), 2) for x in row]
        for name, row in zip(name_model.SECOND, weights.second, strict=True)
    }
    lines = [
        f' "{part}": {{\n'
        + ",\n".join(f"  {json.dumps(k, ensure_ascii=False)}: {v}" for k, v in values.items())
        + "\n }"
        for part, values in (("first", first), ("second", second))
    ]
    name_model.WEIGHTS_FILE.write_text(
        f'{{\n "classes": {json.dumps(CLASSES)},\n' + ",\n".join(lines) + "\n}\n", "utf-8"
    )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument(
        "--write", action="store_true", help="store the weights learned on all files"
    )
    options = parser.parse_args()
    nlp = load_model()
    samples = [sample for path in options.gold for sample in load(path, nlp)]
    report(samples)
    if options.write:
        write(learn(samples))


if __name__ == "__main__":
    main()
