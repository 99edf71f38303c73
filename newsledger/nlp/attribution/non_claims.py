"""Readings that tell a deed, an interest or the outlet's own view, and nothing that anybody said or
holds: "backed the rules", "is expected to grow", "the standoff underscores his anger"."""

from collections.abc import Sequence
from functools import cache

from newsledger.errors import SettingsError
from newsledger.lexicon.cues import load_cues
from newsledger.lexicon.source_words import find_word_class
from newsledger.lexicon.words import read_lexicon
from newsledger.model.enums import Construction, CueClass, CueStance, EntityLabel, Form, WordClass
from newsledger.model.records import Span
from newsledger.nlp.attribution.conjuncts import FINITE, is_speech
from newsledger.nlp.attribution.constructions.document import Candidate
from newsledger.nlp.attribution.constructions.features import OTHER_VERB
from newsledger.nlp.attribution.idle_objects import (
    is_label_alone,
    is_other_call,
    is_other_object,
    is_quoted,
)
from newsledger.nlp.claims.sources import can_speak
from newsledger.nlp.parse.parsed import ParsedText, Word

_PASSIVES = frozenset(
    {
        Construction.PASSIVE,
        Construction.PASSIVE_CLAUSE,
        Construction.PASSIVE_THAT,
        Construction.PARTICIPLE_BY,
    }
)
_PRONOUNS = frozenset("he she they we i who it another others some many all both".split())
_HELD = frozenset({"believe", "fear", "presume", "think", "understand"})  # "is believed to be ill"
_SELVES = frozenset({"he", "she", "they", "it", "we", "i"})
_FIRST = frozenset({"i", "we"})
_OWNERS = frozenset({"his", "her", "their", "its", "my", "our"})
_LABELS = frozenset({"oprd", "acomp", "attr"})  # "called it a trap"
_OBJECTS = frozenset({Construction.OBJECT, Construction.OBJECT_INFINITIVE})
_RELATIVES = frozenset({"who", "which", "that"})
_WANTING = frozenset({"hope", "like", "need", "try", "want", "wish"})
_LEARNING = frozenset(
    "confirm determine discover establish find learn prove see show verify".split()
)
_INSTITUTIONS = frozenset(
    {WordClass.DOCUMENT, WordClass.GOVERNMENT_BODY, WordClass.MONITOR, WordClass.ORGANISATION}
)
_FINDING = frozenset({"discover", "find", "learn"})
_MAIN = frozenset({"ROOT", "conj", "ccomp", "parataxis"})
_OBLIGING = frozenset("compel expect oblige require".split())
_DRIVING = frozenset("cause drive force lead prompt push".split())  # others to speak
_TURNING = frozenset("call contact email phone register ring visit".split())
_SIGNALLING = frozenset("indicate promise show signal suggest threaten".split())
_PHASES = frozenset({"begin", "cease", "continue", "keep", "start", "stop"})
_UNTOLD = frozenset({Construction.RAISING})


@cache
def _deeds() -> frozenset[tuple[str, str]]:
    """Read `seeds/deed_readings.csv`: lemma and construction; "object single" is an object without
    a label on it. Raises `SettingsError` for a construction that there is none of."""
    rows = read_lexicon("deed_readings.csv", ("lemma", "construction", "example"))
    for number, row in enumerate(rows, 2):
        if row["construction"].removesuffix(" single") not in set(Construction):
            raise SettingsError(
                f"deed_readings.csv line {number}: construction {row['construction']!r}: expected "
                f"one of {', '.join(Construction)}"
            )
    return frozenset((row["lemma"], row["construction"]) for row in rows)


