"""Learn what the reader's votes weigh, on articles that it had not seen when it read them.

    python -m benchmarks.reader.weigh OUT [--seeds 0] [--write]

OUT holds the folds of `train.py`, best of articles that no rule was made with, since elsewhere the
rules look surer than they are. Weights are learned on them by three folds over outlets, and what
they are worth is printed from those left out; --write learns them on all and stores them. Needs
newsledger with its parser.
"""

import argparse
import bisect
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from benchmarks.gold.load import GoldArticle, load_gold
from benchmarks.gold.score import (
    is_exact,
    list_characters,
    match_claims,
    measure_content,
    score_claims,
)
from benchmarks.reader.folds import assign_folds
from newsledger.model.records import Entity, Quotation, Span
from newsledger.nlp.attribution import choose as attribution
from newsledger.nlp.attribution.constructions.document import Candidate
from newsledger.nlp.names.entities import find_entities
from newsledger.nlp.parse.model import load_model
from newsledger.nlp.parse.parsed import ParsedText
from newsledger.nlp.quotes.marks import find_quotations
from newsledger.nlp.reader import model as reader
from newsledger.nlp.reader.pieces import find_paragraphs, list_breaks
from newsledger.nlp.reader.reading import Reading

L2 = 3.0  # per feature, on features of about unit size; at 1 little carried over to other outlets
FOLDS = 3
HALF = 0.5
# what speaks for a candidate never counts against it, and the rules keep most of their word
BOUNDS = {
    **dict.fromkeys(("inside", "begin", "share", "source", "cue"), (0.0, None)),
    "rules": (-0.3, 0.0),
}
UNLIKELY = 0.02  # candidates that the rules give less are left out: they are many and lost
Row = dict[str, Any]
Sample = tuple[dict[str, float], float, int]  # features, offset, 1 where right


@dataclass
class Case:
    """A gold article as it goes through the ranker."""

    article: GoldArticle
    doc: ParsedText
    quotations: tuple[Quotation, ...]
    entities: tuple[Entity, ...]
    reading: Reading


