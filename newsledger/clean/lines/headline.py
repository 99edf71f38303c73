"""Which line of a flattened page is its headline: a choice among lines, with weights learned by
`benchmarks/train_headline.py`.

What speaks for a line: the words of the address, words that the text below uses, a place right
above byline, time or text, being told twice on the page, the shape of a headline. "No line" is a
candidate too: some flattenings leave the headline out.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from newsledger import paths
from newsledger.clean.credits import find_authors
from newsledger.clean.lines.features import MAX_HEADLINE
from newsledger.clean.page.address import LETTERS, list_headline_words
from newsledger.clean.stamps import find_stamp
from newsledger.lexicon.function_words import load_function_words
from newsledger.lexicon.outlets import find_outlet
from newsledger.model.enums import LineRole
from newsledger.text.line_words import fold_runs, split_words

WEIGHTS = paths.LEARNED / "headline_weights.json"
SHORT_HEAD, TOP_WORDS = (
    10,
    3,
)  # lines above the text of a page with little above it, and words of its headline
REACH = 60  # lines above the text that are looked at, and a few below its first line
BELOW = 3
TOPIC_LINES = 40  # lines of the text whose words a headline shares
MAX_WORDS, MAX_MARK = 45, 120
KEY_LETTERS = 4  # of a word that the text may use too
MIN_ADDRESS = 0.6  # share of the address's words that makes a line a candidate wherever it stands
NOT_HEADLINE = frozenset(
    "donation prompt login social nav related copyright photo_credit correction "
    "contributor wire_credit comment published_at byline".split()
)
_BULLET = re.compile(r"^(?:[*+•·‣▪>»–-]|\d{1,2}[.)])\s+")
NAMES = (
    "address", "address_only", "no_address", "topic", "topic_count", "few_words", "some_words",
    "many_words", "full_stop", "colon", "bullet",
    "told_twice", "distance", "below_start", "first_line", "byline_or_time_below",
    "byline_or_time_above", "standfirst_below", "starts_small",
    "capitals", "text_like",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeadlineLine:
    """The line chosen, its text without list marks, and the rule that says why."""

    number: int
    text: str
    rule: str


def strip_bullet(text: str) -> str:
    """Cut a list mark off a line."""
    return text if text[:1].isalpha() else _BULLET.sub("", text)


@cache
def _load_weights() -> tuple[dict[str, float], float]:
    stored = json.loads(WEIGHTS.read_text("utf-8"))
    return stored["weights"], stored["no_line"]


def find_headline(
    texts: Sequence[str], roles: Sequence[str], start: int, url: str | None
) -> HeadlineLine | None:
    """Find the headline of a page whose text starts at line `start`; `None` where no line looks
    like one."""
    if start <= SHORT_HEAD and not list_headline_words(url):
        top = _find_top(texts, roles, start)
        return (
            HeadlineLine(top, strip_bullet(texts[top]), "top of the page")
            if top is not None
            else None
        )
    weights, none = _load_weights()
    best, most, found = None, none, {}
    for number, features in describe_headlines(texts, roles, start, url):
        score = sum([weights[name] * value for name, value in features.items() if value])
        if score > most:
            best, most, found = number, score, features
    if best is None:
        return None
    rule = (
        "words of the address"
        if found["address"] >= MIN_ADDRESS
        else "above byline or time"
        if found["byline_or_time_below"]
        else "above the text"
    )
    return HeadlineLine(best, strip_bullet(texts[best]), rule)


def _find_top(texts: Sequence[str], roles: Sequence[str], start: int) -> int | None:
    """Find the first line above the text that can be a headline, on a page with little above it:
    the standfirst comes second."""
    for i in range(start):
        text = texts[i]
        is_mark = (
            roles[i] in NOT_HEADLINE
            or _is_byline_or_time(text, roles[i])
            or _BULLET.match(text)
            or find_outlet(text)
        )
        if (
            not is_mark
            and len(text) <= MAX_HEADLINE
            and len(text.split()) >= TOP_WORDS
            and not find_authors(text)
        ):
            return i + 1 if i + 1 < start and _is_kicker(text, texts[i + 1]) else i
    return None


def _is_kicker(text: str, below: str) -> bool:
    """Whether a line in small letters stands above a headline in capitals: "Letter from the
    coast"."""
    is_capitals = below.isupper() and sum(map(str.isalpha, below.split())) >= TOP_WORDS
    return is_capitals and not text.isupper() and not _is_byline_or_time(below, "")


