"""Verbs as cues: what a verb may mean to say, each a reading; clauses, objects and passives have
files of their own."""

import re
from collections.abc import Iterator

from newsledger.lexicon.cues import Cue, load_cues
from newsledger.model.enums import Construction, CueClass, CueStance, CueType
from newsledger.model.records import Span
from newsledger.nlp.attribution.constructions.according import follows_opener
from newsledger.nlp.attribution.constructions.agents import find_agent, find_agent_span
from newsledger.nlp.attribution.constructions.blocks import read_block
from newsledger.nlp.attribution.constructions.clauses import TELLING, read_clauses
from newsledger.nlp.attribution.constructions.denied import read_denied
from newsledger.nlp.attribution.constructions.document import (
    LIKELY,
    POSSIBLE,
    SURE,
    Candidate,
    IndexedText,
    end_of,
    split_at,
    subtree_of,
)
from newsledger.nlp.attribution.constructions.features import make_candidate
from newsledger.nlp.attribution.constructions.objects import find_victims, read_objects
from newsledger.nlp.attribution.constructions.passives import read_passive
from newsledger.nlp.attribution.constructions.subjects import (
    FAR_SUBJECT,
    find_inserted,
    find_subject,
    find_subject_beside,
    find_verb_span,
    goes_on,
)
from newsledger.nlp.attribution.constructions.tags import read_asides, read_closing, read_told_quote
from newsledger.nlp.attribution.constructions.verb_frame import (
    VerbFrame,
    cover,
    cut_complement,
    is_plain_intent,
    make_frame,
)
from newsledger.nlp.attribution.source_spans import find_source
from newsledger.nlp.claims.sources import can_speak
from newsledger.nlp.parse.parsed import Word

_APPEALING = frozenset("advise ask encourage implore instruct invite tell urge warn".split())
_SHOWING = frozenset({"depict", "describe", "show"})  # "described | the agent watching the house"
_ASKING = frozenset("ask encourage instruct invite tell".split())
_COMMITTING = frozenset("offer pledge promise threaten vow".split())
_COURTS = frozenset(
    "committee court hearing inquest inquiry judge juror jury magistrate panel trial "
    "tribunal".split()
)
_HEARD = Cue("hear", "verb", CueClass.EVIDENTIAL, CueStance.NEUTRAL, CueType.EVIDENTIAL)
MAX_TOLD = 5  # words between the comma and "told" in a headline
_IDENTIFYING = frozenset("identify name photograph quote".split())
_KICKER = re.compile(r"[^:\n“\"‘']{3,30}: ")


def find_verb_readings(indexed: IndexedText, verb: "Word", cue: Cue) -> Iterator[Candidate]:
    if _tells_nothing(verb, cue):
        return
    if (told := _find_headline_told(indexed, verb)) is not None:
        headline = make_candidate(
            indexed, Construction.HEADLINE_TOLD, (told,), (), find_verb_span(verb),
            verb=verb, cue=cue, subject=None, relation="none", is_passive=True,
        )  # fmt: skip
        headline.floor = SURE
        yield headline
        return
    if (candidate := _read_what_is(indexed, verb, cue)) is not None:
        yield candidate
        return
    subject, relation = find_subject(verb)
    if subject is not None and subject.lemma_.lower() in _COURTS and _is_heard(cue, relation):
        # "the jury heard that", "jurors were told": in court, and nobody is said to say it
        yield from _readings(indexed, verb, _HEARD, None, "none")
        return
    if subject is not None and indexed.paragraph_of[subject.i] != indexed.paragraph_of[verb.i]:
        subject, relation = None, "none"  # the parser took two lines for one sentence
    if (
        cue.cue_class == CueClass.SPEECH
        and (candidate := _read_parenthesis(indexed, verb, cue)) is not None
    ):
        yield candidate
        if candidate.floor == SURE:
            return
    if indexed.quote_of[verb.i] < 0 and (subject is None or subject.i != verb.i - 1):
        beside = find_subject_beside(indexed, verb)
        if beside is not None and (subject is None or beside.i != subject.i):
            if subject is None or indexed.quote_of[subject.i] >= 0:
                subject, relation = beside, "beside"
            elif cue.cue_class == CueClass.SPEECH and (
                relation != "nsubj" or abs(subject.i - verb.i) > FAR_SUBJECT
            ):
                yield from _readings(indexed, verb, cue, beside, "beside too")
    yield from _readings(indexed, verb, cue, subject, relation)


