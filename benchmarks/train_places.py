"""Learn the weights of `newsledger/learned/place_weights.json` from articles with places annotated.

    python benchmarks/train_places.py GOLD.jsonl.gz … [--write]

A row of a gold file has `text`, `domain` and `toponyms` with `start`, `end`, `lat`, `lon`,
`geonameid`. A candidate is right
within 161 km, or where it names the same GeoNames id, or lies within what two centroids of one area
may differ by. Each
file weighs the same. Articles of an outlet with others in the file are learned from twice: as they
are, and with the
outlet's home known, for which the place its other articles name most stands in; the figures are
without it. Prints, by
four-fold cross-validation over articles and with each file left out in turn: F1 of found and right,
the share right where
found, and how often mentions of a score are right (calibration). The weights are about structure;
no text is kept.
"""

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from newsledger.cli.standard_input import _article_of
from newsledger.lexicon.gazetteer import distance_km, load_gazetteer
from newsledger.nlp.names.entities import find_entities
from newsledger.nlp.parse.model import load_model
from newsledger.nlp.parse.parsed import ParsedText
from newsledger.nlp.places import ranker as place_ranker
from newsledger.nlp.places.find_spans import find_spans
from newsledger.nlp.places.mentions import list_names, read_setting

L2 = 1e-4
FOLDS = 4
SURE = 0.8  # of mentions with this score at least 95 % are to be right
NEAR_KM = 161
AREA_KM = {
    "country": 600,
    "admin1": 250,
    "region": 250,
    "water": 250,
}  # gazetteers differ on an area's centroid, not on the place
DEMONYMS_ANNOTATED = 0.2  # a file with fewer leaves demonyms out
LEARNED_KM = {
    "country": 2000,
    "admin1": 500,
    "region": 2000,
    "water": 2000,
}  # to learn from, one sea is one sea
UNANNOTATED = (
    0.5  # weight of a name that the annotators left alone: often no place, sometimes overlooked
)


@dataclass
class Sample:
    corpus: str
    number: int
    gold: list[dict]
    ignored: list[dict]
    names: list
    spans: list
    setting: place_ranker.Setting
    domain: str | None


def is_right(gold, place, *, area_km=AREA_KM):
    if gold.get("geonameid") and str(gold["geonameid"]) == str(place.geonames_id):
        return True
    return distance_km(gold["lat"], gold["lon"], place.lat, place.lon) <= max(
        NEAR_KM, area_km.get(place.kind, 0)
    )


def overlaps(one, two):
    return one["start"] < two.end and two.start < one["end"]


def load(path, nlp):
    gazetteer = load_gazetteer()
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        rows = [json.loads(line) for line in handle]
    for number, (row, doc) in enumerate(
        zip(
            rows,
            map(ParsedText, nlp.pipe((row["text"] for row in rows), batch_size=16)),
            strict=True,
        )
    ):
        spans = find_spans(doc, find_entities(doc), gazetteer)
        article = _article_of(
            {"doc_id": row["doc_id"], "text": row["text"], "outlet": row.get("domain")}
        )
        yield Sample(
            path.name, number, [t for t in row["toponyms"] if t["lat"] is not None], [t for t in row["toponyms"] if t["lat"] is None],
            list_names(doc.text, spans), spans, read_setting(doc.text, article, gazetteer), row.get("domain"),
        )  # fmt: skip


def without_demonyms(samples):
    """Leave demonyms out of a file whose annotators left them alone."""
    marked = [
        any(overlaps(t, span) for t in sample.gold)
        for sample in samples
        for span in sample.spans
        if span.is_demonym
    ]
    if marked and sum(marked) < DEMONYMS_ANNOTATED * len(marked):
        for sample in samples:
            sample.spans = [span for span in sample.spans if not span.is_demonym]
    return samples