@dataclass(frozen=True, slots=True)
class _Page:
    """What a line is compared with: the lines, where the text starts, its words in one line or more
    and in two or more, which lines are byline or time, the address's words."""

    texts: Sequence[str]
    roles: Sequence[str]
    start: int
    once: set[str]
    twice: set[str]
    bodies: frozenset[int]
    marks: Sequence[bool]
    repeats: Counter[str]
    told: frozenset[str]


def describe_headlines(
    texts: Sequence[str], roles: Sequence[str], start: int, url: str | None
) -> list[tuple[int, dict[str, float]]]:
    """Describe the lines that could be the headline by the features of `NAMES`."""
    bodies = [i for i, role in enumerate(roles) if role == LineRole.BODY and i >= start][
        :TOPIC_LINES
    ]
    once: set[str] = set()
    twice: set[str] = set()
    for keys in (_list_keys(texts[i]) for i in bodies):
        twice |= once & keys
        once |= keys
    near = range(max(0, start - REACH), min(len(texts), start + 2 * BELOW))
    marks = [i in near and _is_byline_or_time(text, roles[i]) for i, text in enumerate(texts)]
    repeats = Counter([strip_bullet(text).casefold() for text in texts])
    page = _Page(
        texts,
        roles,
        start,
        once,
        twice,
        frozenset(bodies),
        marks,
        repeats,
        list_headline_words(url),
    )
    everywhere = (
        range(len(texts))
        if page.told
        else range(max(0, start - REACH), min(len(texts), start + BELOW))
    )
    return [(i, _describe(page, i)) for i in everywhere if _is_candidate(page, i)]


@lru_cache(maxsize=1024)
def _list_keys(text: str) -> frozenset[str]:
    return frozenset([word for word in split_words(text).runs if len(word) >= KEY_LETTERS])


def _is_candidate(page: _Page, i: int) -> bool:
    if not (page.start - REACH <= i < page.start + BELOW or _share_address(page, i) >= MIN_ADDRESS):
        return False
    text = page.texts[i]
    return (
        len(text) <= MAX_HEADLINE
        and page.roles[i] not in NOT_HEADLINE
        and not page.marks[i]
        and 2 <= len(text.split()) <= MAX_WORDS
    )


def _share_address(page: _Page, i: int) -> float:
    if not page.told or len(page.texts[i]) > MAX_HEADLINE:
        return 0.0
    return len(page.told.intersection(fold_runs(page.texts[i]))) / len(page.told)


def _describe(page: _Page, i: int) -> dict[str, float]:
    text, start = page.texts[i], page.start
    words = {word for word in fold_runs(text) if len(word) >= LETTERS}
    keys = _list_keys(text) - load_function_words()
    known = len(keys & (page.twice if i in page.bodies else page.once))
    count = len(text.split())
    return {
        "address": _share_address(page, i),
        "address_only": len(words & page.told) / len(words) if words else 0.0,
        "no_address": float(not page.told),
        "topic": known / len(keys) if keys else 0.0,
        "topic_count": min(known, 5) / 5,
        "few_words": float(count < 4),
        "some_words": float(5 <= count <= 22),
        "many_words": float(count > 28),
        "full_stop": float(text.endswith((".", "…"))),
        "colon": float(text.endswith(":")),
        "bullet": float(_BULLET.match(text) is not None),
        "told_twice": float(page.repeats[strip_bullet(text).casefold()] > 1),
        "distance": min(abs(start - i), 40) / 40,
        "below_start": float(i >= start),
        "first_line": float(i == 0),
        "byline_or_time_below": float(any(page.marks[i + 1 : i + 5])),
        "byline_or_time_above": float(any(page.marks[max(0, i - 4) : i])),
        "standfirst_below": float(
            i + 1 < start
            and len(page.texts[i + 1].split()) > 7
            and page.roles[i + 1] not in NOT_HEADLINE
        ),
        "starts_small": float(text[:1].islower()),
        "capitals": sum(map(str.isupper, text)) / max(sum(map(str.isalpha, text)), 1),
        "text_like": float(page.roles[i] == LineRole.BODY),
    }


def _is_byline_or_time(text: str, role: str) -> bool:
    if role in {LineRole.BYLINE, LineRole.PUBLISHED_AT}:
        return True
    return len(text) < MAX_MARK and (
        bool(find_authors(text, needs_by=True)) or find_stamp(text) is not None
    )
