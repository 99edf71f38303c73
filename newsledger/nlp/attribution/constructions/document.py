"""A document with what the search looks up again and again, the candidate as a record, and small
helpers of both."""

import bisect
import re
from dataclasses import dataclass, field

from newsledger.clean.datelines import find_dateline_end
from newsledger.model.enums import (
    Construction,
    CueClass,
    CueStance,
    CueType,
    EntityLabel,
    Form,
    QuotationKind,
)
from newsledger.model.records import Entity, Quotation, Span
from newsledger.nlp.parse.parsed import ParsedText, Word
from newsledger.nlp.quotes.marks import list_marks

SURE = 0.6  # probability of a construction that needs no weights
# of a paragraph; a line that goes on in lower case is only wrapped
_BREAK = re.compile(r"\n(?![ \t]*[a-z])|\n(?=\s*\n)")
_CLOSING = " .,;:!?…“”\"‘’'«»"
POSSIBLE = 0.45  # just enough for an attitude to be kept
LIKELY = 0.5  # just enough to be kept
SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|Lt|Jr|Sr))(?<!\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Sgt"
    r"|Rev))[.!?][”\"’']?\s"
)


@dataclass(frozen=True, slots=True)
class Beside:
    """How the quotations beside a cue meet it. Signs are the last one of the quotation before, and
    the one that introduces the quotation after; `None` without such a quotation, "" where it
    touches, "open" without a sign."""

    before: str | None = None
    after: str | None = None
    touches_before: bool = False
    touches_after: bool = False
    is_split: bool = False  # both are pieces of one utterance
    is_sentence_after: bool = False  # a colon introduces a whole sentence


@dataclass(slots=True)
class Candidate:
    """A reading of one cue (or of a quotation without one). Spans are code points; `cue_index` is a
    token, -1 without cue."""

    group: tuple[int, str]
    construction: Construction
    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    cue_index: int
    lemma: str
    cue_class: CueClass
    stance: CueStance
    form: Form = Form.INDIRECT
    is_negated: bool = False
    features: dict[str, float] = field(default_factory=dict)
    cue_type: CueType = CueType.SPEAKING
    # what else is known of it, by which it is decided; `features` only feed weights
    is_quoted: bool = False  # the cue stands inside quoted words
    is_mute: bool = False  # the subject is nothing that speaks
    is_relative: bool = False  # "…, who warned of"
    is_pronoun: bool = False  # "he said"
    is_subordinate: bool = False  # "if", "because", "while"
    is_nested: bool = False  # the cue stands in what another cue of speech tells
    leads_page: bool = False  # a speaker and a colon begin the text
    beside: Beside = Beside()
    floor: float = 0.0  # least probability, of constructions too rare to learn
    vote: str = ""  # of the second reader, in words


@dataclass(slots=True)
class IndexedText:
    """A document with what the search looks up again and again."""

    doc: "ParsedText"
    text: str
    speech: list[Span]  # pieces of speech quotations
    utterance_of: list[int]  # quotation by piece
    quote_of: list[int]  # index into `speech` by token, -1 outside
    marks: list[Span]  # pieces of all quotations
    paragraph_of: list[int]  # by token
    entity_of: dict[int, EntityLabel]  # label by token
    starts: list[int]  # of `speech`
    questions: set[int]  # tokens of sentences that end with a question mark


def index_text(
    doc: "ParsedText", quotations: tuple[Quotation, ...], entities: tuple[Entity, ...]
) -> IndexedText:
    text = doc.text
    outer = [quotation for quotation in quotations if not quotation.depth]
    utterances = [quotation for quotation in outer if quotation.kind == QuotationKind.SPEECH]
    speech = [piece for quotation in utterances for piece in quotation.pieces]
    utterance_of = [number for number, quotation in enumerate(utterances) for _ in quotation.pieces]
    marks = list_marks(quotations)
    quote_of, piece = [-1] * len(doc), 0
    for i, start in enumerate(doc.starts) if speech else ():
        while piece < len(speech) and speech[piece].end <= start:
            piece += 1
        if piece < len(speech) and speech[piece].start <= start:
            quote_of[i] = piece
    entity_of: dict[int, EntityLabel] = {}
    for entity in entities:
        first = bisect.bisect_left(doc.starts, entity.start)
        for i in range(first, bisect.bisect_left(doc.starts, entity.end, first)):
            entity_of[i] = entity.label
    return IndexedText(
        doc,
        text,
        speech,
        utterance_of,
        quote_of,
        marks,
        _number_paragraphs(doc),
        entity_of,
        [piece.start for piece in speech],
        _find_questions(doc),
    )