def learn_homes(samples):
    """The place that the other articles of an outlet name most, by sample; nothing where there are
    fewer than two others."""
    of_outlet = defaultdict(list)
    for sample in samples:
        places = {}
        for name in sample.names:
            for span in (s for s in sample.spans if s.key == name.key):
                gold = next((t for t in sample.gold if overlaps(t, span)), None)
                right = next(
                    (
                        c.place
                        for c in name.candidates
                        if gold and c.place.kind == "point" and is_right(gold, c.place)
                    ),
                    None,
                )
                if right:
                    places[right.location_id] = right
        of_outlet[sample.corpus, sample.domain].append((sample.number, places))
    for sample in samples:
        others = [
            places
            for number, places in of_outlet[sample.corpus, sample.domain]
            if number != sample.number
        ]
        counts = Counter(key for places in others for key in places)
        if sample.domain and len(others) >= 2 and counts and max(counts.values()) >= 2:
            best = max(sorted(counts), key=lambda key: counts[key])
            home = next(places[best] for places in others if best in places)
            yield replace(
                sample, setting=replace(sample.setting, home=home, home_country=home.country_code)
            )


def to_problem(samples, rows_of, features):
    position = {feature: i for i, feature in enumerate(features)}
    sizes = Counter(sample.corpus for sample in samples)
    matrix, targets, weights, lengths = [], [], [], []
    for sample, rows in zip(samples, rows_of, strict=True):
        for name, candidates in zip(sample.names, rows, strict=True):
            spans = [
                s
                for s in sample.spans
                if s.key == name.key and not any(overlaps(t, s) for t in sample.ignored)
            ]
            if (
                not spans
                or name.is_demonym
                or not name.candidates
                or any(c.place.stands_for for c in name.candidates)
            ):
                continue
            target, total = np.zeros(len(candidates)), 0.0
            for span in spans:
                gold = next((t for t in sample.gold if overlaps(t, span)), None)
                right = [
                    bool(gold) and is_right(gold, c.place, area_km=LEARNED_KM)
                    for c in name.candidates
                ]
                weight = 1.0 if gold else UNANNOTATED
                target += weight * np.array([*right, not any(right)], float)
                total += weight
            block = np.zeros((len(candidates), len(features)))
            for i, row in enumerate(candidates):
                for feature, value in row.items():
                    if feature in position:
                        block[i, position[feature]] = value
            matrix.append(block)
            targets.append(np.minimum(target / total, 1.0))
            weights.append(min(total, 3.0) / sizes[sample.corpus])
            lengths.append(len(candidates))
    weights = np.array(weights)
    return (
        np.vstack(matrix),
        np.concatenate(targets),
        np.cumsum([0, *lengths[:-1]]),
        weights / weights.sum(),
        np.array(lengths),
    )


def fit(matrix, targets, starts, weights, lengths):
    """Weights of a conditional logit in which several candidates may be right."""
    owner = np.repeat(np.arange(len(lengths)), lengths)

    def loss(w):
        scores = matrix @ w
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        shares = odds / np.add.reduceat(odds, starts)[owner]
        right = np.add.reduceat(shares * targets, starts) + 1e-9
        gradient = matrix.T @ (weights[owner] * (shares - shares * targets / right[owner]))
        return L2 * (w @ w) - (weights * np.log(right)).sum(), gradient + 2 * L2 * w

    return minimize(
        loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}
    ).x


def train(samples):
    local = [
        [place_ranker.local_features(name, sample.setting) for name in sample.names]
        for sample in samples
    ]
    first = dict(
        zip(place_ranker.LOCAL, fit(*to_problem(samples, local, place_ranker.LOCAL)), strict=True)
    )
    full = [place_ranker.build_features(sample.names, sample.setting, first) for sample in samples]
    second = dict(
        zip(
            place_ranker.FEATURES,
            fit(*to_problem(samples, full, place_ranker.FEATURES)),
            strict=True,
        )
    )
    return {"local": first, "full": second}


