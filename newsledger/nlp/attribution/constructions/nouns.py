"""Nouns and adjectives as cues: "X's claim that", "the allegation, made by X, that", "critical
of"."""

from collections.abc import Iterator
from typing import Any

from newsledger.lexicon.cues import Cue
from newsledger.model.enums import Construction, CueClass, CueStance, EntityLabel
from newsledger.model.records import Span
from newsledger.nlp.attribution.conjuncts import is_speech
from newsledger.nlp.attribution.constructions.document import (
    LIKELY,
    POSSIBLE,
    Candidate,
    IndexedText,
    as_topic,
    end_of,
    subtree_of,
)
from newsledger.nlp.attribution.constructions.features import make_candidate
from newsledger.nlp.attribution.constructions.subjects import VERBS, find_subject
from newsledger.nlp.attribution.source_spans import find_source
from newsledger.nlp.claims.sources import can_speak
from newsledger.nlp.parse.parsed import Word

_NOUN_PREPOSITIONS = frozenset(
    "of about for on in to against with over from toward towards".split()
)
_ANSWERING = frozenset(
    "accept answer avoid cite condemn contest counter criticise criticize debunk deny dismiss "
    "dispute dodge echo evade face ignore sidestep "
    "hear investigate question read rebut refute reject repudiate study welcome "
    "address allay attract cause draw earn ease fuel generate ignite meet prompt provoke raise "
    "receive spark stir survive trigger win".split()
)
# of others: "could be a hard choice due to concerns about his past"
_OTHERS_BEHIND = frozenset(
    "about after against amid because by despite due from over to under".split()
)
_SHOWING = frozenset("give offer present provide yield".split())
JUDGING = frozenset("be seem mean remain amount look sound represent become appear".split())


def find_noun_readings(indexed: IndexedText, noun: "Word", cue: Cue) -> Iterator[Candidate]:
    span = (Span(noun.idx, end_of(noun)),)
    clauses, objects = _list_complements(noun)
    if not clauses and not objects:
        return
    for owner, relation in _noun_owners(noun):
        source = find_source(indexed.doc, indexed.text, owner, noun) if owner is not None else ()
        common: dict[str, Any] = {
            "verb": noun,
            "cue": cue,
            "subject": owner,
            "relation": relation,
            "is_passive": False,
        }
        for clause in clauses:
            candidate = make_candidate(
                indexed,
                Construction.NOUN_CLAUSE
                if clause.head.i == noun.i
                else Construction.NOUN_PREDICATE,
                (subtree_of(clause),),
                source,
                span,
                **common,
            )
            is_plain = (
                clause.head.i == noun.i
                and clause.left_edge.lower_ == "that"
                and indexed.quote_of[noun.i] < 0
            )
            if is_plain and _stands_alone(noun, cue, owner, relation):
                candidate.floor = LIKELY
            if relation == "verb subject" and _is_shown(noun, clause):
                candidate.floor = LIKELY
            yield candidate
        for child in objects:
            if owner is None or not any(grand.i == owner.i for grand in child.children):
                yield as_topic(
                    make_candidate(
                        indexed,
                        Construction.NOUN_OBJECT,
                        (subtree_of(child),),
                        source,
                        span,
                        **common,
                    )
                )


def _list_complements(noun: "Word") -> tuple[list["Word"], list["Word"]]:
    """List the clauses that tell what a noun says, and the phrases of what it is about."""
    clauses, objects = [], []
    for child in noun.children:
        if child.i > noun.i:
            if child.tag_ == "VBG" and is_speech(child):
                continue  # "a statement saying that": the verb is read
            if (child.dep_ in {"acl", "ccomp"} and child.pos_ in VERBS) or (
                child.dep_ == "relcl" and child.pos_ in VERBS and child.left_edge.lower_ == "that"
            ):
                clauses.append(child)
            elif child.dep_ == "prep" and child.lower_ in _NOUN_PREPOSITIONS:
                objects.append(child)
    if noun.dep_ in {"attr", "nsubj", "dobj"} and noun.head.pos_ in VERBS and not clauses:
        clauses = [
            child for child in noun.head.children if child.dep_ == "ccomp" and child.i > noun.i
        ]
    return clauses, objects


