"""Quotations without a cue of their own: the same voice goes on, or somebody was named just before.

“We lost the barn,” Ana Lund said.          Per Dahl was still angry on Monday. “They lied to us.”
“Then the house went.”

Decided after the attributions with a cue are chosen, from what stands right before the quotation; a
speaker farther up is too often not who speaks.
"""

import re
from typing import TYPE_CHECKING

from newsledger.model.enums import (
    Construction,
    CueClass,
    CueStance,
    EntityLabel,
    Form,
    QuotationKind,
)
from newsledger.model.records import Quotation, Span
from newsledger.nlp.attribution.source_spans import find_source
from newsledger.nlp.claims.sources import can_speak
from newsledger.nlp.parse.parsed import ParsedText, Phrase, Word

if TYPE_CHECKING:
    from newsledger.nlp.attribution.constructions.document import Candidate

SURE = 0.6
MAX_TAG_REST = 120  # code points behind "X said" that still belong to the tag
MIN_SHARE = 0.6  # of its line that a quotation takes which is a paragraph of its own
MIN_WORDS = 4
MAX_CAPITALS = 0.7  # of its words; more are a heading: 'Coal Is Not the Villain'
_ENDS = frozenset(".!?…,")  # of a sentence, before the mark that closes it
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_WORD = re.compile(r"\w+")
# a line of a picture: it ends with its credit in brackets, or is a sentence without a full stop
_CAPTION = re.compile(
    r"[^\n]{20,300}\([A-Z][^()\n]{2,60}\)"
    r"|(?!['‘]|.*[.!?] [A-Z])(?:[^\s“”\"]+ ){5,40}[^\s“”\".:!?…,]+"
)
_SPEAKING = frozenset({CueClass.SPEECH, CueClass.TOPIC, CueClass.ATTITUDE})


def find_voices(
    doc: "ParsedText", text: str, quotations: tuple[Quotation, ...], kept: "list[Candidate]"
) -> "list[Candidate]":
    """Give the quotations that no kept attribution covers to whoever speaks right before them."""
    covered = sorted((span.start, span.end) for candidate in kept for span in candidate.content)
    found: list[Candidate] = []
    for quotation in quotations:
        pieces = quotation.pieces
        if (
            quotation.depth
            or quotation.kind != QuotationKind.SPEECH
            or any(_meets(piece, covered) for piece in pieces)
        ):
            continue
        words = _WORD.findall(text[pieces[0].start : pieces[-1].end])
        if len(words) < MIN_WORDS or sum(word[0].isupper() for word in words) > MAX_CAPITALS * len(
            words
        ):
            continue
        if (before := _find_going_on(text, pieces[0].start, kept)) is not None:
            before.content = (*before.content, *pieces)
            continue
        if (before := _find_last_voice(text, pieces, [*kept, *found])) is not None:
            before.content = (*before.content, *pieces)
            continue
        source = _find_speaker(doc, text, pieces[0].start, pieces[-1].end, [*kept, *found])
        if source:
            found.append(_make_voice(pieces, source))
    return found


def _find_going_on(text: str, start: int, kept: "list[Candidate]") -> "Candidate | None":
    """Find the quotation that goes on behind its tag: “We will wait,” Lund said in a letter.
    “Then we leave.”"""
    line_start = text.rfind("\n", 0, start) + 1
    here = [
        candidate
        for candidate in kept
        if candidate.form == Form.DIRECT
        and candidate.cue
        and candidate.source
        and line_start <= candidate.content[0].start
        and candidate.content[-1].end <= candidate.cue[0].start < start
    ]
    if len(here) != 1:
        return None
    gap = text[max(here[0].cue[-1].end, here[0].source[-1].end) : start].strip()
    is_one_tag = (
        len(gap) < MAX_TAG_REST and ". " not in gap and not any(sign in gap for sign in '“”"')
    )
    return here[0] if is_one_tag and gap[-1:] == "." else None