def _tells_nothing(verb: "Word", cue: Cue) -> bool:
    """Whether a cue is none: "declined to say who was hurt", "without saying where they had come
    from", "it is not known how many", a question."""
    if verb.dep_ == "xcomp" and cue.cue_class == CueClass.SPEECH and _is_declined(verb.head):
        return True
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return True
    if verb.dep_ in {"ccomp", "xcomp"} and verb.head.lemma_ == "help" and verb.tag_ == "VB":
        return True  # "the survey helps explain why"
    if verb.lemma_ == "know" and {"neg", "auxpass"} <= {child.dep_ for child in verb.lefts}:
        return True
    return _is_unthought(verb, cue) or _is_put_to(verb)


def _is_heard(cue: Cue, relation: str) -> bool:
    """Whether a court is who listens: "the court heard", "the jury was told"."""
    return cue.lemma == "hear" or (cue.lemma == "tell" and relation == "nsubjpass")


def _is_unthought(verb: "Word", cue: Cue) -> bool:
    """Whether the outlet tells what nobody thought, ordered or could say: "little did he know",
    "they failed to see that", "he cannot deny that"."""
    before = {child.lower_ for child in verb.lefts}
    if verb.lemma_ == "deny":
        return bool(before & {"can", "ca"}) and any(child.dep_ == "neg" for child in verb.lefts)
    if verb.lemma_ in {"instruct", "order"} and "did" in before:
        return any(child.dep_ == "neg" for child in verb.lefts)
    is_failed = verb.dep_ == "xcomp" and verb.head.lemma_ == "fail"
    return cue.cue_class == CueClass.ATTITUDE and ("little" in before or is_failed)


def _read_parenthesis(indexed: IndexedText, verb: "Word", cue: Cue) -> Candidate | None:
    """Read what stands around a speaker and verb that are put in: "The gates, said Lund, were
    shut", which has no other reading."""
    inserted = find_inserted(indexed, verb)
    if inserted is None:
        return None
    insider, first, last = inserted
    around: tuple[Span, ...] = (Span(end_of(indexed.doc[last + 1]), verb.sent.end_char),)
    if not follows_opener(indexed, indexed.doc[first].idx):
        around = (Span(verb.sent.start_char, indexed.doc[first - 1].idx), *around)
    source = find_source(indexed.doc, indexed.text, insider, verb)
    candidate = make_candidate(
        indexed, Construction.PARENTHESIS, around, source, find_verb_span(verb),
        verb=verb, cue=cue, subject=insider, relation="inserted", is_passive=False,
    )  # fmt: skip
    is_only = first == verb.i or goes_on(indexed.doc, last + 2)
    candidate.floor = SURE if is_only else 0.0
    return candidate


def _read_what_is(indexed: IndexedText, verb: "Word", cue: Cue) -> Candidate | None:
    """Read what somebody says that a thing is: "after what Norland says was | a raid on its
    mills"."""
    subject = next((child for child in reversed(verb.lefts) if child.dep_ == "nsubj"), None)
    first = subject.left_edge.i if subject is not None else 0
    if first == 0 or indexed.doc[first - 1].lower_ != "what" or cue.cue_type != CueType.SPEAKING:
        return None
    near = [verb.head, *verb.rights]
    being = next((word for word in near if word.lemma_ == "be" and word.i == verb.i + 1), None)
    thing = next((word for word in being.rights if word.dep_ == "attr"), None) if being else None
    if subject is None or thing is None or indexed.quote_of[verb.i] >= 0:
        return None
    candidate = make_candidate(
        indexed, Construction.OBJECT, (subtree_of(thing),),
        find_source(indexed.doc, indexed.text, subject, verb),
        find_verb_span(verb), verb=verb, cue=cue, subject=subject, relation="nsubj",
        is_passive=False,
    )  # fmt: skip
    candidate.floor = LIKELY
    return candidate


