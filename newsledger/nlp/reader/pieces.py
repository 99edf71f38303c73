"""What the second reader sees: word pieces in windows, and by piece what parse, quotation marks
and cues tell of its word; not what the candidates are, so that its vote is its own.

A window holds whole sentences of one or more paragraphs, with a mark at each paragraph's begin.
Only paragraphs that are asked for are read.
"""

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from newsledger.lexicon.cues import CLASSES, load_cues
from newsledger.model.enums import QuotationKind
from newsledger.model.records import Quotation, Span
from newsledger.nlp.parse.parsed import ParsedText, Word
from newsledger.nlp.reader.wordpieces import cut_pieces

MAX_PIECES = 192  # of a window; attribution seldom reaches further than three sentences
PARAGRAPH = 1  # the vocabulary's first unused piece
_CUE_PARTS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective", "ADV": "adverb"}
_RELATIONS = tuple(
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj"
    " csubj csubjpass dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj "
    "nsubjpass nummod"
    " oprd parataxis pcomp pobj poss preconj predet prep prt punct quantmod relcl xcomp".split()
)
_LABELS = ("", "PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "DATE", "CARDINAL")
_OPENING = frozenset("“\"‘'„«")
FACT_SIZES = (
    3,  # case: lower, capital, capitals
    3,  # quotation: outside, first word, inside
    1 + 5 * len(CLASSES),  # listed cue by part of speech and class
    1 + len(_RELATIONS),  # relation in the parse
    1 + len(_LABELS),  # kind of name
)
"""How many values each fact of a piece has."""


@dataclass(slots=True)
class Window:
    """Word pieces that are read together. `spans` are code points of the text; a mark's is
    empty."""

    ids: list[int] = field(default_factory=list)
    facts: list[tuple[int, ...]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


def cut_windows(
    doc: ParsedText,
    quotations: Sequence[Quotation],
    asked_for: Iterable[Span],
) -> list[Window]:
    """Cut the paragraphs that hold the spans asked for into windows of whole sentences."""
    text = doc.text
    breaks = list_breaks(text)
    asked = find_paragraphs(breaks, asked_for)
    facts = _list_facts(doc, quotations)
    starts = [word.idx for word in doc]
    windows = [Window()]
    for sentence in doc.sents:
        start, raw = sentence.start_char, sentence.text
        start, end = start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip())
        if start >= end or bisect.bisect_left(breaks, start) not in asked:
            continue
        pieces = list(cut_pieces(text[start:end]))
        is_new = not text[text.rfind("\n", 0, start) + 1 : start].strip()
        needed = len(pieces) + is_new
        if windows[-1].ids and len(windows[-1].ids) + needed > MAX_PIECES:
            windows.append(Window())
        if is_new:
            _put(windows, PARAGRAPH, (0,) * len(FACT_SIZES), Span(start, start))
        for piece, (first, last) in pieces:
            at = bisect.bisect_right(starts, start + first) - 1
            printed = text[start + first : start + last]
            case = 2 if printed.isupper() and len(printed) > 1 else int(printed[:1].isupper())
            _put(windows, piece, (case, *facts[max(at, 0)]), Span(start + first, start + last))
    return [window for window in windows if window.ids]


def _put(windows: list[Window], piece: int, facts: tuple[int, ...], span: Span) -> None:
    if len(windows[-1].ids) >= MAX_PIECES:  # a sentence longer than a window
        windows.append(Window())
    windows[-1].ids.append(piece)
    windows[-1].facts.append(facts)
    windows[-1].spans.append(span)


def list_breaks(text: str) -> list[int]:
    """List where paragraphs end."""
    return [i for i, char in enumerate(text) if char == "\n"]


def find_paragraphs(breaks: Sequence[int], spans: Iterable[Span]) -> set[int]:
    """Number the paragraphs that spans reach into."""
    found: set[int] = set()
    for span in spans:
        first = bisect.bisect_left(breaks, span.start)
        found.update(range(first, bisect.bisect_left(breaks, span.end) + 1))
    return found


def _list_facts(doc: ParsedText, quotations: Sequence[Quotation]) -> list[tuple[int, ...]]:
    """List by word: quotation, cue, relation, kind of name."""
    quoted = _mark_words(
        [word.idx for word in doc],
        [
            piece
            for item in quotations
            if item.kind == QuotationKind.SPEECH
            for piece in item.pieces
        ],
    )
    return [
        (
            quoted[i],
            _cue_of(word),
            _index(_RELATIONS, word.dep_),
            _index(_LABELS, word.ent_type_),
        )
        for i, word in enumerate(doc)
    ]


def _mark_words(starts: Sequence[int], pieces: Iterable[Span]) -> list[int]:
    """Mark the words of spans: 1 the first of each, 2 the others."""
    marks = [0] * len(starts)
    for piece in pieces:
        first, last = (bisect.bisect_left(starts, offset) for offset in piece)
        for i in range(first, last):
            marks[i] = 1 if i == first else 2
    return marks


def _cue_of(word: Word) -> int:
    part = "preposition" if word.lower_ == "according" else _CUE_PARTS.get(word.pos_, "")
    lemma = "according" if part == "preposition" else word.lemma_.lower()
    return _list_cues().get((lemma, part), 0)


@cache
def _list_cues() -> dict[tuple[str, str], int]:
    parts = ("verb", "noun", "adjective", "adverb", "preposition")
    return {
        key: 1 + parts.index(cue.pos) * len(CLASSES) + CLASSES.index(cue.cue_class)
        for key, cue in load_cues().items()
    }


def _index(names: tuple[str, ...], name: str) -> int:
    return names.index(name) + 1 if name in names else 0
