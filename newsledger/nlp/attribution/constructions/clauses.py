"""What is said as a clause, a quotation or the sentence around a tag: "said the pass was clear",
"“…,” she said", "the gates, Lund said, were shut"."""

import bisect
import re
from collections.abc import Iterator

from newsledger.lexicon.source_words import find_word_class
from newsledger.model.enums import Construction, CueClass, CueType, WordClass
from newsledger.model.records import Span
from newsledger.nlp.attribution.conjuncts import is_beside, is_speech
from newsledger.nlp.attribution.constructions.according import follows_opener
from newsledger.nlp.attribution.constructions.agents import find_agent, find_agent_span
from newsledger.nlp.attribution.constructions.blocks import INTRODUCING
from newsledger.nlp.attribution.constructions.document import (
    LIKELY,
    POSSIBLE,
    SURE,
    Candidate,
    IndexedText,
    clip_to_paragraph,
    end_of,
)
from newsledger.nlp.attribution.constructions.features import OTHER_VERB
from newsledger.nlp.attribution.constructions.labels import is_free_label
from newsledger.nlp.attribution.constructions.quoted import find_rest, join_quotes, take_quotes
from newsledger.nlp.attribution.constructions.subjects import find_subject
from newsledger.nlp.attribution.constructions.verb_frame import (
    RELAYING,
    REPORTING,
    VerbFrame,
    cover,
    cut_complement,
    is_plain_intent,
)
from newsledger.nlp.attribution.source_spans import find_source
from newsledger.nlp.claims.sources import can_speak
from newsledger.nlp.parse.parsed import Word

_INFORMING = frozenset({"assure", "inform", "remind", "tell"})
_ISSUING = frozenset({"issue", "post", "publish", "release", "send", "share", "tweet", "write"})
_PAPERS = frozenset("email letter memo message note notice post release statement tweet".split())
_LOOSE = frozenset({"continue", OTHER_VERB})  # "Some fans continued: it is how …"
_LEADS = (":", "—", "–")  # before a quotation; the outlet's words end there
_SHOWING = frozenset("claim find indicate note report reveal say show state suggest warn".split())
_SIGNS = frozenset(
    "banner caption card email e-mail graffiti headline inscription leaflet letter "
    "message note notice placard plaque post poster sign slogan statement text tweet".split()
)
_LEADING = frozenset(
    "in on at during after before earlier later meanwhile however last yesterday today".split()
)  # words that may begin what tells when, where or why somebody speaks
_TRAILING = re.compile(r",? (?:and|but|or)\Z")
TELLING = frozenset(
    {"VBD", "VBZ", "VBN"}
    # tags of a verb beside its quotation; the parser takes "“…” beamed goalkeeper Ida Lund" for a
    # participle
)


def read_clauses(frame: VerbFrame) -> Iterator[Candidate]:
    """Read finite clauses and quotations: "said the pass was clear", "“…,” she said"."""
    verb, first = frame.verb, frame.clauses[0] if frame.clauses else None
    if frame.cue.lemma in RELAYING and verb.tag_ == "VBG" and frame.relation != "quoted":
        return  # "citing people close to the bank" names who is relayed
    is_rule = frame.cue.lemma in {"ask", "insist", "request"}
    if first is not None and is_rule and first.lemma_.lower() == "withhold":
        return  # "who asked that her surname be withheld": a ground rule
    if first is not None:
        yield from _read_told(frame)
    if frame.near:
        yield from _read_quoted(frame)


def _read_told(frame: VerbFrame) -> Iterator[Candidate]:
    """Read the clause that is told, and in the passive the clause that nobody, or an agent, tells:
    "it is said that"."""
    indexed, verb = frame.indexed, frame.verb
    content = tuple(_clause_content(indexed, verb, frame.subject, frame.clauses))
    # "I think so" inside somebody's words does not take the rest of them
    is_quoted = indexed.quote_of[verb.i] >= 0
    floor = _clause_floor(frame, is_quoted)
    near = [number for number in frame.near if not _is_other_quote(frame, indexed.speech[number])]
    whole = content if is_quoted else join_quotes(indexed, content, near, verb)
    issuer = _find_issuer(frame) if not is_quoted else ()
    yield frame.read(Construction.CLAUSE, whole, issuer or None, LIKELY if issuer else floor)
    if frame.is_passive and frame.cue.holder != "object" and frame.relation != "quoted":
        is_it = frame.subject is not None and frame.subject.lower_ == "it"
        is_open = is_it and not is_quoted and not find_agent(verb)
        agent = find_agent_span(indexed, verb)
        yield frame.read(Construction.PASSIVE_THAT, content, agent, LIKELY if is_open else 0.0)


