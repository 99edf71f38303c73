"""What the lines of a flattened page look like: numbers about each line, its neighbours, its block
and its place on the page.

All of them are about shape (length, punctuation, letter case, indentation, blank lines, repetition,
words shared with the page's main block), none about the words of an article, so that weights
learned on some publishers hold for others.
"""

import csv
import math
import re
from array import array
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from newsledger import paths
from newsledger.clean.lines.vocabulary import score_words
from newsledger.clean.page.address import find_headline_line, list_headline_words
from newsledger.lexicon.phrases import find_role
from newsledger.model.records import LINE_ROLES
from newsledger.text.line_words import split_words

if TYPE_CHECKING:
    import numpy as np

    Column = np.ndarray

MAX_HEADLINE = 220  # code points; a longer line is no headline
LONG_LINE = 80  # words; phrases are not looked for in a line so long
PROSE_WORDS, PROSE_STOPS = (
    8,
    0.15,
)  # a line with a full stop, so many words and such a share of function words is prose
STRONG_WORDS, STRONG_STOPS = 18, 0.25  # and a whole paragraph of it
KEY_LETTERS = 5  # of a word that tells what a text is about
WHOLE = 0.95  # share of the words that stand in sentences where a text is an article alone
HEAD_WORDS = 30  # of headline, byline and time above a short one
NAME_WORDS = 20  # words of a line that can name the outlet
BLOCK_GAP = 3  # weaker lines between paragraphs of one block

_JOINTS = dict.fromkeys(map(ord, "'’.-"))
_ENDS, _CLOSING = tuple(".!?…。؟।"), "\"'”’)]»"
_BULLET = re.compile(r"(?:[*+•·‣▪|>»\-–]|\d{1,2}[.)])\s")
_STAMP = re.compile(
    r"\b(?:\d{1,2}:\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? "
    r"\d{1,2}|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|"
    r"oct|nov|dec)[a-z]*|\d{4}-\d{2}-\d{2}|\d+ (?:minutes?|hours?|days?|weeks?|months?"
    r"|years?|mins?|hrs?|h|d) (?:ago|read))\b"
)
_READER = frozenset("you your yours we our us".split())
_ORDER = frozenset(
    "click read watch listen see get sign join follow subscribe download try find check "
    "visit share add enter select please learn discover "
    "tap swipe scroll view show load send submit search open close skip jump go buy shop "
    "save start".split()
)
_SAYS = ("says:", "said:", "wrote:", "writes:")
_NOT_OUTLET = frozenset("news blog blogs edition sports local money".split())

_MEASURED = (
    "log_words", "ends", "stop_share", "cap_share", "digit_share", "upper_share", "pipe", "colon", "quote", "said", "reader", "order",
    "question", "by", "no_word", "starts_lower", "starts_digit", "url", "tab", "stamp", "bullet", "prompt", "related", "login",
    "social", "photo_credit", "nav", "donation", "copyright", "contributor", "caption", "comment", "post", "headline_like", "outlet", "prose",
)  # fmt: skip
ROLES = (
    "prompt",
    "related",
    "login",
    "social",
    "photo_credit",
    "nav",
    "donation",
    "copyright",
    "contributor",
    "caption",
    "comment",
)
_FLAGS = {role: tuple(role == name for name in ROLES[:-1]) for role in (None, *LINE_ROLES)}
WORDING = ("wording", "wording@-1", "wording@+1")
_ENDING, _PROSE = _MEASURED.index("ends"), _MEASURED.index("prose")
AROUND = {
    "log_words": (-3, -2, -1, 1, 2, 3), "ends": (-1, 1), "cap_share": (-1, 1), "stop_share": (-1, 1), "prose": (-1, 1), "prompt": (-1, 1),
    "login": (1,), "social": (1,), "photo_credit": (-1, 1), "related": (-1,), "headline_like": (-1, 1),
}  # fmt: skip


@cache
def load_function_words(language: str | None = None) -> frozenset[str]:
    """Read the function words of `seeds/function_words.csv`, of all languages unless one is named:
    prose has them, menus have not."""
    with (paths.SEEDS / "function_words.csv").open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if language in (None, row["language"])]
    return frozenset(word for row in rows for word in row["words"].split())


