"""Quotations beside a cue: which stand right before or after it, and how clause and quotation make
one content."""

import bisect
import re

from newsledger.model.records import Span
from newsledger.nlp.attribution.constructions.document import SENTENCE_END, IndexedText, end_of
from newsledger.nlp.attribution.constructions.subjects import FAR_SUBJECT
from newsledger.nlp.parse.parsed import Word
from newsledger.nlp.quotes.forms import speech_forms
from newsledger.nlp.quotes.kinds import has_tag
from newsledger.nlp.quotes.marks import has_speaker_before

_NAMING = frozenset(
    "branded called calling calls described describes describing dubbed labeled labelled".split()
)
# code points from a quotation's end to a cue after it: "…,” the longtime mayor of the town said"
NEAR_BEFORE = 140
_HALF = re.compile(r"[ ,–—-]*(?:and|but|or) ")
_JOINT = re.compile(r",? (?:and|or|but) ")
_CLOSERS = frozenset("”\"’'»")
_SETTING = frozenset({"after", "at", "before", "during", "early", "in", "late", "on"})
MIN_FRONT = 2  # words before a quotation that can be its subject
NEAR_AFTER = (
    160  # from a cue to a quotation after it: "he said on Tuesday in a radio interview, “…"
)


def find_near_quotes(indexed: IndexedText, verb: "Word", subject: "Word | None") -> list[int]:
    """Speech quotations of the verb's paragraph that stand right before or after the cue, and those
    that go on from them."""
    if indexed.quote_of[verb.i] >= 0:
        return []
    text = indexed.text
    clause_start = min(verb.idx, subject.idx if subject is not None else verb.idx)
    clause_end = max(end_of(verb), end_of(subject) if subject is not None else 0)
    before = after = None
    first = max(bisect.bisect_right(indexed.starts, clause_start) - 2, 0)
    for number, piece in enumerate(indexed.speech[first : first + 6], first):
        if piece.end <= clause_start:
            if (
                clause_start - piece.end < NEAR_BEFORE
                and "\n" not in text[piece.end : clause_start]
                and not SENTENCE_END.search(text[piece.end : verb.idx])
                and not _begins_anew(indexed, verb, piece)
                and not _has_cue(
                    indexed, piece.end, verb.idx if verb.tag_ == "VBG" else clause_start
                )  # “…,” Lund said, adding that …
            ):
                before = number
        elif piece.start >= verb.idx:
            gap = text[clause_end : piece.start] if piece.start >= clause_end else ""
            is_one = (
                before is not None and indexed.utterance_of[before] == indexed.utterance_of[number]
            )
            is_apart = "\n" in gap and (
                gap.rstrip()[-1:] != ":" or "\n" in gap.rstrip()
            )  # but "She wrote:", and her words in a line of their own
            is_near = (
                piece.start - clause_end < NEAR_AFTER
                and not is_apart
                and not (before is not None and gap.endswith(" of "))  # the author of “North”
                and not SENTENCE_END.search(gap)
            )
            if is_one or (is_near and not _has_cue(indexed, clause_end, piece.start)):
                after = number
            break
    if after is not None:
        after = _follow_on(indexed, after)
    return _whole_utterances(indexed, before, after)


def _follow_on(indexed: IndexedText, after: int) -> int:
    """Find the last of the quotations of a line that go on from one with next to nothing between
    them."""
    text, speech = indexed.text, indexed.speech
    while after + 1 < len(speech) and 0 < speech[after + 1].start - speech[after].end <= 3:
        following = speech[after + 1]
        if "\n" in text[speech[after].end : following.start]:
            break
        is_over = text[speech[after].end - 2] in ".!?…"
        if is_over and has_tag(text[following.end : following.end + NEAR_AFTER].split("\n")[0]):
            break  # Lund said, “We left.” “We ran,” Moe added.
        after += 1
    return after


def _begins_anew(indexed: IndexedText, verb: "Word", piece: Span) -> bool:
    """Whether a sentence with words of its own begins behind a quotation: “…ready.” Snow added that
    the case was closed."""
    text, end = indexed.text, end_of(verb)
    sign = text[piece.start : piece.end].rstrip("”\"’'» ")[-1:]
    if sign not in set(".?!") or not text[piece.end : verb.idx].lstrip()[:1].isupper():
        return False
    if sign == "." and any(child.dep_ == "ccomp" and child.i > verb.i for child in verb.rights):
        return True
    if any(child.dep_ == "ccomp" and child.left_edge.idx >= piece.end for child in verb.lefts):
        return True  # “…ready.” The case was closed, Snow added.
    at = bisect.bisect_left(indexed.starts, end)
    gap = text[end : indexed.speech[at].start] if at < len(indexed.speech) else "\n"
    is_near = len(gap) < NEAR_AFTER and "\n" not in gap and not SENTENCE_END.search(gap)
    is_led = gap.rstrip()[-1:] == ":" or has_speaker_before(text, piece.start)
    return is_near and (sign == "." or is_led)  # “Why?” Lund replied: “…”


def _whole_utterances(indexed: IndexedText, before: int | None, after: int | None) -> list[int]:
    """List the pieces between two that touch a cue, and all others of their utterances: across the
    tag, over paragraphs."""
    found = [number for number in (before, after) if number is not None]
    if not found:
        return []
    first, last = found[0], found[-1]
    while first > 0 and indexed.utterance_of[first - 1] == indexed.utterance_of[first]:
        first -= 1
    while (
        last + 1 < len(indexed.speech)
        and indexed.utterance_of[last + 1] == indexed.utterance_of[last]
    ):
        last += 1
    return list(range(first, last + 1))


