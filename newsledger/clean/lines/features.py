"""What the lines of a flattened page look like: numbers about each line, its neighbours, its block
and its place on the page.

All of them are about shape (length, punctuation, letter case, indentation, blank lines, repetition,
words shared with the page's main block), none about the words of an article, so that weights
learned on some publishers hold for others.
"""

import math
import re
from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from newsledger.clean.lines.vocabulary import score_words
from newsledger.clean.page.address import find_headline_line, list_headline_words
from newsledger.lexicon.phrases import find_role
from newsledger.model.enums import LineRole
from newsledger.text.line_words import split_words

if TYPE_CHECKING:
    import numpy as np

    Column = np.ndarray
from newsledger.clean.lines.columns import (
    ENDING,
    FLAGS,
    MEASURED,
    PROSE,
    PROSE_STOPS,
    PROSE_WORDS,
    WORDING,
)
from newsledger.clean.lines.surroundings import (
    describe_block,
    describe_gaps,
    describe_indentation,
    describe_neighbours,
    describe_place,
    describe_windows,
    shift,
)
from newsledger.lexicon.function_words import load_function_words

MAX_HEADLINE = 220  # code points; a longer line is no headline
LONG_LINE = 80  # words; phrases are not looked for in a line so long
STRONG_WORDS, STRONG_STOPS = 18, 0.25  # and a whole paragraph of it
KEY_LETTERS = 5  # of a word that tells what a text is about
WHOLE = 0.95  # share of the words that stand in sentences where a text is an article alone
HEAD_WORDS = 30  # of headline, byline and time above a short one
NAME_WORDS = 20  # words of a line that can name the outlet

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
    features |= describe_neighbours(features, words)
    features |= _describe_words(texts)
    features |= describe_windows(features, prose_words, strong)
    features |= describe_indentation(lines, prose_words)
    features |= describe_gaps(gaps, counts, features["prose"])
    features |= describe_place(features, counts, prose_words, strong)
    features |= describe_block(counts, strong, keys)
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
        count for measure, count in zip(measures, words, strict=True) if measure.numbers[PROSE]
    )
    rest = sum(words) - prose
    if prose < PROSE_WORDS or rest > max((1 - WHOLE) * (prose + rest), HEAD_WORDS):
        return None
    ends = [i for i, measure in enumerate(measures) if measure.numbers[ENDING] and words[i] > 1]
    return range(ends[0], ends[-1] + 1)


class _Measure(NamedTuple):
    """What one line is like by itself: its numbers (`MEASURED`), and its words that tell a
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
        .reshape(-1, len(MEASURED))
        .T
    )
    features = dict(zip(MEASURED, table, strict=True))
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
        share * sum(len(word) > 1 for word in filter(str.isupper, printed)),
        "|" in text or " › " in text, text.endswith(":"),
        '"' in text or "“" in text or "«" in text, " said" in low or " says" in low,
        not _READER.isdisjoint(words),
        count > 0 and words[0] in _ORDER, text.endswith("?"), low.startswith("by "), count == 0,
        text[:1].islower(),
        text[:1].isdigit(), "http" in low or "www." in low or "@" in low, "\t" in text,
        digits > 0 and _STAMP.search(low) is not None,
        _BULLET.match(text) is not None, *FLAGS[role],
        role == LineRole.COMMENT or (len(text) < 60 and low.endswith(_SAYS)),
        "pic.twitter.com" in low or "(@" in low,
        5 <= count <= 18 and not ends and not text.endswith(":") and digits < 0.3,
        False,
        ends and count >= PROSE_WORDS and stops > PROSE_STOPS,
    )  # fmt: skip
    return _Measure(
        array("d", numbers),
        frozenset([word for word in words if len(word) >= KEY_LETTERS]) - stop_words,
    )


def _describe_words(texts: Sequence[str]) -> "dict[str, Column]":
    """Say how the words of each line and its neighbours sound: like an article, above 0, or like
    furniture."""
    import numpy as np

    scores = np.array([score_words(text) for text in texts])
    return dict(zip(WORDING, (scores, shift(scores, -1), shift(scores, 1)), strict=True))


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