def _is_other_quote(frame: VerbFrame, quote: Span) -> bool:
    """Whether quoted words before a cue only stand in its sentence: "While the “Up” campaign did
    not please Lund, she said it was fair"."""
    last = frame.clauses[-1].right_edge.i < frame.verb.i
    start = min([frame.verb.idx, *(span.start for span in frame.source)])
    if last or quote.end > start:
        return False
    return bool(frame.indexed.text[quote.end : start].strip(" ,"))


def _find_issuer(frame: VerbFrame) -> tuple[Span, ...]:
    """Find who issues the paper that says something: "the guild sent a letter stating that"."""
    verb = frame.verb
    if (
        verb.tag_ != "VBG"
        or verb.dep_ not in {"acl", "advcl"}
        or frame.cue.cue_type != CueType.SPEAKING
    ):
        return ()
    paper = verb.head
    issuing = paper.head if verb.dep_ == "acl" else paper
    papers = [paper] if verb.dep_ == "acl" else [w for w in paper.rights if w.dep_ == "dobj"]
    is_issued = issuing.lemma_.lower() in _ISSUING and any(
        word.lemma_.lower() in _PAPERS and word.i < verb.i for word in papers
    )
    subject, _ = find_subject(issuing)
    if not is_issued or subject is None or frame.indexed.quote_of[verb.i] >= 0:
        return ()
    return find_source(frame.indexed.doc, frame.indexed.text, subject, issuing)


def _clause_floor(frame: VerbFrame, is_quoted: bool) -> float:
    """Probability at least of a clause whose cue leaves no doubt."""
    if frame.relation == "quoted":
        return SURE  # "quoted an official as saying the pass was clear"
    is_felt = frame.is_passive and frame.cue.holder == "object" and bool(frame.source)
    is_heard = frame.cue.lemma == "hear" and frame.cue.cue_class == CueClass.EVIDENTIAL
    is_plain = frame.cue.cue_class == CueClass.SPEECH and (
        _is_plain_report(frame) or _is_of_paper(frame)
    )
    is_plain = is_plain or (_tells_plainly(frame) and frame.indexed.quote_of[frame.verb.i] < 0)
    if is_heard or (not is_quoted and (is_felt or is_plain)):
        return LIKELY  # "the jury heard that", "she is convinced that"
    return POSSIBLE if is_plain_intent(frame) else 0.0


def _is_of_paper(frame: VerbFrame) -> bool:
    """Whether a paper tells something in a participle: "presented a survey indicating that …"."""
    verb, noun = frame.verb, frame.verb.head
    is_paper = verb.tag_ == "VBG" and verb.dep_ == "acl" and frame.cue.lemma in _SHOWING
    return (
        is_paper
        and find_word_class(noun.lemma_.lower()) == WordClass.DOCUMENT
        and frame.clauses[0].left_edge.lower_ == "that"
    )


def _read_quoted(frame: VerbFrame) -> Iterator[Candidate]:
    """Read the quotations beside a cue, alone and with what stands between."""
    indexed, verb, near = frame.indexed, frame.verb, frame.near
    is_told = frame.is_passive and frame.relation == "nsubjpass" and frame.cue.holder != "object"
    agent = find_agent_span(indexed, verb) if is_told else None  # "When he was asked, “Why?”"
    candidate = frame.read(Construction.QUOTATION, take_quotes(indexed, near, verb), agent)
    candidate.floor = _quotation_floor(indexed, candidate, verb, frame.subject)
    yield candidate
    if frame.clauses or indexed.text.endswith("with: ", 0, indexed.speech[near[0]].start):
        return  # "captioned the video with: “…”"
    if between := find_rest(indexed, verb, frame.subject, near):
        yield frame.read(Construction.REST_AND_QUOTATION, join_quotes(indexed, [between], near))
    if things := _list_joined(frame):
        floor = LIKELY if is_free_label(frame) else 0.0
        content = join_quotes(indexed, [cover(things)], near)
        yield frame.read(Construction.OBJECT_AND_QUOTATION, content, floor=floor)


def _list_joined(frame: VerbFrame) -> list["Word"]:
    """List the objects that a quotation goes on from: not who is told it, nor the place where it
    was written (“It is back!” she wrote on her page)."""
    is_first = frame.indexed.speech[frame.near[0]].start > frame.verb.idx
    if frame.verb.tag_ == "VBG" and not is_first:
        return []  # “No fight,” Lund wrote, attributing it to the weather, “and no tears.”
    if frame.cue.lemma in _INFORMING:
        return [thing for thing in frame.objects if thing.dep_ != "dobj"]
    is_led = is_first or any(thing.dep_ != "prep" for thing in frame.objects)
    return frame.objects if is_led else []


