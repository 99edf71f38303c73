"""Which candidates are names, and of what: two logistic passes over a document, then the best set
that does not overlap.

The first pass weighs each candidate's own features. The second adds what the first found for the
same name elsewhere in the document, for longer names that begin or end with it, and for the
candidates it overlaps. Weights are in `name_weights.json`, written by `benchmarks/train_names.py`.
"""

import bisect
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.nlp.names.features import list_features
from newsledger.nlp.names.text_view import Candidate, TextView

if TYPE_CHECKING:
    import numpy as np

WEIGHTS_FILE = paths.LEARNED / "name_weights.json"
CLASSES = ("NONE", "PERSON", "ORG", "PLACE", "FAC", "NORP", "OTHER")
VIEWS = (
    "own",
    "same name",
    "last word of",
    "first word of",
    "overlaps",
)  # blocks of the second pass, one column a class
SECOND = (*(f"{view}={name}" for view in VIEWS for name in CLASSES), "any")
FLOOR = 1e-4  # of a probability, before its logarithm
# added to the log odds of being a name: precision and recall balance on both development files
LEAD = 0.2


@dataclass(frozen=True, slots=True)
class Weights:
    """Row of each feature of the first pass, and the weights by row and class of both passes."""

    rows: dict[str, int]
    first: "np.ndarray"
    second: "np.ndarray"


@dataclass(frozen=True, slots=True)
class FoundName:
    candidate: Candidate
    label: str  # one of CLASSES, not NONE
    score: float  # its probability
    features: tuple[str, ...]


@cache
def load_weights() -> Weights:
    """Read the weights of both passes."""
    import numpy as np

    stored = json.loads(WEIGHTS_FILE.read_text("utf-8"))
    if tuple(stored["classes"]) != CLASSES:
        raise ValueError(f"{WEIGHTS_FILE}: expected the classes {CLASSES}, got {stored['classes']}")
    first = np.array(
        [*stored["first"].values(), [0.0] * len(CLASSES)]
    )  # the last row stands for unknown features
    return Weights(
        {name: row for row, name in enumerate(stored["first"])},
        first,
        np.array([stored["second"][name] for name in SECOND]),
    )


def find_names(view: TextView, candidates: Sequence[Candidate]) -> list[FoundName]:
    """Choose the names among the candidates of a document, in reading order, not overlapping."""
    if not candidates:
        return []
    weights = load_weights()
    features = [list_features(view, candidate) for candidate in candidates]
    first = score_first(features, weights)
    second = softmax(second_features(candidates, first) @ weights.second)
    return [
        FoundName(candidates[i], CLASSES[column], float(second[i, column]), tuple(features[i]))
        for i, column in choose(candidates, second)
    ]


def score_first(features: Sequence[Sequence[str]], weights: Weights) -> "np.ndarray":
    """Probabilities of the first pass, one row a candidate, one column a class."""
    import numpy as np

    unknown = len(weights.rows)
    rows = list(map(weights.rows.get, chain.from_iterable(features), repeat(unknown)))
    starts = np.cumsum([0, *(len(names) for names in features[:-1])])
    return softmax(np.add.reduceat(weights.first[rows], starts, axis=0))


def softmax(scores: "np.ndarray") -> "np.ndarray":
    """Turn scores into probabilities, row by row."""
    import numpy as np

    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: np.ndarray = odds / odds.sum(axis=1, keepdims=True)
    return result


def second_features(candidates: Sequence[Candidate], first: "np.ndarray") -> "np.ndarray":
    """Features of the second pass, one row a candidate, columns as in `SECOND`."""
    import numpy as np

    count, width = len(candidates), len(CLASSES)
    found = np.zeros((count, len(SECOND)))
    found[:, :width] = np.log(first + FLOOR)
    found[:, -1] = 1.0
    same, by_last, by_first = _index(candidates, first)
    for i, candidate in enumerate(candidates):
        others = [j for j in same[candidate.key] if j != i]
        if others:
            found[i, width : 2 * width] = first[others].sum(axis=0) / len(others)
        if " " not in candidate.key:
            for block, index in ((2, by_last), (3, by_first)):
                if longer := index.get(candidate.key):
                    mean = first[longer].sum(axis=0) / len(longer)
                    found[i, block * width : (block + 1) * width] = mean
    _add_rivals(candidates, first, found[:, 4 * width : 5 * width])
    return found


def _index(
    candidates: Sequence[Candidate], first: "np.ndarray"
) -> tuple[dict[str, list[int]], dict[str, list[int]], dict[str, list[int]]]:
    """Candidates by key, and those of several words that the first pass takes for names by last and
    by first word."""
    same: dict[str, list[int]] = defaultdict(list)
    by_last: dict[str, list[int]] = defaultdict(list)
    by_first: dict[str, list[int]] = defaultdict(list)
    for i, candidate in enumerate(candidates):
        same[candidate.key].append(i)
    for i, _ in choose(candidates, first):
        words = candidates[i].key.split()
        if len(words) > 1:
            by_last[words[-1]].append(i)
            by_first[words[0]].append(i)
    return same, by_last, by_first


def _add_rivals(candidates: Sequence[Candidate], first: "np.ndarray", block: "np.ndarray") -> None:
    """Fill in how likely the candidates that overlap a candidate are names: each by its likeliest
    class, and any."""
    best = first[:, 1:].argmax(axis=1) + 1
    for i, candidate in enumerate(candidates):
        for j in range(i + 1, len(candidates)):
            if candidates[j].start >= candidate.end:
                break
            for one, other in ((i, j), (j, i)):
                column = best[other]
                block[one, column] = max(block[one, column], first[other, column])
                block[one, 0] = max(block[one, 0], 1.0 - first[other, 0])


def choose(
    candidates: Sequence[Candidate], shares: "np.ndarray", lead: float = LEAD
) -> list[tuple[int, int]]:
    """Choose the candidates of the highest total log odds that do not overlap, each with its
    likeliest class."""
    import numpy as np

    columns = shares[:, 1:].argmax(axis=1) + 1
    odds = (
        np.log(shares[range(len(candidates)), columns] + 1e-9) - np.log(shares[:, 0] + 1e-9) + lead
    )
    likely = sorted(
        (candidate.end, candidate.start, i) for i, candidate in enumerate(candidates) if odds[i] > 0
    )
    totals, ends, steps = (
        [0.0],
        [-1],
        [(-1, -1)],
    )  # best total up to an end; which candidate it takes, which step it follows
    for end, start, i in likely:
        before = bisect.bisect_right(ends, start) - 1
        total = totals[before] + odds[i]
        if total > totals[-1]:
            totals.append(total)
            ends.append(end)
            steps.append((i, before))
    chosen, at = [], len(steps) - 1
    while at > 0:
        i, at = steps[at]
        chosen.append((i, int(columns[i])))
    return chosen[::-1]


def find_reason(name: FoundName) -> str:
    """Find the feature that speaks most for the label of a name."""
    weights = load_weights()
    column = CLASSES.index(name.label)
    known = [feature for feature in name.features if feature in weights.rows]
    return max(
        known,
        key=lambda feature: float(weights.first[weights.rows[feature], column]),
        default="any",
    )