def _has_cue(indexed: IndexedText, start: int, end: int) -> bool:
    """Whether another verb of speech stands between a cue and its quotation."""
    words = [word.strip(",;:.") for word in indexed.text[start:end].split()]
    return any(word in _NAMING or word in speech_forms() for word in words)


def find_rest(
    indexed: IndexedText, verb: "Word", subject: "Word | None", near: list[int]
) -> Span | None:
    """What stands between a cue and a quotation after it, where the parser saw no clause: "said the
    year “was hard”"."""
    start = max(
        end_of(verb),
        end_of(subject.right_edge)
        if subject is not None and 0 < subject.i - verb.i < FAR_SUBJECT
        else 0,
    )
    after = next(
        (indexed.speech[number] for number in near if indexed.speech[number].start >= start), None
    )
    between = indexed.text[start : after.start].rstrip() if after is not None else ""
    if after is None or after.start - start < 4 or len(between.split()) < 2:
        return None
    if SENTENCE_END.search(indexed.text[start : after.start]):
        return None  # “Who are we?” she wrote in a note. “…”
    if between.endswith(",") and _is_setting(indexed, start, after.start):
        return None  # "saying earlier in the day, “…”"
    return Span(start, after.end)


def _is_setting(indexed: IndexedText, start: int, end: int) -> bool:
    """Whether words tell only when or where something was said."""
    words = indexed.doc.char_span(start, end, alignment_mode="contract")
    first = next((word for word in words or () if not word.is_space), None)
    is_loose = first is not None and (first.pos_ == "ADV" or first.lower_ in _SETTING)
    return is_loose and not any(word.pos_ in {"VERB", "AUX"} for word in words or ())


def take_quotes(
    indexed: IndexedText, numbers: list[int], verb: "Word | None" = None
) -> tuple[Span, ...]:
    """The pieces of quotations, the first with the words of its sentence that it goes on from:
    "The delay raises “concerns about the bridge,” the mayor said"."""
    pieces = [indexed.speech[number] for number in numbers]
    if verb is not None and pieces[0].end <= verb.idx:
        front = _find_quote_front(indexed, pieces[0])
        pieces[0] = Span(pieces[0].start if front is None else front, pieces[0].end)
    return tuple(pieces)


def _find_quote_front(indexed: IndexedText, piece: Span) -> int | None:
    """Where the sentence begins that a quotation in small letters goes on from."""
    text = indexed.text
    first = next((char for char in text[piece.start : piece.end] if char.isalpha()), "")
    opened = indexed.doc.char_span(piece.start, piece.start + 1, alignment_mode="expand")
    if not first.islower() or opened is None:
        return None
    start = max(opened[0].sent.start_char, text.rfind("\n", 0, piece.start) + 1)
    words = text[start : piece.start].split()
    if len(words) < MIN_FRONT or not words[0][:1].isupper() or words[-1][-1:] in set(':,;.”"'):
        return None
    has_cue = any(word.strip(",;:.") in speech_forms() or word in _NAMING for word in words)
    return None if has_cue else start


def join_quotes(
    indexed: IndexedText,
    spans: list[Span] | tuple[Span, ...],
    near: list[int],
    verb: "Word | None" = None,
) -> tuple[Span, ...]:
    """Join clause and quotations, behind the cue with the words between them; a span that ends
    inside a quotation takes it whole."""
    pieces = [Span(*_snap(indexed, span)) for span in spans]
    for number in near:
        quote = indexed.speech[number]
        if not any(piece.start <= quote.start and quote.end <= piece.end for piece in pieces):
            pieces.append(quote)
    pieces.sort()
    joined: list[Span] = []
    for piece in pieces:
        if joined and (
            piece.start <= joined[-1].end + 1
            or _goes_on(indexed, joined[-1].end, piece.start, verb)
        ):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, piece.end))
        else:
            joined.append(piece)
    return tuple([*joined[:-1], _take_next_quote(indexed, joined[-1])] if joined else joined)


def _goes_on(indexed: IndexedText, start: int, end: int, verb: "Word | None") -> bool:
    """Whether the words between two pieces of a content lead from one to the other: "will open
    today – | but the tower | “will stay shut”"."""
    is_behind = verb is not None and verb.idx < start
    return (
        (is_behind or _HALF.match(indexed.text, start, end) is not None)
        and "\n" not in indexed.text[start:end]
        and not SENTENCE_END.search(indexed.text[start:end])
        and not _has_cue(indexed, start, end)
    )


def _take_next_quote(indexed: IndexedText, span: Span) -> Span:
    """A content that ends with a quotation, with one more that is joined to it: "that “it is good”
    and “nobody will mind”"."""
    place = bisect.bisect_left(indexed.marks, (span.end,))
    if place >= len(indexed.marks) or indexed.text[span.end - 1] not in _CLOSERS:
        return span
    following = indexed.marks[place]
    is_joined = _JOINT.fullmatch(indexed.text, span.end, following.start) is not None
    return Span(span.start, following.end) if is_joined else span


def _snap(indexed: IndexedText, span: Span) -> tuple[int, int]:
    start, end = span
    for mark in indexed.marks:
        if mark.start > end:
            break
        if mark.start < end < mark.end:
            end = mark.end
        if mark.start < start < mark.end:
            start = mark.start
    return start, end
