"""Cues that are no verbs: "X's claim that", "reportedly", "in X's view", "for X",
"as X put it"."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from newsledger.lexicon.cues import Cue
from newsledger.model.enums import Construction, CueClass, CueStance, CueType, EntityLabel
from newsledger.model.records import Span
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
from newsledger.nlp.parse.parsed import Word

_VIEWS = {
    "view": CueClass.ATTITUDE,
    "opinion": CueClass.ATTITUDE,
    "judgment": CueClass.ATTITUDE,
    "judgement": CueClass.ATTITUDE,
    "eyes": CueClass.ATTITUDE,
    "words": CueClass.SPEECH,
}
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
        cue.cue_class == CueClass.EVIDENTIAL and cue.lemma != "apparently"
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
    cue = Cue("put", "verb", CueClass.SPEECH, CueStance.NEUTRAL)
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
        cue = Cue(lemma, "verb", CueClass.SPEECH, CueStance.NEUTRAL)
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
            Cue("make clear", "adjective", CueClass.SPEECH, CueStance.ASSERTIVE),
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
            CueStance.NEUTRAL,
            CueType.BELIEF if _VIEWS[noun.lower_] == CueClass.ATTITUDE else CueType.SPEAKING,
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
    if owner.ent_type_ == EntityLabel.GPE:
        return  # "For Norway, the sum was 2 % of its output": of whom it is told
    rest = _rest_of_sentence(indexed, preposition, preposition.i, owner.right_edge.i)
    cue = Cue(
        preposition.lower_, "preposition", CueClass.ATTITUDE, CueStance.NEUTRAL, CueType.BELIEF
    )
    yield from _rare(indexed, Construction.FOR, preposition, cue, owner, rest)


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