def _find_last_voice(
    text: str, pieces: tuple[Span, ...], kept: "list[Candidate]"
) -> "Candidate | None":
    """Find the quotation that ends the paragraph before, for a paragraph of quoted words that goes
    on with it."""
    start, end = pieces[0].start, pieces[-1].end
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    whole = (len(text) if line_end < 0 else line_end) - line_start
    if text[line_start:start].strip() or end - start < MIN_SHARE * whole:
        return None
    before = _find_paragraph_before(text, line_start)
    last = [
        candidate
        for candidate in kept
        if candidate.form == Form.DIRECT
        and candidate.source
        and _ends_at(text, candidate, before.end)
    ]
    return last[-1] if last else None


def _find_paragraph_before(text: str, line_start: int) -> Span:
    """Find the paragraph before a line, over a caption that a picture left between the two."""
    end = len(text[:line_start].rstrip())
    line = Span(text.rfind("\n", 0, end) + 1, end)
    upper = len(text[: line.start].rstrip())
    if upper and _CAPTION.fullmatch(text, line.start, line.end):
        return Span(text.rfind("\n", 0, upper) + 1, upper)
    return line


def _find_speaker(
    doc: "ParsedText", text: str, start: int, end: int, kept: "list[Candidate]"
) -> tuple[Span, ...]:
    line_start = text.rfind("\n", 0, start) + 1
    if text[line_start:start].strip():
        return _find_in_line(doc, text, line_start, start, kept)
    line_end = text.find("\n", end)
    if end - start < MIN_SHARE * ((len(text) if line_end < 0 else line_end) - line_start):
        return ()
    line = _find_paragraph_before(text, line_start)
    last = [
        candidate
        for candidate in kept
        if candidate.form != Form.INDIRECT
        and candidate.source
        and _ends_at(text, candidate, line.end)
    ]
    if last:
        return last[-1].source
    voice = _find_paragraph_voice(doc, text, line, kept)
    is_whole = not text[end : line_end if line_end >= 0 else len(text)].strip()
    if voice or not is_whole or not _ENDS & set(text[end - 2 : end]):
        return voice
    return _find_told_of(doc, text, line, kept)


def _find_paragraph_voice(
    doc: "ParsedText", text: str, line: Span, kept: "list[Candidate]"
) -> tuple[Span, ...]:
    """Find the one who speaks in the paragraph before: "Lund said the mill was old.", and then a
    paragraph of quoted words. Two who speak there are nobody."""
    here = [
        candidate
        for candidate in kept
        if candidate.source
        and candidate.cue_class in _SPEAKING
        and line.start <= candidate.source[0].start < line.end
        and not any(
            other is not candidate and candidate.cue and _holds(other, candidate) for other in kept
        )
    ]
    if not here:
        return ()
    names = {text[span.start : span.end].split()[-1] for one in here for span in one.source[:1]}
    heads = [doc.char_span(*one.source[0], alignment_mode="expand") for one in here]
    if any(head is None for head in heads):
        return ()
    phrases = [head for head in heads if head is not None]
    roots = [phrase.root for phrase in phrases]
    is_one = len(names) == 1 or all(root.lower_ in {"he", "she"} for root in roots[1:])
    return here[-1].source if is_one and all(map(_is_person, phrases)) else ()


def _find_told_of(
    doc: "ParsedText", text: str, line: Span, kept: "list[Candidate]"
) -> tuple[Span, ...]:
    """Find the one person whom the paragraph before is about, where nobody speaks in it: "She has
    sold her field.", and then a paragraph of quoted words."""
    is_told = any(line.start <= span.start < line.end for one in kept for span in one.source)
    piece = doc.char_span(line.start, line.end, alignment_mode="contract")
    if is_told or piece is None or text[line.end - 1] not in ".:":
        return ()
    subjects = [word for word in piece if word.dep_ in _SUBJECTS and word.head.dep_ == "ROOT"]
    if not subjects or not all(_is_somebody(word) for word in subjects):
        return ()
    return find_source(doc, text, subjects[-1], subjects[-1].head)


