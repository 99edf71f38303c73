"""Cues that are no verbs: "X's claim that", "according to X", "reportedly", "in X's view", "for X",
"as X put it"."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from newsledger.lexicon.cues import Cue
from newsledger.model.enums import Construction
from newsledger.model.records import Span
from newsledger.nlp.attribution.conjuncts import is_report
from newsledger.nlp.attribution.constructions.agents import find_agent
from newsledger.nlp.attribution.constructions.document import (
    LIKELY,
    SURE,
    Candidate,
    IndexedText,
    end_of,
    split_at,
    subtree_of,
    trim,
)
from newsledger.nlp.attribution.constructions.features import make_candidate
from newsledger.nlp.attribution.constructions.nouns import JUDGING
from newsledger.nlp.attribution.constructions.subjects import VERBS, find_subject
from newsledger.nlp.attribution.source_spans import find_source
from newsledger.nlp.claims.sources import can_speak
from newsledger.nlp.parse.parsed import Phrase, Word

_VIEWS = {
    "view": "attitude",
    "opinion": "attitude",
    "judgment": "attitude",
    "judgement": "attitude",
    "eyes": "attitude",
    "words": "speech",
}
_TURNS = frozenset("although but though whereas while".split())
_SETTING = {
    "put": "at",
    "estimate": "at",
    "value": "at",
    "raise": "to",
    "revise": "to",
    "lower": "to",
    "update": "to",
}
_SETTING_FORMS = (
    "estimate estimated estimates lowered lowers raised raises revised revises updated "
    "updates valued values"  # "put" is read on its own
).split()
_PERSONS = frozenset({"he", "she", "they"})
_FIGURES = frozenset(
    "number toll figure count total cost damage loss death casualty turnout estimate "
    "crowd price value".split()
)


def find_adverb_readings(indexed: IndexedText, adverb: "Word", cue: Cue) -> Iterator[Candidate]:
    head = adverb.head
    if head.pos_ not in VERBS:
        return
    common: dict[str, Any] = {
        "verb": adverb,
        "cue": cue,
        "subject": None,
        "relation": "none",
        "is_passive": False,
    }
    candidate = make_candidate(
        indexed,
        Construction.ADVERB,
        split_at(indexed, [subtree_of(head)], adverb),
        (),
        (Span(adverb.idx, end_of(adverb)),),
        **common,
    )
    is_hearsay = (
        cue.cue_class == "evidential" and cue.lemma != "apparently"
    )  # what seems so to the writer is nobody's claim
    candidate.floor = LIKELY if is_hearsay else 0.0
    yield candidate


def find_put_readings(indexed: IndexedText, verb: "Word") -> Iterator[Candidate]:
    """ "As the captain put it, “…”": the quotation of the sentence, or else the rest of it."""
    yield from find_figure_readings(indexed, verb)
    if verb.pos_ != "VERB":
        return
    parts = {child.dep_: child for child in verb.children}
    subject, thing = parts.get("nsubj"), parts.get("dobj")
    if subject is None or thing is None:
        return
    cue = Cue("put", "verb", "speech", "neutral")
    first = verb.left_edge.i
    has_as = indexed.doc[first].lower_ == "as" or (
        first > 0 and indexed.doc[first - 1].lower_ == "as"
    )
    if thing.lower_ == "it" and has_as:
        rest = _rest_of_sentence(
            indexed, verb, first - (indexed.doc[first].lower_ != "as"), thing.i
        )
        yield from _rare(indexed, Construction.AS_PUT_IT, verb, cue, subject, rest)


def find_figure_readings(indexed: IndexedText, verb: "Word") -> Iterator[Candidate]:
    """ "Put the toll at 52", "raised the toll to 41", "damage was put at two million by insurers":
    a figure and who gives it."""
    lemma = verb.lemma_.lower()
    if verb.pos_ != "VERB" or lemma not in _SETTING:
        return
    parts = {child.dep_: child for child in verb.children}
    is_passive = "nsubjpass" in parts
    thing = parts.get("nsubjpass") if is_passive else parts.get("dobj")
    giver = find_agent(verb) if is_passive else parts.get("nsubj")
    if (
        thing is None
        or thing.lemma_.lower() not in _FIGURES
        or giver is None
        or not (can_speak(giver) or giver.lower_ in _PERSONS)
    ):
        return
    nearby = [
        child
        for child in (*verb.rights, *thing.rights)
        if child.dep_ == "prep" and child.lower_ == _SETTING[lemma]
    ]
    goal = next(
        (
            child
            for child in nearby
            if child.i > thing.i and any(word.pos_ in {"NUM", "SYM"} for word in child.subtree)
        ),
        None,
    )
    if goal is not None:
        cue = Cue(lemma, "verb", "speech", "neutral")
        end = (
            min(end_of(goal.right_edge), giver.left_edge.idx - len("by "))
            if giver.i > goal.i
            else end_of(goal.right_edge)
        )
        content = (
            (subtree_of(thing), Span(goal.idx, end))
            if is_passive
            else (Span(thing.left_edge.idx, end),)
        )
        yield from _rare(indexed, Construction.FIGURE, verb, cue, giver, content)


def find_clear_readings(indexed: IndexedText, adjective: "Word") -> Iterator[Candidate]:
    """ "The judge made clear that …"."""
    verb = adjective.head
    if verb.lemma_.lower() != "make" or adjective.dep_ not in {"ccomp", "acomp", "oprd", "advmod"}:
        return
    subject, _ = find_subject(verb)
    clause = next(
        (
            child
            for token in (adjective, verb)
            for child in token.rights
            if child.dep_ == "ccomp" and child.i > adjective.i
        ),
        None,
    )
    if subject is not None and clause is not None and indexed.quote_of[verb.i] < 0:
        yield from _rare(
            indexed,
            Construction.MADE_CLEAR,
            adjective,
            Cue("make clear", "adjective", "speech", "assertive"),
            subject,
            (subtree_of(clause),),
        )


def find_view_readings(indexed: IndexedText, noun: "Word") -> Iterator[Candidate]:
    """ "In the court's view, …": what the sentence goes on with."""
    owner, last = next((child for child in noun.children if child.dep_ == "poss"), None), noun
    of = next(
        (child for child in noun.rights if child.dep_ == "prep" and child.lower_ == "of"), None
    )
    if owner is None and of is not None:  # "in the view of most analysts"
        owner, last = (
            next((child for child in of.rights if child.dep_ == "pobj" and can_speak(child)), None),
            of.right_edge,
        )
    if owner is None or noun.dep_ != "pobj" or noun.head.lower_ not in {"in", "to"}:
        return
    if noun.lower_ == "eyes" and not noun.head.is_sent_start:
        return  # "with tears in her eyes"
    rest = _rest_of_sentence(indexed, noun, noun.head.i, last.i)
    yield from _rare(
        indexed,
        Construction.VIEW,
        noun,
        Cue(
            noun.lower_,
            "noun",
            _VIEWS[noun.lower_],
            "neutral",
            "belief" if _VIEWS[noun.lower_] == "attitude" else "speaking",
        ),
        owner,
        rest,
    )


def find_for_readings(indexed: IndexedText, preposition: "Word") -> Iterator[Candidate]:
    """ "For the union, the offer is an insult": only with somebody who can speak, a comma, and a
    verb that judges."""
    if (
        preposition.dep_ != "prep"
        or not preposition.is_sent_start
        or preposition.head.lemma_.lower() not in JUDGING
    ):
        return
    owner = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    if (
        owner is None
        or not can_speak(owner)
        or owner.right_edge.i + 1 >= len(indexed.doc)
        or indexed.doc[owner.right_edge.i + 1].text != ","
    ):
        return
    is_named = owner.pos_ == "PROPN" or any(
        child.dep_ in {"det", "poss"} and child.lower_ not in {"a", "an"} for child in owner.lefts
    )
    if not is_named or any(token.pos_ == "VERB" for token in owner.subtree):
        return
    if owner.ent_type_ == "GPE":
        return  # "For Norway, the sum was 2 % of its output": of whom it is told
    rest = _rest_of_sentence(indexed, preposition, preposition.i, owner.right_edge.i)
    cue = Cue(preposition.lower_, "preposition", "attitude", "neutral", "belief")
    yield from _rare(indexed, Construction.FOR, preposition, cue, owner, rest)


_MANNERS = frozenset(
    "ability age budget custom height need plan preference schedule season size taste "
    "weight".split()
)


def find_according_readings(indexed: IndexedText, token: "Word", cue: Cue) -> Iterator[Candidate]:
    to = next(
        (child for child in token.children if child.lower_ == "to" and child.i > token.i), None
    )
    if to is None and token.i + 1 < len(indexed.doc) and indexed.doc[token.i + 1].lower_ == "to":
        to = indexed.doc[token.i + 1]
    source = (
        next((child for child in to.children if child.dep_ in {"pobj", "pcomp"}), None)
        if to is not None
        else None
    )
    if to is None or source is None or source.lemma_.lower() in _MANNERS:
        return  # "according to the needs of the mill"
    last = next(
        (child for child in reversed(list(token.rights)) if child.dep_ in {"pobj", "appos"}), to
    )  # an apposition may hang here
    sentence, start = token.sent, token.idx
    end = max(end_of(source.right_edge), end_of(last.right_edge))
    speaker = find_source(indexed.doc, indexed.text, source, token)
    if speaker and (name := _find_name_behind(indexed, end)) is not None:
        speaker, end = (Span(speaker[0].start, name.end),), name.end
    rest = Span(end, _end_before_report(sentence, source.right_edge.i))
    spans = [Span(sentence.start_char, start)]
    spans += [] if start > sentence.start_char and _belongs_to_source(indexed, rest) else [rest]
    spans = [_take_quote(indexed, span) for span in spans]
    content = tuple(
        span
        for span in spans
        if span.end - span.start > (3 if span.start == sentence.start_char else 25)
    )
    if not content:
        content = tuple(span for span in spans if span.end - span.start > 3)
    common: dict[str, Any] = {
        "verb": token,
        "cue": cue,
        "subject": source,
        "relation": "pobj",
        "is_passive": False,
    }
    yield make_candidate(
        indexed,
        Construction.ACCORDING_TO,
        content,
        speaker,
        (Span(start, end_of(to)),),
        **common,
    )


def _find_name_behind(indexed: IndexedText, end: int) -> Span | None:
    """The name between commas behind a source: "According to a doctor, | Ana Lund, | the clinic is
    full"."""
    if not indexed.text.startswith(", ", end):
        return None
    opened = indexed.doc.char_span(end + 2, end + 3, alignment_mode="expand")
    last = opened[0] if opened is not None else None
    if last is None or last.ent_type_ != "PERSON":
        return None
    while last.i + 1 < len(indexed.doc) and indexed.doc[last.i + 1].ent_iob_ == "I":
        last = indexed.doc[last.i + 1]
    name = Span(end + 2, end_of(last))
    is_apart = (
        indexed.text.startswith(", ", name.end) and " " in indexed.text[name.start : name.end]
    )
    return name if is_apart else None