def _tells_plainly(frame: VerbFrame) -> bool:
    """Whether somebody who can speak is said to tell a whole clause: "the minister stated 92 were
    built", "studies have indicated that it is safe"."""
    verb, subject = frame.verb, frame.subject
    if subject is None or not frame.source or frame.is_passive or frame.cue.lemma in _LOOSE:
        return False
    if frame.relation not in {"nsubj", "conj nsubj"} or frame.cue.cue_type not in REPORTING:
        return False
    helpers = {child.lower_ for child in verb.lefts if child.dep_ in {"aux", "neg", "mark"}}
    is_finite = verb.tag_ in {"VBD", "VBZ", "VBP"} or bool(helpers)
    first = frame.clauses[0]
    has_subject = any(child.dep_ in {"nsubj", "nsubjpass", "expl"} for child in first.lefts)
    is_speaker = can_speak(subject) or subject.lower_ in {"he", "she", "they"}
    return (
        is_speaker
        and is_finite
        and helpers <= {"has", "have", "had", "'s", "’s"}
        and has_subject
        and first.i > verb.i
        and verb.dep_ in {"ROOT", "conj", "parataxis"}
    )


def _is_plain_report(frame: VerbFrame) -> bool:
    """Whether a clause is reported beyond doubt: "the road is shut, said Peter Holm", "…, who said
    he was late"."""
    verb, subject = frame.verb, frame.subject
    if is_beside(verb):
        return True  # ", with monitors saying that ballots had been burned"
    if (
        subject is None
        or verb.tag_ not in {"VBD", "VBZ"}
        or any(child.dep_ in {"aux", "neg"} for child in verb.lefts)
    ):
        return False
    if frame.relation == "relative":
        return (
            frame.cue.cue_type in REPORTING
            and can_speak(verb.head)
            and any(child.dep_ in {"nsubj", "nsubjpass"} for child in frame.clauses[0].lefts)
        )
    return (
        subject.i > verb.i
        and subject.left_edge.i == verb.i + 1
        and all(clause.i < verb.i for clause in frame.clauses)
    )


def _quotation_floor(
    indexed: IndexedText, candidate: Candidate, verb: "Word", subject: "Word | None"
) -> float:
    """Probability at least of a quotation whose cue leaves no doubt: between its pieces, or
    inverted behind its comma."""
    if (
        subject is None
        or not candidate.source
        or indexed.quote_of[subject.i] >= 0
        or subject.tag_ == "POS"
    ):
        return 0.0
    if verb.tag_ == "VBG" and subject.i > verb.i:
        return 0.0  # "“…,” Lund said, referring to the rule, “…”": the rule says nothing
    beside = candidate.beside
    if beside.is_split:
        return SURE  # “The truth,” said the bishop, “is that we were late.”
    bearer = verb.head if verb.dep_ in {"relcl", "acl"} else subject
    if candidate.lemma == "read" and bearer.lemma_.lower() in _SIGNS:
        return SURE  # “Enough is enough,” read one banner.
    is_inverted = candidate.source[0].start - end_of(verb) == 1 and verb.tag_ in TELLING
    if is_inverted and beside.touches_before and beside.before != "open":
        return LIKELY  # “We saw smoke,” said two fishermen.
    if (
        verb.tag_ == "VBG"
        and candidate.lemma in INTRODUCING
        and beside.after == ":"
        and beside.before is None
    ):
        return LIKELY  # “We will rebuild,” the mayor said, adding: “But not here.”
    last = indexed.text[candidate.content[-1].start : candidate.content[-1].end].rstrip("”\"’' ")
    if candidate.lemma == OTHER_VERB and verb.dep_ == "acl":
        return 0.0  # "a girl born on Friday, “…”"
    is_told = (
        not candidate.is_subordinate
        and beside.after == ","
        and beside.before is None
        and verb.tag_ in TELLING
    )
    if is_told and last[-1:] in {".", "!", "?"} and subject.i < verb.i:
        return LIKELY  # The coach shot back, “Ask the referee.”
    return 0.0