def is_claim(
    doc: "ParsedText", marks: Sequence[Span], candidate: Candidate, *, is_interview: bool = False
) -> bool:
    """Tell whether a reading may be a claim at all; `marks` are the quotations in order."""
    if candidate.cue_index < 0:
        return True
    if any(_is_torn(doc.text[span.start : span.end]) for span in candidate.source):
        return False  # "his aunt (both | recovered), suggesting that …"
    cue, kind = doc[candidate.cue_index], candidate.construction
    if _is_empty(doc, candidate) or (candidate.is_nested and is_label_alone(candidate, cue)):
        return False
    if candidate.cue_class == CueClass.EVIDENTIAL:
        is_other = kind == Construction.ADVERB and _is_told_otherwise(cue)
        return kind not in _UNTOLD and _is_main(cue) and not is_other
    if candidate.lemma == "call" and is_other_call(marks, cue):
        return False
    if any(child.dep_ == "prt" for child in cue.rights):
        return True  # "ruled out an early vote"
    if (candidate.lemma, kind) in _deeds() and candidate.cue_class != CueClass.DECLINED:
        return False
    if kind == Construction.OBJECT and is_other_object(doc, candidate, cue):
        return False
    if kind == Construction.CLAUSE and _is_verbless(doc, candidate, cue):
        return False
    if candidate.is_mute and _is_sign(doc, candidate, cue):
        return False
    if (candidate.lemma, f"{kind} single") in _deeds() and not _has_label(marks, cue):
        return False
    if kind in _OBJECTS and cue.dep_ == "xcomp" and cue.head.lemma_.lower() in _WANTING:
        return False  # "if tenants want to report a leak"
    if _is_unsaid(candidate, cue) or _is_by_the_way(candidate, cue):
        return False
    if _is_undergone(candidate, cue) or _is_arrest(candidate, cue):
        return False
    if kind == Construction.PARENTHESIS and any(child.lower_ in _RELATIVES for child in cue.lefts):
        return False  # "Moss, who lives near the mill, said: …"
    if is_quoted(marks, cue.idx) and (kind == Construction.FOR or _is_mine(doc, candidate)):
        return False  # "in my view", "For the guild, he was the boss": a part of what is said
    if kind in _PASSIVES and (_is_invitation(cue) or any(c.dep_ == "neg" for c in cue.lefts)):
        return False  # "was not asked to plead"
    if candidate.cue_class == CueClass.ATTITUDE and candidate.lemma == OTHER_VERB:
        return False  # "help a man climb out": no listed word of belief or will
    if candidate.cue_class == CueClass.ATTITUDE:
        is_hearsay = kind not in _PASSIVES or candidate.lemma in _HELD
        is_answer = is_interview and not is_quoted(marks, cue.idx)
        # else the outlet's, or part of what is said
        is_own = _is_first_person(doc, candidate) and not is_answer
        is_own = is_own or _is_said_of_oneself(doc, candidate)
        return is_hearsay and not is_own and _has_speaker(doc, candidate)
    return candidate.cue_class != CueClass.TOPIC or _has_speaker(doc, candidate)


def _is_arrest(candidate: Candidate, cue: "Word") -> bool:
    """Whether it is not told what somebody is charged with: "charged a man on Monday"."""
    if candidate.lemma != "charge" or candidate.construction != Construction.OBJECT:
        return False
    words = (cue, *(child for child in cue.rights if child.dep_ == "dobj"))
    return not any(c.lower_ in {"with", "of", "for"} for word in words for c in word.rights)


def _is_empty(doc: "ParsedText", candidate: Candidate) -> bool:
    """Whether nothing is told but a pronoun: "That's | according to a survey"."""
    if (
        candidate.form == Form.DIRECT
        or len(candidate.content) != 1
        or candidate.stance == CueStance.DENIAL
    ):
        return False  # "denies it"
    words = doc.char_span(*candidate.content[0], alignment_mode="expand")
    return words is not None and all(
        word.pos_ in {"PRON", "DET", "AUX", "SPACE", "PUNCT", "PART"} for word in words
    )


def _is_unsaid(candidate: Candidate, cue: "Word") -> bool:
    """Whether something is only meant, thinkable or found out: "met to oppose the plan", "may tempt
    them to demand it", "said the crew discovered it", "tests will be done to confirm it"."""
    if candidate.cue_class == CueClass.ATTITUDE and candidate.construction in _OBJECTS:
        return _is_deed_of_will(cue)
    if candidate.lemma in _LEARNING:
        is_deed = candidate.lemma in _FINDING and _is_come_upon(candidate, cue)
        return is_deed or _is_aim(cue) or (candidate.is_nested and _is_active(cue))
    return _is_thinkable(cue)


def _is_said_of_oneself(doc: "ParsedText", candidate: Candidate) -> bool:
    """Whether a thought is one's own within what one says: "Officials say | they are hopeful"."""
    return candidate.is_nested and any(
        doc.text[span.start : span.end].lower() in _SELVES for span in candidate.source
    )


def _is_torn(text: str) -> bool:
    """Whether a phrase ends inside brackets, or begins with whose it is ("whose clubs")."""
    return text.count("(") > text.count(")") or text.startswith("whose ")