def describe_lines(
    lines: Sequence[str], gaps: Sequence[int], url: str | None = None
) -> "tuple[list[str], Column]":
    """Describe each non-empty line by numbers, most of them between 0 and 1.

    `lines` come with their indentation, `gaps` counts the blank lines before each. Returns the
    names of the numbers, and lines by names.
    """
    import numpy as np

    texts = [line.strip() for line in lines]
    measures = [_measure_line(text) for text in texts]
    words = [split_words(text).low for text in texts]
    features = _describe_own(texts, measures)
    features["outlet"] = _find_outlet(words, _outlet_label(url))
    counts = np.array([len(own) for own in words], dtype=np.float64)
    strong = (
        (counts >= STRONG_WORDS) & (features["stop_share"] > STRONG_STOPS) & (features["ends"] > 0)
    )
    prose_words = counts * features["prose"]
    keys = [measure.keys for measure in measures]
    features |= _describe_neighbours(features, words)
    features |= _describe_words(texts)
    features |= _describe_windows(features, prose_words, strong)
    features |= _describe_indentation(lines, prose_words)
    features |= _describe_gaps(gaps, counts, features["prose"])
    features |= _describe_place(features, counts, prose_words, strong)
    features |= _describe_block(counts, strong, keys)
    features |= _describe_address(texts, words, url)
    return list(features), np.array(list(features.values()), dtype=np.float32).T


def find_whole(texts: Sequence[str]) -> range | None:
    """Find the text of a page that is an article without a page around it: nearly all its words
    stand in sentences.

    Returns the lines from the first to the last that end as a sentence does; headline and byline
    may stand above them.
    """
    measures = [_measure_line(text) for text in texts]
    words = [len(split_words(text).low) for text in texts]
    prose = sum(
        count for measure, count in zip(measures, words, strict=True) if measure.numbers[_PROSE]
    )
    rest = sum(words) - prose
    if prose < PROSE_WORDS or rest > max((1 - WHOLE) * (prose + rest), HEAD_WORDS):
        return None
    ends = [i for i, measure in enumerate(measures) if measure.numbers[_ENDING] and words[i] > 1]
    return range(ends[0], ends[-1] + 1)


class _Measure(NamedTuple):
    """What one line is like by itself: its numbers (`_MEASURED`), and its words that tell a
    topic."""

    numbers: "array[float]"
    keys: frozenset[str]


def _describe_own(texts: Sequence[str], measures: Sequence[_Measure]) -> "dict[str, Column]":
    import numpy as np

    seen: dict[str, int] = {}
    for text in texts:
        seen[text] = seen.get(text, 0) + 1
    table = (
        np.frombuffer(b"".join([measure.numbers for measure in measures]))
        .reshape(-1, len(_MEASURED))
        .T
    )
    features = dict(zip(_MEASURED, table, strict=True))
    return features | {"repeated": np.array([float(seen[text] > 1) for text in texts])}


def _outlet_label(url: str | None) -> str:
    """Tell the letters of the outlet's name in an address: `www.pierpost.example` → `pierpost`."""
    try:
        labels = [
            label
            for label in urlsplit(url or "").netloc.lower().split(".")
            if len(label) > 3 and label not in _NOT_OUTLET
        ]
    except ValueError:  # brackets that hold no address
        return ""
    longest = max(labels, key=lambda label: len(label), default="")
    return "".join(letter for letter in longest if letter.isalnum())


def _find_outlet(words: "Sequence[Sequence[str]]", outlet: str) -> "Column":
    """Tell the short lines that print the outlet's name."""
    import numpy as np

    short = ("".join(own) if outlet and len(own) < NAME_WORDS else "" for own in words)
    return np.array(
        [
            bool(text) and outlet in (text if text.isalnum() else text.translate(_JOINTS))
            for text in short
        ],
        dtype=np.float64,
    )