def _is_somebody(word: "Word") -> bool:
    return word.ent_type_ == EntityLabel.PERSON or word.lower_ in {"he", "she"}


def _is_person(phrase: "Phrase") -> bool:
    """Whether a source is one person: "Ana Lund", "she", "the mayor", "The trust's manager for
    boats, Ana Lund"."""
    root, last = phrase.root, phrase[-1]
    is_speaker = root.pos_ in {"NOUN", "PROPN"} and can_speak(root) and root.tag_ in {"NN", "NNP"}
    is_titled = last.pos_ == "PROPN" and any(
        word.tag_ == "NN" and can_speak(word) for word in phrase
    )
    return (
        root.ent_type_ == EntityLabel.PERSON
        or root.lower_ in {"he", "she"}
        or is_speaker
        or is_titled
    )


def _ends_at(text: str, candidate: "Candidate", end: int) -> bool:
    """Whether an attribution is the last thing of the paragraph that ends here: “…,” Ana Lund
    said."""
    last = max(span.end for span in (*candidate.content, *candidate.cue, *candidate.source))
    return (
        last <= end
        and len(text[last:end].strip(" .,;:”\"’'")) < 40
        and "\n" not in text[last:end]
        and ". " not in text[last:end]
    )


def _find_in_line(
    doc: "ParsedText", text: str, line_start: int, start: int, kept: "list[Candidate]"
) -> tuple[Span, ...]:
    """Find who speaks in the sentence before: its attribution's source, else the subject of its
    main clause."""
    before = doc.char_span(line_start, start, alignment_mode="contract")
    last = (
        next(
            (token for token in reversed(before) if not token.is_space and not token.is_punct), None
        )
        if before is not None
        else None
    )
    sentence = last.sent if last is not None else None
    if (
        sentence is None
        or text[sentence.end_char : start].strip()
        or text[:start].rstrip()[-1:] not in set('.:!?”"')
    ):
        return ()
    inside = [
        candidate for candidate in kept
        if candidate.source and candidate.cue_class in _SPEAKING and candidate.cue
        and sentence.start_char <= candidate.cue[0].start < start
        and not any(other is not candidate and _holds(other, candidate) for other in kept)
    ]  # fmt: skip
    if inside:
        return inside[-1].source
    return _find_subject_phrase(doc, text, sentence, start)


def _find_subject_phrase(
    doc: "ParsedText", text: str, sentence: "Phrase", start: int
) -> tuple[Span, ...]:
    root: Word = sentence.root
    subject = next((child for child in root.lefts if child.dep_ == "nsubj"), None)
    if (
        subject is None
        or root.idx >= start
        or not (
            subject.ent_type_ == EntityLabel.PERSON
            or subject.lower_ in {"he", "she"}
            or (subject.pos_ == "NOUN" and can_speak(subject))
        )
    ):
        return ()
    return find_source(doc, text, subject, root)


def _holds(outer: "Candidate", inner: "Candidate") -> bool:
    return any(
        span.start <= inner.cue[0].start and inner.cue[-1].end <= span.end for span in outer.content
    )


def _meets(piece: Span, covered: list[tuple[int, int]]) -> bool:
    return any(start < piece.end and piece.start < end for start, end in covered)


def _make_voice(pieces: tuple[Span, ...], source: tuple[Span, ...]) -> "Candidate":
    from newsledger.nlp.attribution.constructions.document import Candidate

    voice = Candidate(
        (-1 - pieces[0].start, "voice"),
        Construction.SAME_VOICE,
        pieces,
        source,
        (),
        -1,
        "",
        CueClass.SPEECH,
        CueStance.NEUTRAL,
        Form.DIRECT,
    )
    voice.floor = SURE
    return voice