def read_logits(paths: Iterable[Path]) -> dict[str, Reading]:
    """Read what the folds said, by article; windows in the order of the text."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for path in paths:
        for line in path.open(encoding="utf-8"):
            row = json.loads(line)
            rows[row["doc_id"]].append(row)
    return {name: _join(windows) for name, windows in rows.items()}


def _join(windows: list[Row]) -> Reading:
    spans = [Span(*span) for window in windows for span in window["spans"]]
    return Reading(spans, np.array([piece for window in windows for piece in window["logits"]]))


def load_cases(readings: dict[str, Reading], split: str) -> list[Case]:
    """Parse the articles of a split that have a reading."""
    articles = [article for article in load_gold(split) if article.doc_id in readings]
    cases = []
    docs = load_model().pipe(article.text for article in articles)
    for article, parsed in zip(articles, docs, strict=True):
        doc = ParsedText(parsed)
        quotations, entities = find_quotations(doc.text), find_entities(doc)
        cases.append(Case(article, doc, quotations, entities, readings[article.doc_id]))
    return cases


def narrow(case: Case) -> Reading | None:
    """Leave of a reading what would be read: the paragraphs of which the rules are not sure."""
    breaks = list_breaks(case.doc.text)
    asked = find_paragraphs(breaks, reader.list_doubtful(_weigh_rules(case)))
    reading = case.reading
    kept = [
        i for i, span in enumerate(reading.spans) if bisect.bisect_left(breaks, span.start) in asked
    ]
    tables = np.hstack([reading.content, reading.source, reading.cue])[kept]
    return Reading([reading.spans[i] for i in kept], np.log(tables)) if kept else None


def judge(article: GoldArticle, candidate: Candidate) -> int:
    """Say whether a candidate is right (1), wrong (0) or optional (-1)."""
    found = {"content_spans": [list(span) for span in candidate.content]}
    for claim in sorted(article.claims, key=lambda row: row["optional"]):
        if measure_content(claim, found) >= HALF and _is_same_source(claim, candidate):
            return -1 if claim["optional"] else 1
    return 0


def _is_same_source(claim: Row, candidate: Candidate) -> bool:
    """Tell whether the source is the same words; where the gold prints none, none is asked for."""
    if not claim["source_span"] or not candidate.source:
        return not claim["source_span"] or not claim["cue_span"]
    one, other = list_characters([claim["source_span"]]), list_characters(candidate.source)
    return 2 * len(one & other) >= min(len(one), len(other))


def list_votes(case: Case) -> list[Sample]:
    """List the votes on the candidates of the rules, with what the rules say as offset."""
    samples = []
    for score, candidate in _weigh_rules(case):
        if score < UNLIKELY:
            continue
        facts = attribution.take_vote(case.doc.text, case.reading, score, candidate)
        right = judge(case.article, candidate)
        if facts and right >= 0:
            samples.append((facts, attribution.log_odds_of(score), right))
    return samples


def _weigh_rules(case: Case) -> list[tuple[float, Candidate]]:
    return attribution.weigh_candidates(case.doc, case.quotations, case.entities)


def _is_exact(article: GoldArticle, spans: Sequence[Span]) -> bool | None:
    """Tell whether a content has the letters of the gold one that it overlaps by half; None where
    there is none."""
    found = {"content_spans": [list(span) for span in spans]}
    near = [row for row in article.claims if measure_content(row, found) >= HALF]
    if not near:
        return None
    claim = max(near, key=lambda row: measure_content(row, found))
    return is_exact(article.text, claim, found)


def learn(samples: Sequence[Sample]) -> dict[str, float]:
    """Fit logistic weights on top of the offsets."""
    names = sorted({name for features, _, _ in samples for name in features})
    table = np.array([[features.get(name, 0.0) for name in names] for features, _, _ in samples])
    offset = np.array([value for _, value, _ in samples])
    right = np.array([value for _, _, value in samples], float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total = table @ weights + offset
        chance = 1 / (1 + np.exp(-np.clip(total, -30, 30)))
        value = np.logaddexp(0, total).sum() - right @ total + L2 * (weights @ weights) / 2
        return float(value), table.T @ (chance - right) + L2 * weights

    bounds = [BOUNDS.get(name.removeprefix("reader "), (None, None)) for name in names]
    start = np.zeros(len(names))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return dict(zip(names, (round(float(value), 3) for value in found), strict=True))


def learn_all(cases: Sequence[Case]) -> dict[str, float]:
    """Learn the weights of votes."""
    samples = [sample for case in cases for sample in list_votes(case)]
    print(f"  {len(samples)} votes, {sum(sample[2] for sample in samples)} right", flush=True)
    return learn(samples)


def use(weights: dict[str, float]) -> None:
    """Let the ranker weigh votes so, in this process."""
    rules = {k: v for k, v in attribution.load_weights().items() if not k.startswith("reader")}
    attribution.load_weights.cache_clear()
    attribution.load_weights().clear()
    attribution.load_weights().update(rules | weights)


def attribute(case: Case, reading: Reading | None) -> list[Row]:
    """Attribute an article as the program does; a speaker is the source as printed."""
    found = attribution.find_attributions(case.doc, case.quotations, case.entities, reading)
    rows = []
    for item in found:
        if item.cue_class == "credit":
            continue
        source = item.source_spans[0] if item.source_spans else None
        rows.append(
            {
                "content_spans": [list(span) for span in item.content_spans],
                "source_span": list(source) if source else None,
                "speaker": case.doc.text[source.start : source.end] if source else None,
                "class": item.cue_class,
            }
        )
    return rows


def print_scores(name: str, cases: Sequence[Case], found: dict[str, list[Row]]) -> None:
    """Print F1 with and without the source, and exact ends."""
    gold = {case.article.doc_id: case.article.claims for case in cases}
    both = score_claims(gold, found)
    content = score_claims(gold, found, need_source=False)
    exact = total = 0
    for case in cases:
        rows = found[case.article.doc_id]
        for i, j in match_claims(case.article.claims, rows, False).items():
            if not case.article.claims[i]["optional"]:
                spans = [Span(*span) for span in rows[j]["content_spans"]]
                exact, total = exact + bool(_is_exact(case.article, spans)), total + 1
    print(f"{name}: all {both} content {content['F1']} ends {100 * exact / max(total, 1):.1f}")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--seeds", type=int, nargs="*", default=[0])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    os.environ["NEWSLEDGER_READER"] = "off"  # its readings are handed in
    cases = []
    for seed in args.seeds:
        cases += load_cases(read_logits(sorted(args.out.glob(f"fold_{seed}_*.jsonl"))), "train")
    if args.write:
        weights = learn_all(cases)
        reader.VOTES.write_text(json.dumps(weights, indent=0) + "\n", "utf-8")
        return
    fold_of = assign_folds({case.article.doc_id: case.article.outlet for case in cases}, FOLDS)
    found: dict[str, list[Row]] = {}
    for fold in range(FOLDS):
        use(learn_all([case for case in cases if fold_of[case.article.doc_id] != fold]))
        for case in cases:
            if fold_of[case.article.doc_id] == fold:
                found[case.article.doc_id] = attribute(case, narrow(case))
    (most, _), *_ = Counter(case.article.outlet for case in cases).most_common(1)
    for name, part in (
        (most, [case for case in cases if case.article.outlet == most]),
        ("other outlets", [case for case in cases if case.article.outlet != most]),
    ):
        print_scores(f"{name}, rules", part, {c.article.doc_id: attribute(c, None) for c in part})
        print_scores(f"{name}, rules and reader", part, found)


if __name__ == "__main__":
    main()