@lru_cache(maxsize=4096)
def _measure_line(text: str) -> _Measure:
    """Measure a line by itself; a page's menu comes again on the outlet's next page, its text in
    the second reading."""
    printed, words, runs = split_words(text)
    low, stop_words = text.lower(), load_function_words()
    count, initials = len(words), [word[0] for word in printed]
    share = 1 / count if count else 0.0
    digits = (
        share * sum(map(str.isdigit, initials)) if words is not runs else 0.0
    )  # words that are runs of letters have none
    stops = share * sum(map(stop_words.__contains__, words))
    ends = text.rstrip(_CLOSING).endswith(_ENDS)
    role = find_role(text) if count < LONG_LINE else None
    numbers = (
        math.log1p(count) / 3, ends, stops, share * sum(map(str.isupper, initials)), digits,
        share * sum(len(word) > 1 for word in filter(str.isupper, printed)), "|" in text or " › " in text, text.endswith(":"),
        '"' in text or "“" in text or "«" in text, " said" in low or " says" in low, not _READER.isdisjoint(words),
        count > 0 and words[0] in _ORDER, text.endswith("?"), low.startswith("by "), count == 0, text[:1].islower(),
        text[:1].isdigit(), "http" in low or "www." in low or "@" in low, "\t" in text, digits > 0 and _STAMP.search(low) is not None,
        _BULLET.match(text) is not None, *_FLAGS[role],
        role == "comment" or (len(text) < 60 and low.endswith(_SAYS)), "pic.twitter.com" in low or "(@" in low,
        5 <= count <= 18 and not ends and not text.endswith(":") and digits < 0.3,
        False,
        ends and count >= PROSE_WORDS and stops > PROSE_STOPS,
    )  # fmt: skip
    return _Measure(
        array("d", numbers),
        frozenset([word for word in words if len(word) >= KEY_LETTERS]) - stop_words,
    )


def _shift(column: "Column", step: int) -> "Column":
    """Bring to each line the value of the line `step` lines further down; 0 beyond the page's
    ends."""
    import numpy as np

    moved = np.zeros_like(column)
    if abs(step) < len(column):
        if step < 0:
            moved[-step:] = column[:step]
        else:
            moved[:-step] = column[step:]
    return moved


def _change(column: "Column", before: float) -> "Column":
    """Tell the difference of each line's value to the line's above; `before` stands above the
    first. Faster than numpy's for a page."""
    import numpy as np

    above = np.empty_like(column)
    above[0], above[1:] = before, column[:-1]
    found: Column = column - above
    return found


def _bound(column: "Column", least: int, most: int) -> "Column":
    """Keep values between two bounds; numpy's function takes three times as long for a page."""
    import numpy as np

    found: Column = np.minimum(np.maximum(column, least), most)
    return found


def _describe_neighbours(
    features: "dict[str, Column]", words: Sequence[Sequence[str]]
) -> "dict[str, Column]":
    """Bring what the lines around look like, and how alike a line is to one of the two lines above
    or below: a caption told twice."""
    import numpy as np

    count = len(words)
    padded = np.zeros((count + 6, len(AROUND)))
    padded[3:-3] = np.column_stack([features[name] for name in AROUND])
    found = {
        f"{name}@{step:+d}": padded[3 + step : 3 + step + count, i]
        for i, (name, steps) in enumerate(AROUND.items())
        for step in steps
    }
    sets = [frozenset(own) if len(own) > 1 else frozenset() for own in words]
    alike = np.zeros(len(words))
    for step in (1, 2):
        for i, (above, below) in enumerate(zip(sets, sets[step:], strict=False)):
            if above and below and (common := len(above & below)):
                value = common / (len(above) + len(below) - common)
                alike[i], alike[i + step] = max(alike[i], value), max(alike[i + step], value)
    return found | {"alike": alike, "alike@-1": _shift(alike, -1), "alike@+1": _shift(alike, 1)}


def _describe_words(texts: Sequence[str]) -> "dict[str, Column]":
    """Say how the words of each line and its neighbours sound: like an article, above 0, or like
    furniture."""
    import numpy as np

    scores = np.array([score_words(text) for text in texts])
    return dict(zip(WORDING, (scores, _shift(scores, -1), _shift(scores, 1)), strict=True))


def _around(column: "Column", reach: int) -> "Column":
    """Sum each line's value and those of `reach` lines above and below."""
    import numpy as np

    total = np.zeros((len(column) + 1, *column.shape[1:]))
    np.cumsum(column, axis=0, out=total[1:])
    stops, starts = _windows(len(column), reach)
    found: Column = total[stops] - total[starts]
    return found


@lru_cache(maxsize=64)
def _windows(count: int, reach: int) -> "tuple[Column, Column]":
    import numpy as np

    place = np.arange(count)
    return np.minimum(place + reach + 1, count), np.maximum(place - reach, 0)


