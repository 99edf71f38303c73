"""Which lines of a flattened page are article text: boosted trees over the shape of lines, and the
choice with the best expected F1.

The trees stand in `line_trees.json`, readable, three questions each, learned by
`benchmarks/train_lines.py` on real pages.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from newsledger import paths
from newsledger.clean.lines.features import describe_lines
from newsledger.lexicon.phrases import find_role
from newsledger.model.enums import LineRole

if TYPE_CHECKING:
    import numpy as np

TREES = paths.LEARNED / "line_trees.json"
LEAST = 0.2  # probability of a line that can be text at all: no text is better than a menu for text
MIN_ABOVE = 40  # words of text above the readers' comments
COMMENTS_AHEAD = 24  # lines below "Comments" that are looked at
COMMENT_MARKS = 2  # of them that must look like the head of a comment
_MARK = re.compile(
    r"\b(?:says|said|wrote|writes):$|^(?:reply|like|flag|share|edit|delete|upvote"
    r"|report(?: abuse)?)$|^(?:rating|score|votes?)\b.{0,12}$"
    r"|\b\d+ (?:min(?:ute)?s?|hours?|days?|weeks?|months?|years?) ago\b|\d{4} at \d"
    r"|\d{1,2}:\d\d ?[ap]m$",
    re.IGNORECASE,
)
_BULLETS = "*+•#- "


@dataclass(frozen=True, slots=True)
class _Trees:
    """Complete trees of depth three: 7 questions "is the number above this?" and 8 values each, the
    questions listed once."""

    features: tuple[str, ...]
    columns: "np.ndarray"  # question -> feature
    limits: "np.ndarray"  # question -> limit
    questions: "np.ndarray"  # tree, node -> question
    values: "np.ndarray"  # tree, leaf -> value
    bias: float


@cache
def _load_trees() -> _Trees:
    return read_trees(json.loads(TREES.read_text("utf-8")))


def read_trees(stored: dict[str, Any]) -> _Trees:
    """Turn the stored trees into arrays."""
    import numpy as np

    names = tuple(stored["features"])
    asked = [
        (names.index(name), limit) for tree in stored["trees"] for name, limit in tree["above"]
    ]
    listed = sorted(set(asked))
    place = {question: number for number, question in enumerate(listed)}
    return _Trees(
        features=names,
        columns=np.array([column for column, _ in listed]),
        limits=np.array([limit for _, limit in listed], dtype=np.float32),
        questions=np.array([place[question] for question in asked]).reshape(-1, 7),
        values=np.array([tree["value"] for tree in stored["trees"]]),
        bias=stored["bias"],
    )


def score_lines(table: "np.ndarray", trees: _Trees) -> "np.ndarray":
    """Sum the values of the leaves that each line of a table of features falls into: log odds of
    being article text."""
    import numpy as np

    answers = (
        table.T[trees.columns] > trees.limits[:, None]
    )  # a row a question: rows are copied faster than columns
    first, *lower = (answers[trees.questions[:, number]] for number in range(7))
    second = _pick(first, lower[1], lower[0])
    third = _pick(first, _pick(second, lower[5], lower[4]), _pick(second, lower[3], lower[2]))
    leaf = np.ascontiguousarray(
        (4 * first.view(np.uint8) + 2 * second.view(np.uint8) + third.view(np.uint8)).T
    )
    return trees.values.ravel().take(leaf + 8 * np.arange(len(first))).sum(axis=1) + trees.bias


def _pick(condition: "np.ndarray", yes: "np.ndarray", no: "np.ndarray") -> "np.ndarray":
    """Pick between answers; for those `numpy.where` takes ten times as long."""
    found: np.ndarray = no ^ (condition & (yes ^ no))
    return found


def choose_lines(scores: "np.ndarray", words: "np.ndarray") -> "np.ndarray":
    """Choose the lines whose text has the best expected F1, given each line's log odds and its
    number of words."""
    import numpy as np

    probability = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    weight = np.maximum(words, 0.5)
    order = np.argsort(-probability, kind="stable")
    hits = np.cumsum((probability * weight)[order])
    best = int(np.argmax(hits / (np.cumsum(weight[order]) + hits[-1])))
    found: np.ndarray = (probability >= probability[order[best]]) & (probability > LEAST)
    return found


def find_body_lines(
    lines: Sequence[str], gaps: Sequence[int], url: str | None = None
) -> tuple[list[bool], int | None]:
    """Tell which of the non-empty lines are article text, and at which line the readers' comments
    begin.

    `gaps` counts the blank lines before each line.
    """
    import numpy as np

    if not lines:
        return [], None
    trees = _load_trees()
    names, table = describe_lines(lines, gaps, url)
    if tuple(names) != trees.features:
        raise ValueError(
            f"{TREES.name} was learned for other features: run benchmarks/train_lines.py --write"
        )
    words = np.expm1(3 * table[:, names.index("log_words")])
    chosen = choose_lines(score_lines(table, trees), words)
    comments = find_comments(lines, np.where(chosen, words, 0.0))
    if comments is not None:
        chosen[comments:] = False
    return chosen.tolist(), comments


def find_comments(lines: Sequence[str], body_words: "np.ndarray") -> int | None:
    """Find the line where the readers' comments begin: a heading for them below some text, with
    heads of comments below it."""
    import numpy as np

    above = body_words.cumsum() - body_words
    for i in np.flatnonzero(above >= MIN_ABOVE).tolist():
        if len(lines[i]) > 90 or find_role(lines[i].strip(_BULLETS)) != LineRole.COMMENT:
            continue
        ahead = (other.strip(_BULLETS) for other in lines[i + 1 : i + 1 + COMMENTS_AHEAD])
        if (
            sum(len(other) < 90 and _MARK.search(other) is not None for other in ahead)
            >= COMMENT_MARKS
        ):
            return i
    return None
