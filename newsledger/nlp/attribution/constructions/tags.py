"""Tags: what is said stands around the cue, or before it in the sentence that the cue ends: "as X
said", "the gates, Lund said, were shut", "…, a monitor reported in a statement"."""

import bisect
import re
from collections.abc import Iterator

from newsledger.model.enums import Construction
from newsledger.model.records import Span
from newsledger.nlp.attribution.conjuncts import FINITE
from newsledger.nlp.attribution.constructions.document import (
    LIKELY,
    SENTENCE_END,
    SURE,
    Candidate,
    IndexedText,
    end_of,
    subtree_of,
)
from newsledger.nlp.attribution.constructions.doubled_subjects import find_doubled
from newsledger.nlp.attribution.constructions.features import OTHER_VERB
from newsledger.nlp.attribution.constructions.subjects import WH, goes_on
from newsledger.nlp.attribution.constructions.verb_frame import REPORTING, VerbFrame
from newsledger.nlp.claims.sources import can_speak
from newsledger.nlp.parse.parsed import Phrase, Word
from newsledger.nlp.quotes.forms import speech_forms

MAX_PARTITIVE = 14  # code points of ", all of which"
MIN_PART = 5  # code points between a semicolon and the tag behind it that can be said
_RELATIVE = frozenset({"WDT", "WP"})
_LOOSE = frozenset(
    {"conj", "advcl", "appos", "relcl", "dep", "pobj"}
)  # where the parser hangs a tag that it did not see
_CLOSED = re.compile(
    r"(?: (?:on \w+day|\w+day|today|yesterday|later|earlier))?"
    r"(?: (?:in|on|at|during|through|via|by) [^.,;:“”\"!?\n]{1,60})?[.!?]"
)
MAX_LEAD = 600  # code points of a sentence before the quotation that it leads up to
_COMMA_INSIDE = re.compile(r",[\"”’']{1,2}\Z")
_LED = re.compile(
    r"\b(?P<cue>\w+)[,:] \Z"
)  # before a quotation: "The clerk recalled that he said, “"
_DEED = re.compile(
    r",? (?:but|and) (?:declined|refused|did not (?:say|give|elaborate|name))\b"
    r"|, (?:citing|quoting) "
)
_INTRANSITIVE = frozenset({"speak", "talk"})
_MARKS = frozenset("\" ” ’ ' ''".split())
_FLOATING = frozenset({"both", "all", "each"})


def read_asides(frame: VerbFrame) -> Iterator[Candidate]:
    """ "As the bishop said, the poor cannot wait", "the gates, Lund said, were shut": the sentence
    around the verb."""
    verb = frame.verb
    if verb.dep_ in {"advcl", "ccomp", "parataxis"} and any(
        child.dep_ in {"mark", "advmod"} and child.lower_ == "as" and child.i < verb.i
        for child in verb.children
    ):
        is_plain = frame.cue.cue_type in REPORTING and frame.cue.lemma not in _INTRANSITIVE | {
            "continue"
        }  # "as he spoke, …" tells when
        is_plain = (
            is_plain and bool(frame.source) and verb.left_edge.is_sent_start and not frame.objects
        )
        yield frame.read(
            Construction.AS_CLAUSE, _around(frame.indexed, verb), floor=LIKELY if is_plain else 0.0
        )
    if verb.dep_ == "parataxis" and _is_tag_of_quote(frame):
        return
    if verb.dep_ == "parataxis" or (
        verb.dep_ == "conj"
        and verb.head.pos_ in {"VERB", "AUX"}
        and not frame.clauses
        and frame.near
    ):
        is_short = (
            verb.dep_ == "parataxis"
            and frame.subject is not None
            and frame.subject.pos_ == "PRON"
            and _is_between(frame)
        )
        yield frame.read(
            Construction.PARENTHESIS,
            _around(frame.indexed, verb, frame.subject),
            floor=LIKELY if is_short else 0.0,
        )