def _describe_windows(
    features: "dict[str, Column]", prose_words: "Column", strong: "Column"
) -> "dict[str, Column]":
    import numpy as np

    names = ("cap_share", "digit_share", "stamp", "bullet", "headline_like")
    near = np.column_stack([*(features[name] for name in names), strong, np.ones(len(strong))])
    near = _around(near, 4)
    found = {f"{name}~": near[:, i] / near[:, -1] for i, name in enumerate(names)}
    return found | {
        "strong~": near[:, -2] / near[:, -1],
        "prose_near": np.minimum(_around(prose_words, 3), 300) / 150,
        "prose_wide": np.minimum(_around(prose_words, 8), 800) / 400,
        "comments_near": np.minimum(_around(features["comment"], 6), 4) / 4,
    }


def _describe_indentation(lines: Sequence[str], prose_words: "Column") -> "dict[str, Column]":
    """Compare each line's indentation with that of most of the prose: a browser's text indents what
    stands deeper in the page."""
    import numpy as np

    indents = np.array([len(line) - len(line.lstrip()) for line in lines])
    weights = np.bincount(indents, weights=prose_words)
    main = weights.argmax() if weights.any() else indents.min()
    same = (indents == main).astype(float)
    step = _bound(_change(indents, 0), -4, 4) / 4
    return {
        "indent_same": same,
        "indent_same@-1": _shift(same, -1),
        "indent_same@+1": _shift(same, 1),
        "indent_more": _bound(indents - main, 0, 10) / 10,
        "indent_share": weights[indents] / max(prose_words.sum(), 1.0),
        "indent_step": step,
        "indent_step@+1": _shift(step, 1),
    }


def _describe_gaps(gaps: Sequence[int], counts: "Column", prose: "Column") -> "dict[str, Column]":
    """Compare the blank lines around a line with those between paragraphs; lines without one
    between are a group."""
    import numpy as np

    before = np.minimum(np.asarray(gaps, dtype=float), 5)
    after = np.append(before[1:], 5.0)
    between = before[1:][(prose[1:] > 0) & (prose[:-1] > 0)]
    usual = float(np.bincount(between.astype(int)).argmax()) if len(between) else 1.0
    group = np.cumsum((before > 0) | (np.arange(len(before)) == 0)) - 1
    return {
        "gap": before / 5,
        "gap_usual": (before == usual).astype(float),
        "gap_usual@+1": (after == usual).astype(float),
        "gap_none": (before == 0).astype(float),
        "gap_none@+1": (after == 0).astype(float),
        "group": np.minimum(np.bincount(group)[group], 8) / 8,
        "group_words": np.minimum(np.bincount(group, weights=counts)[group], 100) / 100,
    }


def _distance(hits: "Column") -> "Column":
    """Count the lines since the last hit above each line, at most 12."""
    import numpy as np

    place = np.arange(len(hits))
    last = np.maximum.accumulate(np.where(hits, place, -99))
    found: Column = np.minimum(place - np.concatenate([[-99], last[:-1]]), 12)
    return found


def _describe_place(
    features: "dict[str, Column]", counts: "Column", prose_words: "Column", strong: "Column"
) -> "dict[str, Column]":
    """Say where a line stands: on the page, in its prose, between whole paragraphs, and after
    markers such as "More news"."""
    import numpy as np

    count, total = len(counts), max(float(prose_words.sum()), 1.0)
    above = np.cumsum(prose_words) - prose_words
    upward, downward = _distance(strong), _distance(strong[::-1])[::-1]
    marker = sum(
        features[name]
        for name in ("related", "social", "prompt", "login", "nav", "donation", "copyright")
    )
    is_marker = (np.asarray(marker) > 0) & (counts < 14)
    paragraphs, is_prose = np.cumsum(strong), prose_words > 0
    shape = 2 * features["bullet"] + is_prose
    run = np.cumsum(_change(shape, shape[0]) != 0)
    first = int(strong.argmax()) if strong.any() else count
    begun = np.arange(count) > first
    since = np.where(is_marker & begun, above, 0.0)
    since = np.maximum.accumulate(np.concatenate([[0.0], since[:-1]]))

    def above_of(hits: "Column", most: int) -> "Column":
        hits = (hits > 0) & begun
        return np.where(begun, np.minimum(np.cumsum(hits) - hits, most), 0) / most

    return {
        "position": np.arange(count) / max(count - 1, 1),
        "prose_above": above / total,
        "prose_below": (total - above - prose_words) / total,
        "strong_above": upward / 12,
        "strong_below": downward / 12,
        "paragraphs_above": np.minimum(paragraphs - strong, 6) / 6,
        "paragraphs_below": np.minimum(paragraphs[-1] - paragraphs, 6) / 6,
        "prose_upward": _distance(is_prose) / 12,
        "prose_downward": _distance(is_prose[::-1])[::-1] / 12,
        "run": np.minimum(np.bincount(run)[run], 20) / 20,
        "between": 1 / np.maximum(np.maximum(upward, downward), 1),
        "since_marker": np.minimum(above - since, 300) / 300,
        "markers_above": above_of(is_marker, 6),
        "related_above": above_of(features["related"], 3),
        "comments_above": above_of(features["comment"], 4),
    }