def _readings(
    indexed: IndexedText, verb: "Word", cue: Cue, subject: "Word | None", relation: str
) -> Iterator[Candidate]:
    frame = make_frame(indexed, verb, cue, subject, relation)
    if (denied := read_denied(frame)) is not None:
        yield denied
        return
    if victims := find_victims(frame):
        yield frame.read(Construction.COUNT, (victims,), floor=SURE)
        return
    if (told := read_told_quote(frame)) is not None:
        yield told
        return
    yield from read_asides(frame)
    yield from read_clauses(frame)
    yield from _read_infinitives(frame)
    yield from read_objects(frame)
    yield from read_block(frame)
    yield from read_closing(frame)
    if frame.is_passive and frame.subject is not None:
        yield from read_passive(frame, frame.subject)
    if verb.tag_ == "VBN" and verb.dep_ == "acl" and (agent := find_agent_span(indexed, verb)):
        floor = (
            LIKELY if cue.lemma == "report" and indexed.quote_of[verb.i] < 0 else 0.0
        )  # "the breach, first reported by the Herald, …"
        yield frame.read(
            Construction.PARTICIPLE_BY,
            (Span(verb.head.left_edge.idx, end_of(verb.head)),),
            agent,
            floor,
        )


def _find_headline_told(indexed: IndexedText, verb: "Word") -> Span | None:
    """What somebody is told in a headline, where "told" is a passive: "Delays will last all summer,
    passengers told"."""
    if verb.lower_ != "told" or indexed.text[end_of(verb) :].lstrip("’'”\"")[:1] not in {"", "\n"}:
        return None
    start = indexed.text.rfind("\n", 0, verb.idx) + 1
    comma = indexed.text.rfind(", ", start, verb.idx)
    if (
        comma < 0
        or not indexed.text[start].strip()
        or len(indexed.text[comma : verb.idx].split()) > MAX_TOLD
    ):
        return None
    kicker = _KICKER.match(indexed.text, start, comma)  # "Storm warning: stay at home, …"
    return Span(kicker.end() if kicker else start, comma)


def _is_put_to(verb: "Word") -> bool:
    """Whether somebody is asked and nobody is said to ask: "Asked if she would stand down, Lund
    laughed"."""
    if verb.lemma_.lower() not in {"ask", "question"} or verb.tag_ != "VBN" or verb.dep_ != "advcl":
        return False
    return find_agent(verb) is None and not any(
        child.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for child in verb.lefts
    )


def _is_declined(verb: "Word") -> bool:
    cue = load_cues().get((verb.lemma_.lower(), "verb"))
    return cue is not None and cue.cue_class == CueClass.DECLINED