def _is_verbless(doc: "ParsedText", candidate: Candidate, cue: "Word") -> bool:
    """Whether what stands before a cue has no verb that tells: "In a letter sent that day, | the
    board denounced …"."""
    last = candidate.content[-1]
    if last.end > cue.idx or candidate.form == Form.DIRECT or candidate.beside.before is not None:
        return False
    words = doc.char_span(candidate.content[0].start, last.end, alignment_mode="expand")
    return words is not None and not any(
        word.tag_ in FINITE | {"MD"} or word.is_quote for word in words
    )


def _is_undergone(candidate: Candidate, verb: "Word") -> bool:
    """Whether somebody only meets with something: "has seen her sentence rise"."""
    if candidate.construction != Construction.CLAUSE:
        return False
    return candidate.lemma == "see" and any(
        child.dep_ == "ccomp"
        and child.tag_ == "VB"
        and not any(word.dep_ in {"aux", "mark"} for word in child.lefts)
        for child in verb.rights
    )


def _is_sign(doc: "ParsedText", candidate: Candidate, verb: "Word") -> bool:
    """Whether a thing does what people do in words: "a feud that threatened to split the club",
    "the pound fell, signalling that …"; papers speak."""
    if candidate.lemma not in _SIGNALLING or not candidate.source:
        return False
    is_plain = candidate.lemma in {"promise", "threaten"}
    piece = doc.char_span(*candidate.source[0], alignment_mode="expand")
    if piece is None or find_word_class(piece.root.lemma_.lower()) is not None:
        return False
    return is_plain or verb.tag_ == "VBG"


def _is_active(verb: "Word") -> bool:
    """Whether people find something out, not a paper or test."""
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    return (
        subject is not None
        and can_speak(subject)
        and find_word_class(subject.lemma_.lower()) not in _INSTITUTIONS
        and subject.ent_type_ not in {EntityLabel.ORG, EntityLabel.PERSON, EntityLabel.GPE}
        and verb.lemma_.lower() in _FINDING
    )


def _is_come_upon(candidate: Candidate, verb: "Word") -> bool:
    """Whether somebody comes upon a thing in some state: "found her buried in a basket"."""
    states = [child for child in verb.rights if child.dep_ == "ccomp"]
    return candidate.construction == Construction.CLAUSE and any(
        state.tag_ in {"VBN", "VBG", "JJ"}
        and not any(child.dep_ in {"aux", "auxpass", "cop", "mark"} for child in state.lefts)
        for state in states
    )


def _is_purpose(verb: "Word") -> bool:
    """Whether an infinitive tells what something is done for."""
    is_open = verb.tag_ == "VB" and any(child.tag_ == "TO" for child in verb.lefts)
    return is_open and verb.dep_ in {"advcl", "acl", "relcl"}


def _is_aim(verb: "Word") -> bool:
    """Whether a finding is only aimed at; not where a paper reaches it: "the study used old maps to
    show that"."""
    subject = next((child for child in verb.head.lefts if child.dep_ == "nsubj"), None)
    is_paper = subject is not None and find_word_class(subject.lemma_.lower()) == WordClass.DOCUMENT
    has_that = any(child.left_edge.lower_ == "that" for child in verb.rights)
    return _is_purpose(verb) and not (is_paper and has_that and verb.head.tag_ in FINITE)


def _is_deed_of_will(verb: "Word") -> bool:
    """Whether a will or belief is only what something is done for, or what is begun or ended."""
    is_phase = verb.tag_ == "VBG" and verb.dep_ == "xcomp" and verb.head.lemma_ in _PHASES
    return is_phase or _is_purpose(verb)


def _is_by_the_way(candidate: Candidate, verb: "Word") -> bool:
    """Whether saying is a purpose, a habit or a frame: "messages sent to inform nurses of events",
    "not used to asking for help", "Considering how she lived, …"."""
    if candidate.cue_class == CueClass.TOPIC and _is_purpose(verb) and not is_speech(verb.head):
        return verb.head.lemma_.lower() not in _DRIVING
    if candidate.construction == Construction.OBJECT and _is_duty(verb):
        return True
    if verb.tag_ != "VBG":
        return False
    if candidate.lemma in {"consider", "know"} and verb.dep_ in {"advcl", "prep"}:
        return True
    governor = verb.head if verb.dep_ == "conj" else verb
    return governor.dep_ == "pcomp" and governor.head.lower_ in {"to", "without"}


def _is_duty(verb: "Word") -> bool:
    """Whether saying is what somebody has to do, or what a plan is for: "are expected to report the
    theft", "a deal to plead guilty"."""
    is_open = verb.tag_ == "VB" and any(child.tag_ == "TO" for child in verb.lefts)
    governor = verb.head
    is_passive = any(child.dep_ == "auxpass" for child in governor.lefts)
    is_due = governor.lemma_.lower() in _OBLIGING and is_passive
    return is_open and (verb.dep_ == "acl" or (verb.dep_ == "xcomp" and is_due))