def _describe_block(
    counts: "Column", strong: "Column", keys: Sequence[frozenset[str]]
) -> "dict[str, Column]":
    """Find the block of paragraphs with the most words, and say where a line stands to it and how
    many of its words stand in it."""
    import numpy as np

    count = len(counts)
    inside = _find_block(counts, strong)
    place, start, end = (
        np.arange(count),
        int(inside[0]) if len(inside) else count,
        int(inside[-1]) if len(inside) else count,
    )
    usual = _median(counts[strong]) if strong.any() else 30.0
    topic = _share_topic(keys, counts)
    shared = _share_block(keys, inside) if len(inside) else np.zeros(count)
    weight = np.minimum(counts, 40)
    return {
        "in_block": ((place >= start) & (place <= end)).astype(float),
        "to_block": _bound(start - place, 0, 20) / 20,
        "from_block": _bound(place - end, 0, 30) / 30,
        "length_ratio": np.minimum(counts / max(usual, 1.0), 2),
        "topic": topic,
        "block_topic": shared,
        "block_topic~": _around(shared * weight, 3) / (_around(weight, 3) + 1),
    }


def _median(numbers: "Column") -> float:
    """Find the middle of a few numbers; numpy's function takes ten times as long for so few."""
    listed = sorted(numbers.tolist())
    found: float = (listed[(len(listed) - 1) // 2] + listed[len(listed) // 2]) / 2
    return found


def _find_block(counts: "Column", strong: "Column") -> "Column":
    """Find the whole paragraphs of the block with the most words; a few weaker lines may stand
    between two of them."""
    import numpy as np

    places = np.flatnonzero(strong)
    if not len(places):
        return places
    block = np.cumsum(_change(places, places[0]) > BLOCK_GAP + 1)
    found: Column = places[block == np.bincount(block, weights=counts[places]).argmax()]
    return found


def _share_topic(keys: Sequence[frozenset[str]], counts: "Column") -> "Column":
    """Which share of a line's telling words stands in another line of some length."""
    import numpy as np

    weights = np.where(counts >= PROSE_WORDS, 1.0, 0.3).tolist()
    seen: dict[str, float] = {}
    for own, weight in zip(keys, weights, strict=True):
        for word in own:
            seen[word] = seen.get(word, 0.0) + weight
    others = {
        weight: {word for word, total in seen.items() if total - weight >= 0.9}
        for weight in set(weights)
    }
    return np.array(
        [
            len(own & others[weight]) / len(own) if own else 0.0
            for own, weight in zip(keys, weights, strict=True)
        ]
    )


def _share_block(keys: Sequence[frozenset[str]], inside: "Column") -> "Column":
    """Which share of a line's telling words stands in another line of the main block."""
    import numpy as np

    members = set(inside[:40].tolist())
    seen = Counter(chain.from_iterable(keys[i] for i in members))
    once, twice = set(seen), {word for word, count in seen.items() if count > 1}
    return np.array(
        [
            len(own & (twice if i in members else once)) / len(own) if own else 0.0
            for i, own in enumerate(keys)
        ]
    )


def _describe_address(
    texts: Sequence[str], words: Sequence[Sequence[str]], url: str | None
) -> "dict[str, Column]":
    """Say where the headline stands that the address tells, where it does."""
    import numpy as np

    told = list_headline_words(url)
    headline = (
        find_headline_line([text if len(text) <= MAX_HEADLINE else "" for text in texts], told)
        if told
        else None
    )
    count = len(texts)
    if headline is None:
        none = np.zeros(count)
        return {
            "address_share": none,
            "is_address": none,
            "above_address": none,
            "below_address": none,
        }
    place = np.arange(count)
    return {
        "address_share": np.array([len(told.intersection(own)) / len(told) for own in words]),
        "is_address": np.array([float(text == texts[headline]) for text in texts]),
        "above_address": (place < headline).astype(float),
        "below_address": ((place > headline) & (place <= headline + 2)).astype(float),
    }