def _stands_alone(noun: "Word", cue: Cue, owner: "Word | None", relation: str) -> bool:
    """Whether a noun and its clause are a claim by themselves: "his claim that", "a warning from
    the board that", "there are fears that", "rumours that"."""
    if relation == "owner":
        return cue.cue_class == CueClass.SPEECH
    if relation in {"by owner", "from owner"} and owner is not None:
        is_place = owner.ent_type_ == EntityLabel.GPE and noun.lemma_.lower() == "report"
        return cue.cue_class == CueClass.SPEECH and can_speak(owner) and not is_place
    if relation != "none" or cue.stance == CueStance.FACTIVE:
        return False
    return _is_there(noun) or (cue.cue_class == CueClass.EVIDENTIAL and noun.dep_ == "nsubj")


def _is_shown(noun: "Word", clause: "Word") -> bool:
    """Whether somebody or something is said to prove what a clause tells: "the probe provides
    evidence that"."""
    verb = noun.head
    helpers = {child.lower_ for child in verb.lefts if child.dep_ in {"aux", "neg"}}
    is_plain = noun.dep_ == "dobj" and noun.left_edge.lower_ not in {"no", "any"}
    return (
        is_plain
        and noun.lemma_.lower() in {"evidence", "proof"}
        and verb.lemma_.lower() in _SHOWING
        and helpers <= {"have", "has", "had"}
        and any(child.lower_ == "that" and child.dep_ == "mark" for child in clause.lefts)
    )


def _is_there(noun: "Word") -> bool:
    """ "There were reports that …"."""
    is_denied = any(child.dep_ == "det" and child.lower_ == "no" for child in noun.lefts)
    return (
        noun.dep_ == "attr"
        and not is_denied
        and any(child.dep_ == "expl" for child in noun.head.lefts)
    )


def _noun_owners(noun: "Word") -> Iterator[tuple["Word | None", str]]:
    """Who may stand behind a noun cue: its possessor, "by X", "of X", an adjective of nationality,
    the subject of its verb, nobody."""
    for child in noun.children:
        if child.dep_ == "poss":
            yield child, "owner"
            return
    for child in noun.children:
        if (
            child.dep_ == "prep"
            and child.i > noun.i
            and child.lower_ in {"by", "from", "of", "among"}
        ):
            for grand in child.children:
                if grand.dep_ == "pobj":
                    yield grand, f"{child.lower_} owner"
        elif child.dep_ == "compound" and child.ent_type_ in {
            EntityLabel.PERSON,
            EntityLabel.ORG,
            EntityLabel.NORP,
            EntityLabel.GPE,
        }:
            yield child, "compound"
    if noun.dep_ in {"dobj", "pobj", "attr", "conj"}:
        head = noun.head.head if noun.dep_ == "pobj" else noun.head
        is_others = noun.dep_ == "pobj" and noun.head.lower_ in _OTHERS_BEHIND
        if head.pos_ in VERBS and not is_others and not _answers(head):
            found, _ = find_subject(head)
            if found is not None and found.i != noun.i:
                yield found, "verb subject"
    yield None, "none"


def _answers(verb: "Word") -> bool:
    """Whether a verb takes up what somebody else said, or brings it on: "rejected the argument
    that", "drew criticism for"."""
    return verb.lemma_.lower() in _ANSWERING


def find_adjective_readings(
    indexed: IndexedText, adjective: "Word", cue: Cue
) -> Iterator[Candidate]:
    head = adjective.head
    subject, relation = (
        find_subject(head)
        if adjective.dep_ in {"acomp", "oprd", "conj"} and head.pos_ in VERBS
        else (None, "none")
    )
    if subject is None or (head.lemma_ == "make" and adjective.lower_ in {"certain", "sure"}):
        return  # "to make sure she is well"
    is_plain = head.lemma_ == "be" and indexed.quote_of[adjective.i] < 0
    is_speaker = can_speak(subject) or subject.lower_ in {"he", "she", "they"}
    source = find_source(indexed.doc, indexed.text, subject, adjective)
    common: dict[str, Any] = {
        "verb": adjective,
        "cue": cue,
        "subject": subject,
        "relation": relation,
        "is_passive": False,
    }
    clauses = [
        child
        for child in head.children
        if child.dep_ == "ccomp" and child.left_edge.lower_ == "that"
    ]  # "is adamant | that …"
    for child in [*adjective.children, *clauses]:
        if child.i > adjective.i and child.dep_ in {"ccomp", "xcomp", "prep"}:
            candidate = make_candidate(
                indexed,
                Construction(Construction(f"adjective {child.dep_}")),
                (subtree_of(child),),
                source,
                (Span(adjective.idx, end_of(adjective)),),
                **common,
            )
            if child.dep_ == "ccomp" and is_plain and is_speaker:
                candidate.floor = POSSIBLE  # "He is adamant that they never met."
            yield candidate