def _belongs_to_source(indexed: IndexedText, rest: Span) -> bool:
    """Whether the words behind a source only tell more of it: "…, according to Ana Lund | from the
    county police"."""
    piece = indexed.doc.char_span(*rest, alignment_mode="contract")
    words = [word for word in piece or () if not word.is_space]
    return bool(words) and words[0].pos_ == "ADP" and all(word.pos_ not in VERBS for word in words)


def _take_quote(indexed: IndexedText, span: Span) -> Span:
    """A span with the whole of a quotation that it ends inside."""
    for mark in indexed.marks:
        if span.start <= mark.start < span.end < mark.end:
            return Span(span.start, mark.end)
    return span


def _end_before_report(sentence: "Phrase", last: int) -> int:
    """Where a sentence ends, or the part of it before somebody else's words: "…; its owner says it
    was rammed", "…, though a third insisted …"."""
    words = sentence.doc
    for token in sentence:
        if token.i <= last or not is_report(token):
            continue
        first = next(
            (child.left_edge for child in token.lefts if child.dep_ in {"nsubj", "nsubjpass"}),
            token,
        )
        if words[first.i - 1].lower_ in _TURNS:
            first = words[first.i - 1]
        before = words[first.i - 1]
        if before.text == ";" or (before.text == "," and first.lower_ in _TURNS):
            return before.idx
    return sentence.end_char