def _is_thinkable(verb: "Word") -> bool:
    """Whether somebody is only thought to be brought to say something."""
    governor = verb.head
    return (
        verb.tag_ == "VB"
        and verb.dep_ in {"ccomp", "xcomp"}
        and verb.left_edge.tag_ != "MD"
        and any(child.lower_ in {"could", "may", "might"} for child in governor.lefts)
        and any(child.dep_ == "nsubj" and child.i > governor.i for child in verb.lefts)
    )


def _is_invitation(verb: "Word") -> bool:
    """Whether readers are told whom to turn to: "are asked to call the harbour office"."""
    return any(child.dep_ == "xcomp" and child.lemma_.lower() in _TURNING for child in verb.rights)


def _is_mine(doc: "ParsedText", candidate: Candidate) -> bool:
    return any(
        doc.text[span.start : span.end].lower() in {"my", "our"} for span in candidate.source
    )


def _is_main(word: "Word") -> bool:
    """Whether an adverb stands in a main clause: not "a man who allegedly ran a station"."""
    return word.head.dep_ in _MAIN and word.head.pos_ in {"VERB", "AUX"}


def _is_told_otherwise(adverb: "Word") -> bool:
    """Whether the sentence names who says it: "a source reportedly said", "was allegedly sold,
    according to two guards"."""
    verb = adverb.head
    if verb.dep_ == "ccomp" and is_speech(verb.head):
        return True  # "He said the driver allegedly struck her"
    cue = load_cues().get((verb.lemma_.lower(), "verb"))
    is_cue = cue is not None and (cue.cue_class == CueClass.SPEECH or cue.lemma in _HELD)
    has_subject = any(
        child.dep_ == "nsubj" and (can_speak(child) or child.lower_ in _PRONOUNS)
        for child in verb.lefts
    )
    return (is_cue and has_subject) or any(word.lower_ == "according" for word in adverb.sent)


def _has_label(marks: Sequence[Span], verb: "Word") -> bool:
    """Whether an object is given a name or judgement, or there is none: "called it a trap", "saw it
    as a threat", "called for a vote", "called the vote “a joke”"."""
    is_cited = verb.lemma_.lower() == "cite"  # "cited the drought as a reason", and nothing less
    if not any(child.dep_ in {"dobj", "ccomp"} for child in verb.rights):
        return not is_cited
    for child in verb.rights:
        if child.dep_ in _LABELS or (child.dep_ == "ccomp" and child.tag_ != "VB"):
            return True
        if child.dep_ == "prep" and child.lower_ == "as":
            return True
        if child.dep_ == "dobj" and any(
            grand.tag_ == "JJ" and grand.dep_ in {"acl", "amod"} for grand in child.rights
        ):
            return True  # "called its actions | defensive in nature"
        is_next = child.dep_ == "dobj" and child.left_edge.i == verb.i + 1
        if is_next and is_quoted(marks, child.idx + len(child) + 1):
            return True
        joints = {"as"} if is_cited or verb.lemma_.lower() == "call" else {"as", "of"}
        if child.dep_ == "dobj" and any(
            grand.lower_ in joints and grand.dep_ == "prep" for grand in child.rights
        ):
            return True
    return False


def _is_first_person(doc: "ParsedText", candidate: Candidate) -> bool:
    """Whether somebody speaks of a thought of his own: in quoted words it is part of what he
    says."""
    return any(doc.text[span.start : span.end].lower() in _FIRST for span in candidate.source)


def _has_speaker(doc: "ParsedText", candidate: Candidate) -> bool:
    """Whether the source is one that thinks: a name, a pronoun, people, a body or a document."""
    if not candidate.source:
        cue = doc[candidate.cue_index]
        return candidate.lemma in _HELD or (cue.dep_ == "attr" and cue.head.lemma_ == "be")
    piece = doc.char_span(*candidate.source[0], alignment_mode="expand")
    if piece is None:
        return False
    return any(
        word.ent_type_ in {EntityLabel.PERSON, EntityLabel.ORG, EntityLabel.GPE, EntityLabel.NORP}
        or word.pos_ == "PROPN"
        or word.lower_ in _PRONOUNS | _OWNERS
        or can_speak(word)
        or find_word_class(word.lemma_.lower()) is not None
        or word.lower_ == "latter"
        for word in (piece.root, *(word for word in piece if word.dep_ == "conj"))
    )