def _read_infinitives(frame: VerbFrame) -> Iterator[Candidate]:
    """Read infinitives and raising: "vowed to leave", "asked the council to act", "is said to have
    fled"."""
    indexed, verb, subject = frame.indexed, frame.verb, frame.subject
    if (
        frame.cue.cue_class == CueClass.EVIDENTIAL
        and subject is not None
        and frame.relation == "nsubj"
        and (frame.infinitives or frame.objects)
    ):
        rest = cover([*frame.infinitives, *frame.objects])
        whole = [rest] if subject.lower_ in {"it", "there"} else [subtree_of(subject), rest]
        yield frame.read(Construction.RAISING, split_at(indexed, whole, verb), ())
    if not frame.infinitives:
        return
    first = frame.infinitives[0]
    if first.lemma_.lower() in _IDENTIFYING and any(child.dep_ == "neg" for child in first.lefts):
        return  # "who asked not to be named": a ground rule
    span = cut_complement(verb, first)
    if _is_appeal(frame):
        yield frame.read(
            Construction.OBJECT_INFINITIVE,
            (Span(cover(frame.objects).start, span.end),),
            floor=LIKELY,
        )
        return
    people = [child for child in frame.objects if child.dep_ == "dobj" and child.i < first.i]
    is_asked = bool(people) and not frame.is_passive and frame.cue.lemma in _APPEALING | _SHOWING
    yield frame.read(
        Construction.PASSIVE_INFINITIVE if frame.is_passive else Construction.INFINITIVE,
        split_at(indexed, [Span(cover(people).start, span.end) if is_asked else span], verb),
        floor=_find_infinitive_floor(frame, first),
    )
    if people and not frame.is_passive:
        yield frame.read(
            Construction.OBJECT_INFINITIVE,
            split_at(indexed, [Span(cover(people).start, span.end)], verb),
        )
    if frame.is_passive and subject is not None and frame.relation != "agent":
        whole = [subtree_of(subject), subtree_of(first)]
        is_said = frame.cue.lemma == "say" and verb.tag_ == "VBN" and indexed.quote_of[verb.i] < 0
        floor = LIKELY if is_said else 0.0  # "are said to have fled"
        yield frame.read(
            Construction.PASSIVE_CLAUSE,
            split_at(indexed, whole, verb),
            find_agent_span(indexed, verb),
            floor,
        )


def _find_infinitive_floor(frame: VerbFrame, first: "Word") -> float:
    """How sure an infinitive is content: "claimed to have taken the airport" and "threatened to cut
    the line" are likely, "She agreed to testify in June" is possible."""
    if is_plain_intent(frame):
        return POSSIBLE
    has_happened = any(child.dep_ == "aux" and child.lower_ == "have" for child in first.lefts)
    is_claim = (
        frame.cue.lemma == "claim"
        and has_happened
        and bool(frame.source)
        and frame.indexed.quote_of[frame.verb.i] < 0
    )
    return LIKELY if is_claim or _is_commitment(frame) else 0.0


def _is_commitment(frame: VerbFrame) -> bool:
    """Whether somebody commits themselves: "vowed to appeal", "threatened to cut the line"."""
    if (
        frame.cue.lemma not in _COMMITTING
        or frame.is_passive
        or frame.relation not in {"nsubj", "conj nsubj"}
    ):
        return False
    is_speaker = frame.subject is not None and (
        can_speak(frame.subject) or frame.subject.lower_ in {"he", "she", "they"}
    )
    return is_speaker and frame.verb.tag_ in TELLING and frame.indexed.quote_of[frame.verb.i] < 0


def _is_appeal(frame: VerbFrame) -> bool:
    """Whether somebody is called on to act: "urged people to stay at home", "called on both sides
    to stop", "told them not to lose hope"."""
    if frame.is_passive or not frame.source or frame.relation.startswith("beside"):
        return False
    lemma, first = frame.cue.lemma, frame.infinitives[0]
    if lemma == "call":
        people = next((child for child in frame.objects if child.lower_ in {"on", "upon"}), None)
        called = next(iter(people.rights), None) if people is not None else None
        return (
            people is not None
            and called is not None
            and people.i < first.i
            and called.ent_type_ not in {"DATE", "TIME"}
        )
    is_telling = frame.verb.tag_ in TELLING or any(
        child.lower_ in {"is", "are", "was", "were", "been"}
        for child in frame.verb.lefts
        if child.dep_ == "aux"
    )
    subject = frame.subject
    is_speaker = subject is not None and can_speak(subject)
    if lemma in _ASKING and not (is_speaker and is_telling):
        return False
    has_people = any(child.dep_ == "dobj" and child.i < first.i for child in frame.objects)
    return lemma in _APPEALING and has_people and first.left_edge.lower_ in {"to", "not", "never"}