def _rest_of_sentence(
    indexed: IndexedText, token: "Word", first: int, last: int
) -> tuple[Span, ...]:
    """What a sentence says besides the tokens from first to last."""
    sentence = token.sent
    spans = []
    if first > sentence.start:
        spans.append(
            Span(sentence[0].idx, indexed.doc[first - 1].idx + len(indexed.doc[first - 1]))
        )
    if last + 1 < sentence.end:
        spans.append(Span(indexed.doc[last + 1].idx, end_of(sentence[-1])))
    return tuple(
        piece
        for span in spans
        for piece in trim(indexed.text, *span)
        if piece.end - piece.start > 2
    )


def _rare(
    indexed: IndexedText,
    construction: Construction,
    token: "Word",
    cue: Cue,
    owner: "Word",
    content: tuple[Span, ...],
) -> Iterator[Candidate]:
    """A construction too rare to learn weights for, and plain enough not to need them."""
    if content:
        source = find_source(indexed.doc, indexed.text, owner, token)
        candidate = make_candidate(
            indexed, construction, content, source, (Span(token.idx, end_of(token)),),
            verb=token, cue=cue, subject=owner, relation="owner", is_passive=False,
        )  # fmt: skip
        candidate.floor = SURE
        yield candidate


# words that are cues only in a phrase of their own
PHRASES: Mapping[str, Callable[[IndexedText, "Word"], Iterator[Candidate]]] = {
    "put": find_put_readings, "puts": find_put_readings, "clear": find_clear_readings,
    "for": find_for_readings, "to": find_for_readings,
    **dict.fromkeys(_VIEWS, find_view_readings),
    **dict.fromkeys(_SETTING_FORMS, find_figure_readings),
}  # fmt: skip