def _is_between(frame: VerbFrame) -> bool:
    """Whether commas stand on both sides of a cue and its subject: "…, it said, …"."""
    words, subject = frame.indexed.doc, frame.subject
    if (
        subject is None
        or subject.i != frame.verb.i - 1
        or subject.i == 0
        or frame.verb.i + 1 >= len(words)
    ):
        return False
    return (
        words[subject.i - 1].text == ","
        and words[frame.verb.i + 1].text == ","
        and frame.indexed.quote_of[frame.verb.i] < 0
    )


def _is_tag_of_quote(frame: VerbFrame) -> bool:
    """Whether a cue only closes a quotation, and the words behind it tell how it was said: "“I
    forgive him,” she said, with tears in her eyes"."""
    before = [number for number in frame.near if frame.indexed.speech[number].end <= frame.verb.idx]
    after = [number for number in frame.near if frame.indexed.speech[number].start > frame.verb.idx]
    comma = next(
        (
            token.i
            for token in frame.indexed.doc[frame.verb.i : frame.verb.i + 2]
            if token.text == ","
        ),
        None,
    )
    return (
        bool(before)
        and not after
        and comma is not None
        and not goes_on(frame.indexed.doc, comma + 1)
    )


def read_closing(frame: VerbFrame) -> Iterator[Candidate]:
    """Read a tag that ends its sentence, where the parser takes its subject for one more noun: "…,
    a monitor and state media both reported." """
    indexed, verb = frame.indexed, frame.verb
    if not _may_close(frame):
        return
    words, start = indexed.doc[verb.sent.start : verb.i], verb.sent.start_char
    last = len(words)
    while last and (words[last - 1].pos_ in {"ADV", "AUX"} or words[last - 1].lower_ in _FLOATING):
        last -= 1
    comma = next((i for i in range(last - 1, 0, -1) if _parts(words[i])), 0)
    while comma + 1 < last and words[comma + 1].text in _MARKS:
        comma += 1  # “…the ‘Judges’ Club’,” the paper reported
    heads = [word for word in words[comma + 1 : last] if word.pos_ in {"NOUN", "PROPN"}]
    if (
        words[comma].text not in _MARKS | {","}
        or not heads
        or heads[-1].i != words[last - 1].i
        or not any(can_speak(head) for head in heads)
    ):
        return
    if words[comma + 1].pos_ == "CCONJ" or any(child.dep_ == "neg" for child in verb.lefts):
        return  # "…, and the crew never reported"
    if not any(word.pos_ in {"VERB", "AUX"} for word in words[:comma]):
        return
    if any(word.pos_ == "AUX" or word.tag_ in WH for word in words[comma + 1 : last]):
        return  # "…, which were all things the paper observed"
    source = Span(words[comma + 1].idx, end_of(heads[-1]))
    yield frame.read(Construction.CLOSING_TAG, (Span(start, words[comma].idx),), (source,), LIKELY)


def read_told_quote(frame: VerbFrame) -> Candidate | None:
    """Read a tag behind quoted words that its sentence gives to somebody else: "He said, “It is
    sunk,” | the court heard a witness say" is the witness's, words and all."""
    indexed, verb, source = frame.indexed, frame.verb, frame.source
    place = bisect.bisect_left(indexed.starts, verb.idx) - 1
    if (frame.clauses and frame.clauses[0].i > verb.i) or place < 0 or not source:
        return None
    quote = indexed.speech[place]
    is_tag = verb.tag_ in FINITE and frame.cue.cue_type in REPORTING
    is_tag = is_tag and indexed.quote_of[verb.i] < 0 and quote.end <= source[0].start
    if not is_tag or indexed.text[quote.end : min(source[0].start, verb.idx)].strip():
        return None
    if not _COMMA_INSIDE.search(indexed.text, quote.start, quote.end):
        return None
    text, first = indexed.text, max(0, quote.start - MAX_LEAD)
    stop = max(text.rfind("\n", first, quote.start), _last_stop(text, first, quote.start))
    if first and stop < 0:
        return None
    start = stop + 1
    led = _LED.search(text, start, quote.start)
    others = indexed.speech[bisect.bisect_left(indexed.starts, start) : place]
    if led is None or led["cue"] not in speech_forms() or led["cue"].endswith("ing") or others:
        return None
    before = text[start : quote.start]
    start += len(before) - len(before.lstrip())
    return frame.read(Construction.CLOSING_TAG, (Span(start, quote.end),), floor=SURE)