def judge(sample, weights):
    """Mentions as (score, whether right, or `None` where nothing was annotated), and the number of
    gold mentions."""
    rows = place_ranker.build_features(sample.names, sample.setting, weights["local"])
    chosen = {}
    for name, candidates in zip(sample.names, rows, strict=True):
        if name.candidates:
            shares = [1.0] if name.is_demonym else place_ranker.softmax(candidates, weights["full"])
            chosen[name.key] = place_ranker.choose(name, candidates, shares, weights["full"])
    used, found = set(), []
    for span in sample.spans:
        choice = chosen.get(span.key)
        if choice is None or choice.place is None or any(overlaps(t, span) for t in sample.ignored):
            continue
        gold = next(
            (i for i, t in enumerate(sample.gold) if overlaps(t, span) and i not in used), None
        )
        used.add(gold)
        found.append(
            (choice.score, None if gold is None else is_right(sample.gold[gold], choice.place))
        )
    return found, len(sample.gold)


def cross_validate(samples, extra):
    """Each article judged by weights learned from the other folds."""
    for fold in range(FOLDS):
        weights = train([s for s in (*samples, *extra) if s.number % FOLDS != fold])
        for sample in (s for s in samples if s.number % FOLDS == fold):
            yield sample.corpus, *judge(sample, weights)


def leave_file_out(samples, extra):
    """Each article judged by weights learned from the other files: other publishers, other
    annotators."""
    for corpus in sorted({sample.corpus for sample in samples}):
        weights = train([s for s in (*samples, *extra) if s.corpus != corpus])
        for sample in (s for s in samples if s.corpus == corpus):
            yield sample.corpus, *judge(sample, weights)


def report(title, judged):
    found, gold = defaultdict(list), Counter()
    for corpus, mentions, count in judged:
        found[corpus] += mentions
        gold[corpus] += count
    print(f"{title}\n  file                   F1   right where found   of score >= 0.8 right")
    for corpus, mentions in found.items():
        right = sum(value is True for _, value in mentions)
        matched = sum(value is not None for _, value in mentions)
        sure = [value for score, value in mentions if value is not None and score >= SURE]
        print(
            f"  {corpus.split('.')[0]:18s} {200 * right / (len(mentions) + gold[corpus]):6.1f} {100 * right / matched:12.1f}"
            f" {100 * sum(sure) / len(sure):18.1f} ({len(sure)} mentions)"
        )
    every = [
        (score, value)
        for mentions in found.values()
        for score, value in mentions
        if value is not None
    ]
    for low, high in (
        (0.0, 0.65),
        (0.65, 0.7),
        (0.7, 0.75),
        (0.75, 0.8),
        (0.8, 0.85),
        (0.85, 0.9),
        (0.9, 0.95),
        (0.95, 1.01),
        (SURE, 1.01),
    ):
        inside = [(score, value) for score, value in every if low <= score < high]
        mean, share = (
            sum(score for score, _ in inside) / len(inside),
            sum(value for _, value in inside) / len(inside),
        )
        print(
            f"  score {low:.2f} to {min(high, 1):.2f}: {len(inside):5d} mentions, mean score {mean:.2f}, {100 * share:.1f} % right"
        )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument(
        "--write", action="store_true", help="store the weights learned on all files"
    )
    arguments = parser.parse_args()
    nlp = load_model()
    samples = [
        sample for path in arguments.gold for sample in without_demonyms(list(load(path, nlp)))
    ]
    extra = list(learn_homes(samples))
    report(f"{FOLDS}-fold cross-validation over articles", cross_validate(samples, extra))
    if len(arguments.gold) > 1:
        report("each file by weights learned from the others", leave_file_out(samples, extra))
    if arguments.write:
        weights = train([*samples, *extra])
        rounded = {
            part: {key: round(float(value), 3) for key, value in values.items()}
            for part, values in weights.items()
        }
        place_ranker.WEIGHTS_FILE.write_text(
            json.dumps({"weights": rounded}, indent=1) + "\n", "utf-8"
        )


if __name__ == "__main__":
    main()