def _clause_content(
    indexed: IndexedText, verb: "Word", subject: "Word | None", clauses: list["Word"]
) -> list[Span]:
    spans: list[Span] = []
    for clause in clauses:
        start, end = cut_complement(verb, clause)
        that = next(
            (child for child in clause.lefts if child.dep_ == "mark" and child.lower_ == "that"),
            None,
        )
        is_apart = indexed.text.startswith(",", end_of(verb))
        if that is not None and verb.i < clause.left_edge.i < that.i and is_apart:
            start = that.idx  # "said, without giving evidence, that …"
        if indexed.paragraph_of[clause.left_edge.i] != indexed.paragraph_of[clause.right_edge.i]:
            # the parser took two paragraphs for one sentence
            start, end = clip_to_paragraph(indexed.text, Span(start, end), clause.idx)
        if start <= verb.idx < end:
            left, right = verb.idx, end_of(verb)
            if (
                subject is not None
                and subject.sent == verb.sent
                and not (start <= subject.left_edge.idx and abs(subject.i - verb.i) > 12)
            ):
                left, right = (
                    min(left, subject.left_edge.idx),
                    max(right, end_of(subject.right_edge)),
                )
            spans += [
                span for span in (Span(start, left), Span(right, end)) if span.end - span.start > 2
            ]
        else:
            spans.append(Span(start, end))
    spans = [
        _without_lead(indexed, span) if span.end <= verb.idx else span
        for span in spans
        if not _is_lead(indexed, verb, span)
    ]
    if spans and (front := _find_front(indexed, verb, subject, spans[0])) is not None:
        spans.insert(0, front)
    elif spans and len(clauses) == 1 and _is_closed_by(indexed, verb, subject, spans[0]):
        spans[0] = Span(_find_whole_start(indexed, verb, spans[0].start), spans[0].end)
    return [_without_trailing(indexed.text, span) for span in spans]


def _find_front(
    indexed: IndexedText, verb: "Word", subject: "Word | None", first: Span
) -> Span | None:
    """What stands before a tag between commas and belongs to what is said: "If there was a plan, |
    Lund said, | it should be published"."""
    start = verb.sent.start_char
    if (
        subject is None
        or subject.i > verb.i
        or first.start < verb.idx
        or not indexed.text[end_of(verb) :].startswith(",")
    ):
        return None
    before, opener = indexed.doc[subject.left_edge.i - 1], indexed.doc[verb.sent.start]
    gap = indexed.text[end_of(verb) : first.start].strip(", ")
    if gap or indexed.text.startswith("that ", first.start) or opener.tag_ in {"VBG", "VBN"}:
        return None  # "Speaking in Larne, Lund said, …": what she did then
    if follows_opener(indexed, subject.left_edge.idx):
        return None
    return (
        Span(start, before.idx)
        if before.text == "," and before.idx > start and indexed.quote_of[before.i] < 0
        else None
    )


def _is_closed_by(indexed: IndexedText, verb: "Word", subject: "Word | None", said: Span) -> bool:
    """Whether a tag ends the sentence that it gives: "…, Lund said."."""
    if subject is None or verb.dep_ != "ROOT" or indexed.quote_of[verb.i] >= 0:
        return False
    return indexed.text[said.end : min(subject.left_edge.idx, verb.idx)].strip() == ","


def _find_whole_start(indexed: IndexedText, verb: "Word", start: int) -> int:
    """Find where a sentence begins whose front the parser gives to the tag that ends it: "No matter
    how old the case, | the rules apply, Lund said"; not where or when he spoke."""
    sentence, first = verb.sent, start
    while indexed.text[first] in ", ":
        first += 1
    words = [word for word in sentence if word.idx < first and not word.is_space]
    gap = indexed.text[sentence.start_char : first].strip()
    is_front = (
        gap.endswith((",", ", but", ", and"))
        and words
        and indexed.paragraph_of[sentence.start] == indexed.paragraph_of[verb.i]
    )
    if not is_front or words[0].tag_ in {"VBG", "VBN"} or words[0].lower_ in _LEADING:
        return start
    if any(word.is_quote or word.lower_ == "according" for word in words):
        return start
    if any(word.pos_ == "VERB" and is_speech(word) for word in words):
        return start
    return sentence.start_char


def _is_lead(indexed: IndexedText, verb: "Word", span: Span) -> bool:
    """Whether a stretch before a tag ends with a colon: "Not all are pleased: some riders say"."""
    return span.end <= verb.idx and indexed.text[span.start : span.end + 2].rstrip().endswith(":")


def _without_lead(indexed: IndexedText, span: Span) -> Span:
    """A clause without what the outlet says before its quotation: "The motto is: | “We bake
    bread”"."""
    for mark in indexed.speech[max(bisect.bisect_right(indexed.starts, span.start) - 1, 0) :]:
        if mark.start >= span.end:
            break
        is_led = indexed.text[span.start : mark.start].rstrip().endswith(_LEADS)
        if is_led and mark.end + 1 >= span.end:
            return Span(mark.start, span.end)
    return span


def _without_trailing(text: str, span: Span) -> Span:
    """A span without the conjunction that joins it to the next sentence: "the reforms were not
    complete, and"."""
    found = _TRAILING.search(text, *span)
    return Span(span.start, found.start()) if found else span
