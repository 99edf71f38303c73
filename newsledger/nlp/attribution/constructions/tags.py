"""Tags: what is said stands around the cue, or before it in the sentence that the cue ends: "as X
said", "the gates, Lund said, were shut", "…, a monitor reported in a statement"."""

import bisect
import re
from collections.abc import Iterator
from itertools import pairwise

from newsledger.lexicon.outlets import find_outlet
from newsledger.lexicon.source_words import find_word_class
from newsledger.model.enums import Construction, EntityLabel, WordClass
from newsledger.model.records import Span
from newsledger.nlp.attribution.conjuncts import FINITE
from newsledger.nlp.attribution.constructions.according import follows_opener
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
_HAVING = frozenset({"has", "have", "had"})
_INTRANSITIVE = frozenset({"speak", "talk"})
_MARKS = frozenset("\" ” ’ ' ''".split())
_FLOATING = frozenset({"both", "all", "each"})


def _read_in_paper(frame: VerbFrame) -> Candidate | None:
    """Read what stands in a paper: "As described in court papers, the pier was weak"."""
    verb = frame.verb
    if verb.tag_ != "VBN" or not verb.left_edge.is_sent_start or frame.source:
        return None
    paper = next(
        (
            word
            for child in verb.rights
            if child.lower_ in {"in", "by"} and child.i == verb.i + 1
            for word in child.rights
            if word.dep_ == "pobj" and find_word_class(word.lemma_.lower()) == WordClass.DOCUMENT
        ),
        None,
    )
    if paper is None:
        return None
    source = (subtree_of(paper),)
    return frame.read(Construction.AS_CLAUSE, _around(frame.indexed, verb), source, LIKELY)


def read_asides(frame: VerbFrame) -> Iterator[Candidate]:
    """ "As the bishop said, the poor cannot wait", "the gates, Lund said, were shut": the sentence
    around the verb."""
    verb = frame.verb
    if verb.dep_ in {"advcl", "ccomp", "parataxis"} and any(
        child.dep_ in {"mark", "advmod"} and child.lower_ == "as" and child.i < verb.i
        for child in verb.children
    ):
        if (paper := _read_in_paper(frame)) is not None:
            yield paper
            return
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
    if (tag := _find_medium_behind(frame)) is not None:
        start = verb.sent.start_char
        comma = indexed.doc[verb.i - 1].idx
        yield frame.read(Construction.CLOSING_TAG, (Span(start, comma),), (tag,), SURE)
        return
    if not _may_close(frame):
        return
    if (name := _find_explained_name(verb)) is not None:
        said = (Span(verb.sent.start_char, indexed.doc[name[0].i - 1].idx),)
        source = Span(name[0].idx, end_of(name[-1]))
        yield frame.read(Construction.CLOSING_TAG, said, (source,), LIKELY)
        return
    words, start = indexed.doc[verb.sent.start : verb.i], verb.sent.start_char
    last = len(words)
    if words and words[-1].text == ")":  # "the head of the Larne Office (LO) said"
        last = next((i for i in range(last - 1, 0, -1) if words[i].text == "("), last)
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
    source = Span(words[comma + 1].idx, end_of(words[-1] if words[-1].text == ")" else heads[-1]))
    yield frame.read(Construction.CLOSING_TAG, (Span(start, words[comma].idx),), (source,), LIKELY)


def _find_medium_behind(frame: VerbFrame) -> Span | None:
    """The medium that ends a sentence behind its verb, which the parser takes for one more verb
    with an object: "…, reported The Larne Post"."""
    verb, doc, text = frame.verb, frame.indexed.doc, frame.indexed.text
    thing = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    is_second = verb.dep_ in {"conj", "advcl", "dep"} and verb.tag_ in FINITE | {"VBN"}
    if thing is None or not is_second or verb.lemma_.lower() not in {"report", "say", "write"}:
        return None
    if (
        doc[verb.i - 1].text != ","
        or thing.left_edge.i != verb.i + 1
        or any(not child.is_punct for child in verb.lefts)
    ):
        return None
    name = text[thing.left_edge.idx : end_of(thing)]
    is_medium = find_word_class(thing.lemma_.lower()) == WordClass.MEDIA
    is_named = thing.pos_ == "PROPN" and verb.lemma_.lower() == "report"
    is_medium = is_medium or is_named or find_outlet(name) is not None
    is_last = not text[end_of(thing) : verb.sent.end_char].strip(" .\n")
    return Span(thing.left_edge.idx, end_of(thing)) if is_medium and is_last else None


def _find_explained_name(verb: "Word") -> "list[Word] | None":
    """The name before a verb with what explains it between commas: "…, Ida Lund, head of the port,
    said in a note"."""
    words = verb.doc[verb.sent.start : verb.i]
    commas = [word.i for word in words if word.text == ","]
    if len(commas) < 3 or commas[-1] != verb.i - 1:
        return None
    doc = verb.doc
    for first, second in pairwise(commas[:-1]):
        name = [word for word in doc[first + 1 : second] if not word.is_space]
        inner = doc[second + 1 : commas[-1]]
        is_name = len(name) > 1 and all(word.pos_ == "PROPN" for word in name)
        is_person = is_name and name[-1].ent_type_ == EntityLabel.PERSON
        has_verb = any(word.pos_ in {"VERB", "AUX"} for word in doc[verb.sent.start : first])
        if is_person and has_verb and not any(word.pos_ in {"VERB", "AUX"} for word in inner):
            return name
    return None


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
    is_torn = bool(frame.clauses) and not frame.source and verb.head is verb
    is_open = (frame.clauses and not is_torn) or frame.near
    is_finite = verb.tag_ in FINITE or any(child.lower_ in _HAVING for child in verb.lefts)
    if not is_telling or not is_finite or is_open:
        return False
    addressee = next(
        (child for child in frame.objects if child.dep_ == "dobj" and cue.lemma == "tell"), None
    )
    if any(child.dep_ != "prep" and child is not addressee for child in frame.objects):
        return False
    is_late = (
        is_torn
        or _ends_whole(frame)
        or verb.dep_ in _LOOSE
        or (verb.dep_ == "ccomp" and verb.head.i < verb.i)
    )
    end = end_of(addressee.right_edge if addressee is not None else verb)
    is_closed = _CLOSED.match(frame.indexed.text, end) is not None
    return find_doubled(verb) is not None or (is_closed and is_late)


def _ends_whole(frame: VerbFrame) -> bool:
    """Whether a main verb with its subject ends a sentence whose front, a whole clause, the parser
    took to pieces: "Games and films that never end waste time, Holm has said"."""
    verb, subject, doc = frame.verb, frame.subject, frame.indexed.doc
    if verb.head is not verb or subject is None or frame.relation != "nsubj":
        return False
    first = subject.left_edge.i
    front = [word for word in doc[verb.sent.start : first] if not word.is_space]
    if not front or front[-1].text != "," or subject.i > verb.i:
        return False
    is_opened = front[0].pos_ in {"ADP", "ADV", "SCONJ"} or front[0].tag_ in WH | {"VBG", "VBN"}
    return not is_opened and any(word.tag_ in FINITE | {"VBP", "MD"} for word in front)


def _find_opened(indexed: IndexedText, sentence: "Phrase", tag: int) -> int:
    """Where a clause begins that a tag interrupts: behind its opening word ("was sold because, Lund
    said, | its debts were high"), or with it where it is relative; 0 without one."""
    return tag if follows_opener(indexed, tag) else _find_relative(indexed, sentence, tag)


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
    first = max(first, _find_opened(indexed, sentence, start))
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
