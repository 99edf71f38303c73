"""Quotations: pairs of marks, paragraphs that go on, and what each is (speech, scare, title, nickname).

Marks are paired inside a paragraph, so that a broken pair spoils its paragraph and never the document. A paragraph that
opens a quotation and does not close it runs to its end; where the next paragraph opens with a mark again, the two are one
utterance (each paragraph opened, the last one closed).
"""

import re

from newsledger.records import Quotation, Span

ORIGIN = "quotes/1"
MIN_SPEECH_WORDS = 4  # shorter ones are speech only with a comma, full stop, question or exclamation mark before the closing mark

_PARAGRAPH = re.compile(r"[^\n]+")
_DOUBLE = re.compile(r"[“”„«»\"]|''|``")
_OPEN_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=[\w“\"(…])")
_CLOSE_SINGLE = re.compile(r"(?<=[\w.,!?…”\")])[’'](?![\w])")
_WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
_TITLE_CUE = re.compile(
    r"\b(?:titled|entitled|called|named|dubbed|book|film|movie|novel|song|album|show|series|play|memoir|documentary|podcast|hashtag|headline)"
    r"(?: of| is| was)?,? $",
    re.IGNORECASE,
)
_SPEECH_END = re.compile(r"[.,!?…—-]$")
_MULTI_MAX_GAP = 3  # characters between two paragraphs of one utterance


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Find the quotations of a text in reading order; pieces include their marks."""
    found: list[Quotation] = []
    for paragraph in _PARAGRAPH.finditer(text):
        found += _find_in_paragraph(text, paragraph.start(), paragraph.end())
    return tuple(_join_paragraphs(text, found))


def _find_in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    spans = _pair_double(text, start, end)
    if not spans:
        spans = _pair_single(text, start, end)
    return [Quotation((Span(a, b),), _kind_of(text, a, b), is_closed) for a, b, is_closed in spans]


def _pair_double(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    spans, opened = [], None
    for mark in _DOUBLE.finditer(text, start, end):
        if opened is None:
            if _can_open(text, mark, start):
                opened = mark.start()
        elif _can_close(text, mark, end):
            spans.append((opened, mark.end(), True))
            opened = None
        elif mark[0] in "“„«" and _can_open(text, mark, start):  # a second opening mark: the first pair is broken
            opened = mark.start()
    if opened is not None and len(_WORD.findall(text[opened:end])) >= MIN_SPEECH_WORDS:
        spans.append((opened, end, False))
    return spans


def _can_open(text: str, mark: re.Match[str], start: int) -> bool:
    if mark[0] in "“„«``":
        return True
    if mark[0] in "”»":
        return False
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    return bool(after.strip()) and (mark.start() == start or not before or before in " (\u00a0—–-[‘'/:")


def _can_close(text: str, mark: re.Match[str], end: int) -> bool:
    if mark[0] in "”»''":
        return True
    if mark[0] in "“„«``":
        return False
    before = text[mark.start() - 1 : mark.start()]
    return bool(before.strip()) or mark.end() == end


def _pair_single(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    spans, position = [], start
    while opening := _OPEN_SINGLE.search(text, position, end):
        closing = None
        for candidate in _CLOSE_SINGLE.finditer(text, opening.end(), end):
            before = text[candidate.start() - 1]
            is_possessive = before == "s" and text[candidate.end() : candidate.end() + 2].lstrip()[:1].islower()
            if before in ".,!?…" or not is_possessive:
                closing = candidate
                break
        if closing is None:
            break
        spans.append((opening.start(), closing.end(), True))
        position = closing.end()
    return spans


def _kind_of(text: str, start: int, end: int) -> str:
    inner = text[start + 1 : end - 1].strip()
    words = _WORD.findall(inner)
    before, after = text[max(0, start - 24) : start], text[end : end + 12]
    if (
        len(words) <= 2
        and re.search(r"[A-Z]\w+\.? $", before)
        and re.match(r" [A-Z]\w+", after)
        and inner[:1].isupper()
        and inner[-1:].isalpha()
    ):
        return "nickname"
    capitals = sum(word[:1].isupper() for word in words)
    if (
        words
        and not _SPEECH_END.search(inner)
        and (_TITLE_CUE.search(before) or (1 < len(words) <= 8 and capitals >= 0.75 * len(words) and capitals > 1))
    ):
        return "title"
    if len(words) < MIN_SPEECH_WORDS and not _SPEECH_END.search(inner):
        return "scare"
    return "speech"


def _join_paragraphs(text: str, found: list[Quotation]) -> list[Quotation]:
    """Join quotations that go on over paragraphs: the first unclosed, the next opening right below it."""
    joined: list[Quotation] = []
    for quotation in found:
        last = joined[-1] if joined else None
        if last and not last.is_closed and quotation.pieces[0].start - last.pieces[-1].end <= _MULTI_MAX_GAP:
            joined[-1] = Quotation((*last.pieces, *quotation.pieces), "speech", quotation.is_closed)
        else:
            joined.append(quotation)
    return joined