def _number_paragraphs(doc: "ParsedText") -> list[int]:
    """The number of the paragraph of each word."""
    found: list[int] = []
    ends = [bisect.bisect_right(doc.starts, at.start()) for at in _BREAK.finditer(doc.text)]
    for number, end in enumerate([*ends, len(doc)]):
        found += [number] * (end - len(found))
    return found


def _find_questions(doc: "ParsedText") -> set[int]:
    found: set[int] = set()
    for sentence in doc.sents:
        last = next((token for token in reversed(sentence) if not token.is_space), None)
        if last is not None and last.text.endswith("?"):
            found.update(range(sentence.start, sentence.end))
    return found


def clip_to_paragraph(text: str, span: Span, at: int) -> Span:
    """The part of a span that stands in the paragraph of an offset."""
    breaks = [found.start() for found in _BREAK.finditer(text, *span)]
    start = max((place + 1 for place in breaks if place < at), default=span.start)
    return Span(start, min((place for place in breaks if place >= at), default=span.end))


def end_of(token: "Word") -> int:
    return token.idx + len(token.text)


def subtree_of(token: "Word") -> Span:
    return Span(token.left_edge.idx, end_of(token.right_edge))


def trim(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Take marks and spaces off the ends of a span, and the dateline that it begins with: "BEIRUT
    (AP) — Rebels"."""
    if start == 0 or text[start - 1] == "\n":
        start = min(find_dateline_end(text, start), end)
    while start < end and text[start] in " \n\t,;:—–-)":
        start += 1
    while start < end and text[end - 1] in " \n\t,;:—–-":
        end -= 1
    return (Span(start, end),) if start < end else ()


def close_marks(indexed: IndexedText, span: Span, verb: "Word") -> Span:
    """A span with both marks of a quotation that it holds but for a mark: `"a week of chaos` and
    then the mark."""
    start, end = span
    for mark in indexed.marks[max(bisect.bisect_right(indexed.marks, (start,)) - 1, 0) :]:
        if mark.start >= end:
            break
        if mark.start <= verb.idx < mark.end:
            continue
        if (
            start <= mark.start
            and end < mark.end
            and not indexed.text[end : mark.end].strip(_CLOSING)
        ):
            end = mark.end
        if (
            mark.start < start
            and mark.end <= end
            and not indexed.text[mark.start : start].strip(_CLOSING)
        ):
            start = mark.start
    return Span(start, end)


def measure_quoted(indexed: IndexedText, span: Span) -> int:
    """How many code points of a span stand inside quotations."""
    total = 0
    for piece in indexed.speech[max(bisect.bisect_right(indexed.starts, span.start) - 1, 0) :]:
        if piece.start >= span.end:
            break
        total += max(0, min(span.end, piece.end) - max(span.start, piece.start))
    return total


def as_topic(candidate: Candidate) -> Candidate:
    """Mark what names its subject and says nothing of it: "announced new homes for the ferries",
    "comments about the pier"."""
    if candidate.cue_class == CueClass.SPEECH:
        candidate.cue_class = CueClass.TOPIC
    return candidate


def split_at(indexed: IndexedText, spans: list[Span], verb: "Word") -> tuple[Span, ...]:
    """Take the cue out of spans that hold it."""
    pieces = []
    for start, end in spans:
        if start <= verb.idx < end:
            pieces += [
                span
                for span in (Span(start, verb.idx), Span(end_of(verb), end))
                if span.end - span.start > 2
            ]
        else:
            pieces.append(Span(start, end))
    return tuple(pieces)
