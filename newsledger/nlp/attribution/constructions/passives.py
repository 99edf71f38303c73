"""Passives: "was accused of theft", "the attack was blamed on rebels by the army"."""

from collections.abc import Iterator

from newsledger.model.enums import Construction, CueClass
from newsledger.model.records import Span
from newsledger.nlp.attribution.constructions.agents import find_agent_span
from newsledger.nlp.attribution.constructions.document import (
    LIKELY,
    SURE,
    Candidate,
    split_at,
    subtree_of,
)
from newsledger.nlp.attribution.constructions.features import OTHER_VERB
from newsledger.nlp.attribution.constructions.objects import JUDGING
from newsledger.nlp.attribution.constructions.quoted import join_quotes
from newsledger.nlp.attribution.constructions.verb_frame import (
    RELAYING,
    VerbFrame,
    quotes_as_saying,
)
from newsledger.nlp.claims.sources import can_speak
from newsledger.nlp.parse.parsed import Word

_ADDRESSING = frozenset(
    "ask grill inform interview invite notify question quiz remind tell thank urge".split()
)  # "she was questioned": not what is said
_CHARGING = frozenset("accuse blame charge suspect".split())
_DOING = frozenset(
    "defend mention offer write".split()
)  # more often done than said: "they were offered tea", "the song was written"
_WORDED = frozenset(
    "advice advisory alert apology appeal call denial forecast guidance notice recommendation "
    "report statement warning".split()
)
_LABELLING = frozenset("brand dub label".split())


def read_passive(frame: VerbFrame, subject: "Word") -> Iterator[Candidate]:
    """Read passives: "was accused of theft", "the attack was blamed on rebels by the army"."""
    lemma = frame.cue.lemma
    if lemma == "identify" and not _is_identified_as(frame.verb, subject):
        return
    is_felt = frame.cue.holder == "object"  # "she is convinced": she is no content
    is_own = frame.relation in {"nsubjpass", "nsubj"} and not frame.infinitives
    if is_own and lemma not in _ADDRESSING and not is_felt:
        yield _read_done(frame, subject)
    is_held = frame.cue.cue_class == CueClass.ATTITUDE  # "is recognised by no bank"
    is_relayed = lemma in RELAYING or quotes_as_saying(frame.verb)
    if frame.relation == "agent" and not (frame.clauses or is_held or is_relayed):
        yield from _read_agent(frame, subject)


def _is_identified_as(verb: "Word", agent: "Word") -> bool:
    """Whether it is told who somebody is: "was identified as Ana Lund by police", but "was
    identified by his shoes"."""
    return any(child.lower_ == "as" for word in (verb, agent) for child in word.rights)


def _read_done(frame: VerbFrame, subject: "Word") -> Candidate:
    """Read what is said of the subject of a passive: "was accused of theft"."""
    indexed, verb, lemma = frame.indexed, frame.verb, frame.cue.lemma
    rest = _list_rest(verb, {"prep", "oprd", "ccomp", "advcl"})
    content = split_at(indexed, [subtree_of(word) for word in (subject, *rest)], verb)
    agent = find_agent_span(indexed, verb)
    content = tuple(span for piece in content for span in _without(piece, agent))
    is_outside = indexed.quote_of[verb.i] < 0
    is_open = any(child.dep_ == "neg" or child.tag_ == "MD" for child in verb.lefts)
    is_charge = _is_charge(lemma, rest) or _is_label(lemma, rest)
    floor = LIKELY if is_outside and not is_open and is_charge else 0.0
    return frame.read(Construction.PASSIVE, _join(frame, content), agent, floor)


def _read_agent(frame: VerbFrame, subject: "Word") -> Iterator[Candidate]:
    """Read what an agent says: "the attack was blamed on rebels by the army"; `subject` is the
    agent."""
    indexed, verb, lemma = frame.indexed, frame.verb, frame.cue.lemma
    passive = next((child for child in verb.children if child.dep_ in {"nsubjpass", "nsubj"}), None)
    is_handed_out = lemma == "issue" and passive is not None and not _is_of_words(passive)
    if passive is None or lemma in {OTHER_VERB, "refer"} or is_handed_out:
        return  # "the stables are managed by the club", "patients are referred by doctors"
    charge = _find_charge(subject, lemma)
    rest = _list_rest(verb, {"prep", "oprd", "xcomp"}) + ([charge] if charge is not None else [])
    content = split_at(indexed, [subtree_of(word) for word in (passive, *rest)], verb)
    agent = find_agent_span(indexed, verb)
    if charge is not None:
        agent = tuple(Span(start, min(end, charge.idx - 1)) for start, end in agent)
    is_plain = frame.cue.cue_class == CueClass.SPEECH and can_speak(subject) and lemma not in _DOING
    yield frame.read(
        Construction.PASSIVE_BY, _join(frame, content), agent, SURE if is_plain else 0.0
    )


def _is_of_words(thing: "Word") -> bool:
    """Whether what is issued is made of words: a statement, not a warrant or a permit."""
    return thing.lemma_.lower() in _WORDED


def _list_rest(verb: "Word", parts: set[str]) -> "list[Word]":
    return [child for child in verb.rights if child.dep_ in parts and not _is_day(child)]


def _is_day(child: "Word") -> bool:
    """Whether a phrase tells the day of the telling: "was reported by the Herald | on Friday"."""
    return any(word.dep_ == "pobj" and word.ent_type_ == "DATE" for word in child.rights)


def _join(frame: VerbFrame, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """A content with whole quotations, where its cue stands outside of one."""
    is_outside = frame.indexed.quote_of[frame.verb.i] < 0
    return join_quotes(frame.indexed, content, []) if is_outside else content


def _is_charge(lemma: str, rest: "list[Word]") -> bool:
    """Whether it is said what somebody is accused of, or what as somebody is criticised."""
    wanted = (
        {"as", "for"}
        if lemma in JUDGING
        else {"of", "for", "on", "with"}
        if lemma in _CHARGING
        else set()
    )
    near = [child for child in rest if child.dep_ == "prep" and child.lower_ in wanted]
    return any(
        all(grand.ent_type_ not in {"DATE", "TIME"} for grand in child.rights) for child in near
    )  # "was charged on Friday"


def _is_label(lemma: str, rest: "list[Word]") -> bool:
    """Whether something is judged and not named: "was called a charlatan", but "the second part is
    called Staccato"."""
    return any(
        child.dep_ == "oprd"
        and (lemma in _LABELLING or (lemma == "call" and child.left_edge.lower_ in {"a", "an"}))
        for child in rest
    )


def _find_charge(agent: "Word", lemma: str) -> "Word | None":
    """The charge or judgment that the parser hangs on the agent: "accused by farmers of poisoning
    the river", "hailed by fans as a hero"."""
    if lemma in JUDGING:
        return next(
            (child for child in agent.rights if child.dep_ == "prep" and child.lower_ == "as"), None
        )
    if lemma not in _CHARGING:
        return None
    return next(
        (
            child
            for child in agent.rights
            if child.dep_ == "prep" and any(grand.dep_ == "pcomp" for grand in child.rights)
        ),
        None,
    )


def _without(piece: Span, source: tuple[Span, ...]) -> list[Span]:
    """What is left of a span before a source that it ends with: "on rebels | by the army"."""
    if source and piece.start < source[0].start < piece.end:
        return [Span(piece.start, source[0].start - len("by "))]
    return [piece]
