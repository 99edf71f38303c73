"""Values that a claim states: figures with what they count, times of day, dates, years and ages,
each with the terms around it. Two claims that give one thing two values are not the same claim."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from newsledger.ledger.claims.terms import find_terms, fold_word, split_words
from newsledger.lexicon.time_words import english_months, load_month_names

NEAR_WORDS = 5  # words on each side of a value that say what it is of
OPEN_END = (
    1.5  # "at least 9" may be 13, and is not 40: an open interval ends at so many times its end
)
ROUNDED = 0.01  # a sum that is converted or rounded is the same sum
ROUND_MINUTES = 30  # "about 5 a.m." and "5:10" are one time; "12:20" and "12:13" are two
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.](\d\d))?\s*([ap])\.?\s?m\b\.?", re.IGNORECASE)
_MONTH = english_months()
_DATE = re.compile(
    rf"\b(?:({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!:|,\d{{3}})|(\d{{1,2}})(?:st|nd|rd"
    rf"|th)?\s+({_MONTH})\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:in|since|of|by|until|from|during|,|[A-Z][a-z]+\.?)\s+((?:19|20)\d\d)\b")
_AGE = re.compile(
    r"\b(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)[- ]years?[- ]old\b"
    r"|\baged (\d{1,2})\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_EACH = re.compile(r"\s*(?:[-–]?an?[- ]|per\s|/\s?|each\b)", re.IGNORECASE)  # "$70 a share"
_SMALL = {
    word: n
    for n, word in enumerate("zero one two three four five six seven eight nine ten".split())
}


@dataclass(frozen=True, slots=True)
class Value:
    """A value: what kind of thing it measures, the interval it allows, the terms around it."""

    kind: str
    unit: str
    low: float
    high: float
    near: frozenset[str]  # terms around it, not its own
    printed: str = ""
    noun: str = ""  # what is counted, folded

    def meets(self, other: "Value") -> bool:
        """Whether the two allow one value."""
        slack = ROUNDED * max(self.low, other.low) if self.kind in ("money", "percent") else 0.0
        return self.low <= other.high + slack and other.low <= self.high + slack


def find_values(text: str) -> tuple[Value, ...]:
    """Find the times of day, dates, years and ages of a text. Times are minutes of the day, dates
    are days of a year of 31-day months."""
    return (*(_find_times(text) if _DIGIT.search(text) else ()), *_find_ages(text))


def _find_times(text: str) -> Iterator[Value]:
    for match in _CLOCK.finditer(text):
        hour = int(match[1]) % 12 + (12 if match[3].lower() == "p" else 0)
        minute = hour * 60 + int(match[2] or 0)
        slack = 0 if match[2] else ROUND_MINUTES
        yield _make(text, match, "clock", "minute", minute - slack, minute + slack)
    for match in _DATE.finditer(text):
        month, day = (match[1], match[2]) if match[1] else (match[4], match[3])
        number = load_month_names("en")[month.lower()] * 31 + int(day)
        yield _make(text, match, "date", "day", number, number)
    for match in _YEAR.finditer(text):
        yield _make(text, match, "year", "year", int(match[1]), int(match[1]))


def _find_ages(text: str) -> Iterator[Value]:
    for match in _AGE.finditer(text):
        word = (match[1] or match[2]).lower()
        age = _SMALL[word] if word in _SMALL else int(word)
        follows = split_words(text[match.end() :])[:1]
        noun = fold_word(follows[0]) if follows and "-" in match[0] else ""
        yield replace(_make(text, match, "age", "year", age, age), noun=noun)


def make_figure(
    text: str, printed: str, kind: str, unit: str, low: float | None, high: float | None
) -> Value:
    """Make the value of a figure that stands in a text as printed."""
    at = text.find(printed)
    near = find_near(text, at, at + len(printed)) if at >= 0 else find_terms(text)
    if low is None or high is None:
        known = low if low is not None else high or 0.0
        low, high = (low, known * OPEN_END) if low is not None else (known / OPEN_END, high)
    if kind == "money" and _EACH.match(text[at + len(printed) :]):
        unit += " each"
    named = [term for word in split_words(printed) if (term := fold_word(word))]
    noun = named[-1] if named and not named[-1][0].isdigit() and kind != "money" else ""
    return Value(kind, unit, low or 0.0, math.inf if high is None else high, near, printed, noun)


def _make(text: str, match: re.Match[str], kind: str, unit: str, low: float, high: float) -> Value:
    return Value(kind, unit, low, high, find_near(text, match.start(), match.end()), match[0])


def find_near(text: str, start: int, end: int) -> frozenset[str]:
    """List the terms within `NEAR_WORDS` words of a span, its own and numbers left out."""
    before, after = split_words(text[:start]), split_words(text[end:])
    around = find_terms(" ".join((*before[-NEAR_WORDS:], *after[:NEAR_WORDS])))
    own = find_terms(text[start:end])
    return frozenset(term for term in around - own if not term[0].isdigit())


def group_kinds(values: Iterable[Value]) -> dict[tuple[str, str], list[Value]]:
    """Group values by kind and unit."""
    grouped: dict[tuple[str, str], list[Value]] = {}
    for value in values:
        grouped.setdefault((value.kind, value.unit), []).append(value)
    return grouped


def find_clashes(
    left: Sequence[Value], right: Sequence[Value]
) -> tuple[list[tuple[Value, Value]], int]:
    """Find the values of one kind and unit that no value of the other side meets. Returns the
    clashing pairs, the likest first, and how many values agree."""
    if not (left and right):
        return [], 0
    ours, theirs = group_kinds(left), group_kinds(right)
    clashes: list[tuple[Value, Value]] = []
    agreed = 0
    for key in sorted(ours.keys() & theirs.keys()):
        open_left = [v for v in ours[key] if not any(v.meets(o) for o in theirs[key])]
        open_right = [v for v in theirs[key] if not any(v.meets(o) for o in ours[key])]
        agreed += len(ours[key]) - len(open_left)
        if open_left and open_right:
            clashes += [(one, other) for one in open_left for other in open_right]
    return sorted(clashes, key=lambda pair: -measure_near(*pair)), agreed


def measure_near(left: Value, right: Value) -> float:
    """Share of the terms around two values that both have."""
    union = left.near | right.near
    return len(left.near & right.near) / len(union) if union else 0.0