def _last_stop(text: str, start: int, end: int) -> int:
    """Where the last sentence between two offsets ends, -1 if none does."""
    return max((found.end() - 1 for found in SENTENCE_END.finditer(text, start, end)), default=-1)


def _parts(word: "Word") -> bool:
    """Whether a word stands between what is said and who says it: a comma, or a verb that does not
    tell which one: "a second man | briefed on the talks | said"."""
    is_inner = word.dep_ in {"amod", "compound"} or (word.dep_ == "acl" and word.tag_ == "VBN")
    return word.text == "," or (word.pos_ == "VERB" and not is_inner)


def _may_close(frame: VerbFrame) -> bool:
    """Whether a verb of telling ends its sentence, with nothing behind it but where, when or to
    whom."""
    cue, verb = frame.cue, frame.verb
    is_telling = cue.cue_type in REPORTING and cue.lemma not in _INTRANSITIVE | {OTHER_VERB}
    if not is_telling or verb.tag_ not in FINITE or frame.clauses or frame.near:
        return False
    addressee = next(
        (child for child in frame.objects if child.dep_ == "dobj" and cue.lemma == "tell"), None
    )
    if any(child.dep_ != "prep" and child is not addressee for child in frame.objects):
        return False
    is_late = verb.dep_ in _LOOSE or (verb.dep_ == "ccomp" and verb.head.i < verb.i)
    end = end_of(addressee.right_edge if addressee is not None else verb)
    is_closed = _CLOSED.match(frame.indexed.text, end) is not None
    return find_doubled(verb) is not None or (is_closed and is_late)


def _find_relative(indexed: IndexedText, sentence: "Phrase", tag: int) -> int:
    """Where a relative clause begins that a tag interrupts: "arrested a man | who, witnesses say,
    shot two officers"; 0 without one."""
    for token in sentence:
        if (
            token.idx < tag
            and token.tag_ in _RELATIVE
            and indexed.text[end_of(token) : tag].strip() == ","
        ):
            before = indexed.text[max(token.idx - MAX_PARTITIVE, sentence.start_char) : token.idx]
            return token.idx - len(before) + before.rfind(", ") + 2 if ", " in before else token.idx
    return 0


def _around(indexed: IndexedText, verb: "Word", subject: "Word | None" = None) -> tuple[Span, ...]:
    """The sentence without the clause of the cue: content of "as X said" and "…, X said, …"."""
    sentence = verb.sent
    start, end = subtree_of(verb)
    if verb.dep_ == "conj":
        start = verb.idx
    elif (
        subject is not None and subject.i < verb.i and indexed.text[end_of(verb) :].startswith(",")
    ):
        start, end = (
            subject.left_edge.idx,
            end_of(verb),
        )  # "…, the council said, up from 54 % in 2020"
    first, last = sentence.start_char, sentence.end_char
    if end - start > 0.7 * (last - first):
        return ()
    first = max(first, _find_relative(indexed, sentence, start))
    stops = [
        token.idx for token in sentence if token.text == ";"
    ]  # "Nobody was hurt; the driver, police say, was drunk"
    first = max([first, *(stop + 1 for stop in stops if stop < start and start - stop > MIN_PART)])
    last = min([last, *(stop for stop in stops if stop >= end)])
    if turn := _DEED.search(indexed.text, end, last):
        last = turn.start()  # "…, he said, | but declined to give figures", "| citing the police"
    return tuple(
        span for span in (Span(first, start), Span(end, last)) if span.end - span.start > 3
    )
