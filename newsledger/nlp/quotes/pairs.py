"""Pairs of quotation marks inside a paragraph, by family (double or single) and by side: a broken
pair spoils its paragraph and never the document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsledger.nlp.quotes.forms import WORD, find_last_word, speech_forms

_MARK = re.compile(r"[“”„‟«»\"]|''|``|(?<!\w)['‘’‚]|['’](?!\w)")
_ELISION = re.compile(
    r"(?:em|til|tis|twas|cause|cos|bout|round|n)\b(?!’\w)|\d\ds?\b", re.IGNORECASE
)
_LAST_SIGNS = frozenset(".,!?…—–")  # of quoted words, before the mark that closes them
_ENDING = _LAST_SIGNS | frozenset("’'”")
_OPENERS = frozenset("“ „ ‟ « ``".split())
_CLOSERS = frozenset("”»")
_BEFORE_OPENING = " \t\u00a0([{—–-‘'“\"/:"
_TAG_AFTER = re.compile(
    r"(?:,|[?!.…—–-]) (?=(?:(?:he|she|they|I|we|(?:[A-Z][\w.’'-]* ){0,3}[A-Z][\w’'-]*"
    r"|(?:the|a|an|his|her|their|its) (?:\w+ ){0,3}\w+) )?(?P<verb>[a-z]+)\b)"
)
MIN_WORDS = 4  # of a quotation without closing mark


@dataclass(frozen=True, slots=True)
class Mark:
    start: int
    end: int
    is_double: bool
    can_open: bool
    can_close: bool
    # a single mark that may be an apostrophe: "the boats’ engines"; a double one that may be inches
    is_weak: bool = False
    is_left: bool = False  # opens by its shape


@dataclass(frozen=True, slots=True)
class Pair:
    start: int
    end: int
    is_closed: bool
    depth: int
    is_double: bool


def is_taken_up(text: str, end: int, following: tuple[int, int] | None) -> bool:
    """Whether the next paragraph follows at once, and opens with a mark or closes one that it did
    not open."""
    if following is None or text.count("\n", end, following[0]) > 2:
        return False
    return (
        text[following[0] : following[1]].lstrip()[:1] in set("“„‟«\"‘'`")
        or _find_late_close(text, *following) is not None
    )


def _find_late_close(text: str, start: int, end: int) -> int | None:
    """Find where a quotation ends that was opened in the paragraph before: at a double mark that
    can only close."""
    first = next((mark for mark in _read_marks(text, start, end) if mark.is_double), None)
    is_close = (
        first is not None
        and first.can_close
        and not first.can_open
        and text[first.start - 1] in _LAST_SIGNS
    )
    return first.end if first is not None and is_close else None


def pair_paragraph(
    text: str, start: int, end: int, following: tuple[int, int] | None, waits: bool
) -> list[Pair]:
    marks = list(_read_marks(text, start, end))
    if not marks:
        return []
    pairs: list[Pair] = []
    i = 0
    if waits and (late := _find_late_close(text, start, end)):
        pairs.append(Pair(start, late, True, 0, True))
        i = next(j for j, mark in enumerate(marks) if mark.end == late) + 1
    while i < len(marks):
        mark = marks[i]
        if not mark.can_open:
            i += 1
            continue
        close = _find_close(marks, i, len(marks))
        if close is not None:
            pairs.append(Pair(mark.start, marks[close].end, True, 0, mark.is_double))
            pairs += _pair_inside(marks, i + 1, close)
            i = close + 1
            continue
        rival = next(
            (
                j
                for j in range(i + 1, len(marks))
                if marks[j].is_double == mark.is_double and marks[j].can_open
            ),
            None,
        )
        limit = marks[rival].start if rival is not None else end
        open_end = _end_unclosed(
            text, mark, start, limit, limit == end and is_taken_up(text, end, following)
        )
        if open_end:
            pairs.append(Pair(mark.start, open_end, False, 0, mark.is_double))
            inside = next(
                (j for j in range(i + 1, len(marks)) if marks[j].start >= open_end), len(marks)
            )
            pairs += _pair_inside(marks, i + 1, inside)
            i = inside
        else:
            i += 1
    return pairs


def _read_marks(text: str, start: int, end: int) -> Iterator[Mark]:
    for found in _MARK.finditer(text, start, end):
        sign, first, last = found[0], found.start(), found.end()
        before = text[first - 1] if first > start else ""
        after = text[last] if last < end else ""
        if before == " " and text[first - 2] in _ENDING and _is_loose(sign, after):
            before = text[first - 2]  # “But who are we? ” she wrote
        if sign in {"'", "‘", "’", "‚"}:
            mark = _read_single(text, sign, first, last, before, after)
        else:
            mark = _read_double(sign, first, last, before, after)
        if mark.can_open or mark.can_close:
            yield mark


def _is_loose(sign: str, after: str) -> bool:
    """Whether a double mark behind a space can only close."""
    return sign in _CLOSERS or (sign == '"' and not after.strip())


def _read_single(text: str, sign: str, first: int, last: int, before: str, after: str) -> Mark:
    begins = bool(after.strip()) and (after.isalnum() or after in '“"(…$£€[')
    can_open = (
        sign != "’"
        and begins
        and (not before or before in _BEFORE_OPENING or before in "”—")
        and not _ELISION.match(text, last)
    )
    can_close = (
        sign in {"'", "’"} and bool(before.strip()) and not after.isalnum() and before not in "([{—"
    )
    if can_close and text[max(first - 2, 0) : first].lower() in {"'n", "’n", "‘n"}:
        can_close = False
    is_weak = before in "sS" or (
        before in "nN"
        and text[max(first - 3, 0) : first - 1].lower()[-1:] == "i"
        and text[max(first - 3, 0)].isalpha()
    )
    return Mark(first, last, False, can_open, can_close, bool(before) and is_weak, sign == "‘")


def _read_double(sign: str, first: int, last: int, before: str, after: str) -> Mark:
    begins = bool(after.strip()) and (not before or before in _BEFORE_OPENING)
    if sign in _OPENERS:
        return Mark(
            first, last, True, bool(after.strip()), sign == "“" and not begins, is_left=True
        )
    if sign in _CLOSERS:
        return Mark(first, last, True, begins and sign == "”", bool(before.strip()))
    ends = bool(before.strip()) and before not in "([{" and not (begins and after.isalnum())
    is_glued = before.isalnum() and after.isalnum() and not before.isdigit()
    return Mark(first, last, True, begins or is_glued, ends, before.isdigit())


def _find_close(marks: list[Mark], i: int, last: int) -> int | None:
    """Find the mark before number `last` that closes mark i."""
    return (
        _find_close_double(marks, i, last)
        if marks[i].is_double
        else _find_close_single(marks, i, last)
    )


def _find_close_double(marks: list[Mark], i: int, last: int) -> int | None:
    """Find the mark that closes a double one; an opening mark in between breaks the pair, unless
    two closing ones follow it."""
    doubles = (j for j in range(i + 1, last) if marks[j].is_double)
    opened = 0
    for j in doubles:
        mark = marks[j]
        if mark.can_close and not (mark.can_open and mark.is_left and not opened):
            after = next((k for k in range(j + 1, last) if marks[k].is_double), None)
            if (
                mark.is_weak
                and after is not None
                and marks[after].can_close
                and not marks[after].can_open
            ):
                continue  # inches: the true closing mark is still to come
            if not opened:
                return j
            opened -= 1
        elif mark.can_close and marks[i].is_left and not opened:
            return j  # “ that closes „
        elif mark.is_left and not opened and _closes_twice(marks, j, last):
            opened += 1
        else:
            return None
    return None


def _closes_twice(marks: list[Mark], j: int, last: int) -> bool:
    later = [mark for mark in marks[j + 1 : min(j + 7, last)] if mark.is_double][:2]
    return len(later) == 2 and all(mark.can_close and not mark.can_open for mark in later)


def _find_close_single(marks: list[Mark], i: int, last: int) -> int | None:
    """Find the mark that closes a single one: the first that is no apostrophe, else the first that
    may be one."""
    weak, j = None, i + 1
    while j < last:
        mark = marks[j]
        if mark.is_double:
            inner = _find_close_double(marks, j, last) if mark.can_open else None
            if inner is None and mark.can_close and not mark.can_open:
                break  # the end of a quotation around this one
            j = j + 1 if inner is None else inner + 1
            continue
        if mark.can_open and not mark.can_close:
            break
        if mark.can_close and not mark.is_weak:
            return j
        if mark.can_close and weak is None:
            weak = j
        j += 1
    return weak


def _pair_inside(marks: list[Mark], first: int, last: int) -> list[Pair]:
    pairs, i = [], first
    while i < last:
        close = _find_close(marks, i, last) if marks[i].can_open else None
        if close is not None:
            pairs.append(Pair(marks[i].start, marks[close].end, True, 1, marks[i].is_double))
            i = close
        i += 1
    return pairs


def _end_unclosed(text: str, mark: Mark, start: int, limit: int, goes_on: bool) -> int | None:
    """Find where a quotation without closing mark ends: before "X said", else with its paragraph;
    `None` for a stray mark."""
    before = text[max(start, mark.start - 40) : mark.start].rstrip()
    if before and before[-1] not in ',:.!?—–”"’' and find_last_word(before) not in speech_forms():
        return None
    if goes_on:
        return limit
    if not mark.is_double:
        return None
    for tag in _TAG_AFTER.finditer(text, mark.start, limit):
        verb = tag["verb"]
        if (
            verb in speech_forms()
            or find_last_word(text[tag.end() : tag.end("verb")]) in speech_forms()
        ):
            return tag.start() + 1
    has_room = len(WORD.findall(text, mark.end, limit)) >= MIN_WORDS
    is_reopened = text[mark.end : limit].rstrip()[-1:] in {".", "!", "?"}  # “We left. “We ran.”
    is_over = is_reopened or not text[limit : limit + 1].strip()
    return limit if has_room and is_over else None
