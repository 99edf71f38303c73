"""Conjoined cues: "said the bridge was safe and added that it would open", "said he was late,
blaming the rain" are two claims of one speaker.

The parser often hangs the second cue on the verb of what was said ("was … and added", "was …,
blaming"). Here it is given back to the first cue where the shapes agree and the subject inside
cannot be who speaks.
"""

from newsledger.lexicon.cues import load_cues
from newsledger.model.enums import CueClass, EntityLabel
from newsledger.nlp.claims.sources import can_speak
from newsledger.nlp.parse.parsed import Word

FINITE = frozenset({"VBD", "VBZ", "VBP"})
_DEPENDENT = frozenset({"VB", "VBN", "VBG"})  # behind a modal, "had" or "to"
_COMPLEMENTS = frozenset({"ccomp", "xcomp"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_OTHERS = frozenset(
    "another many most one other others second several some third".split()
)  # of several sources
# gerunds by which a speaker goes on, whoever the last clause is about
_GOING_ON = frozenset("add argue claim explain insist note say state stress".split())
_PRONOUNS = frozenset({"i", "he", "she", "they", "we", "it"})
_BESIDE = frozenset({"with", "despite"})
_CONCEDING = frozenset({"acknowledge", "admit", "agree", "concede", "grant"})
_QUESTIONS = frozenset({"how", "if", "whether", "why"})
MAX_CHAIN = 4  # conjuncts to climb


def find_upper_cue(verb: "Word") -> "Word | None":
    """Find the cue to which a second one, hung on what the first one says, is conjoined or added as
    a gerund."""
    is_gerund = verb.dep_ == "advcl" and verb.tag_ == "VBG" and is_set_off(verb)
    if not _is_second(verb):
        return None
    if verb.dep_ == "conj" and verb.tag_ == "VBG":
        return _find_upper_gerund(verb)
    if not (is_gerund or (verb.dep_ == "conj" and verb.tag_ in FINITE)):
        return None
    if verb.lemma_.lower() == "pose" and not _asks(verb):
        return None  # "posed a threat"
    if any(
        child.dep_ in _SUBJECTS or (child.dep_ in {"mark", "aux", "auxpass"} and child.i < verb.i)
        for child in verb.children
    ):
        return None
    inner = verb.head
    subject = _find_subject(inner)
    for _ in range(MAX_CHAIN):
        if inner.dep_ != "conj":
            break
        inner = inner.head
        subject = subject if subject is not None else _find_subject(inner)
    upper = inner.head
    if inner.dep_ == "ccomp" and not is_gerund and _is_done_to(verb, subject) and is_held(upper):
        return upper
    if (
        inner.dep_ not in _COMPLEMENTS
        or not upper.i < inner.i < verb.i
        or not (is_gerund or upper.tag_ == verb.tag_)
        or not is_speech(upper)
    ):
        return None
    is_going_on = verb.lemma_.lower() in _GOING_ON or verb.doc[verb.i + 1].text == ":"
    if is_gerund and is_going_on and inner.dep_ == "ccomp":
        return upper  # "alleged that the banker was behind it, stating: …"
    if not is_gerund and inner.tag_ in _DEPENDENT and verb.head.tag_ in _DEPENDENT:
        return (
            upper  # "promised that no school would close and pledged …": the shape of the first cue
        )
    is_apart = _is_set_apart(verb) and any(child.dep_ == "ccomp" for child in verb.rights)
    is_own = is_apart or _is_no_speaker(subject, _find_subject(upper))
    is_own = is_own or (not is_gerund and _is_other_shape(inner, verb))
    is_own = is_own or (upper.lemma_.lower() in _CONCEDING and _opener_of(verb) == "but")
    is_own = is_own or (_tells_that(verb) and _opens_with_that(inner) and not is_speech(inner))
    return upper if inner.dep_ == "ccomp" and is_own else None


def _is_done_to(verb: "Word", subject: "Word | None") -> bool:
    """Tell a second verb whose object can be the subject of the first, and who does not speak of
    himself: "felt that Lund had stayed too long | and accused him of greed"."""
    objects = {child.lower_ for child in verb.rights if child.dep_ == "dobj"}
    is_person = subject is not None and subject.ent_type_ == EntityLabel.PERSON
    return is_person and bool(objects & {"him", "her"})


def is_held(verb: "Word") -> bool:
    """Whether a verb tells what somebody says or thinks."""
    return (verb.lemma_.lower(), "verb") in load_cues()


def _opener_of(verb: "Word") -> str:
    return verb.doc[verb.left_edge.i - 1].lower_ if verb.left_edge.i else ""


def is_set_off(verb: "Word") -> bool:
    """Tell a comma before a verb, also within quotation marks: ", vowing", ",” vowing"."""
    before = verb.left_edge.i - 1
    if before > 0 and verb.doc[before].is_quote:
        before -= 1
    return before >= 0 and verb.doc[before].text == ","


def _is_second(verb: "Word") -> bool:
    """Tell a verb that may be a second cue: of speech, or a refusal."""
    cue = load_cues().get((verb.lemma_.lower(), "verb"))
    return cue is not None and cue.cue_class in {CueClass.SPEECH, CueClass.DECLINED}


def _is_other_shape(inner: "Word", verb: "Word") -> bool:
    """Tell a second verb that does not go on from what is said: "would study the bid | and
    declined", "both signed it | and says", "asked why it took years | and said"."""
    is_question = inner.left_edge.lower_ in _QUESTIONS and inner.head.i < inner.i
    return inner.tag_ == "VB" or (inner.tag_ in FINITE and (inner.tag_ != verb.tag_)) or is_question


def _is_set_apart(verb: "Word") -> bool:
    """Tell ", and" before a verb."""
    first = verb.left_edge.i
    return first > 1 and verb.doc[first - 1].dep_ == "cc" and verb.doc[first - 2].text == ","


def _find_upper_gerund(verb: "Word") -> "Word | None":
    """Find the gerund of speech to which another is joined, where the parser joins it to a finite
    verb inside: "saying he was tired of those who fined him | and calling them cowards"."""
    inner = verb.head
    is_finite = inner.tag_ in FINITE or any(child.tag_ == "MD" for child in inner.lefts)
    if not is_finite or any(child.dep_ in _SUBJECTS for child in verb.children):
        return None
    upper = inner
    while upper.head is not upper:
        upper = upper.head
        if upper.tag_ == "VBG" and is_speech(upper):
            return upper
    return None


def _tells_that(verb: "Word") -> bool:
    """Whether a verb goes on with "that": "claimed that it knew | and stressed that …"."""
    return any(child.dep_ == "ccomp" and _opens_with_that(child) for child in verb.rights)


def _opens_with_that(clause: "Word") -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.lefts)


def _asks(verb: "Word") -> bool:
    return any(child.lemma_.lower() == "question" for child in verb.rights)


def find_cut(upper: "Word", clause: "Word") -> int | None:
    """Find where the clause of a cue ends because a second cue begins: the offset of the
    conjunction before it."""
    waiting = [clause]
    while waiting:
        verb = waiting.pop()
        for child in verb.children:
            if (
                child.dep_ == "prep"
                and child.lower_ in _BESIDE
                and child.i > verb.i
                and any(is_beside(word) for word in child.subtree)
            ):
                return child.idx
            if child.dep_ not in {"conj", "advcl"} or child.i < verb.i:
                continue
            found = find_upper_cue(child)
            if _is_other_report(child):
                first = child.left_edge
                return first.idx if child.dep_ == "advcl" else verb.doc[first.i - 1].idx
            if found is not None and found.i == upper.i and child.dep_ == "advcl":
                return verb.doc[child.left_edge.i - 1].idx
            if found is not None and found.i == upper.i:
                return min(
                    (
                        other.idx
                        for other in verb.children
                        if other.dep_ == "cc" and verb.i < other.i < child.i
                    ),
                    default=child.idx,
                )
            waiting.append(child)
    return None


def is_beside(verb: "Word") -> bool:
    """Whether somebody's words are told in a phrase with "with": ", with the Greens describing it
    as a disgrace"."""
    if verb.tag_ != "VBG" or not is_speech(verb):
        return False
    if verb.dep_ == "pcomp":
        preposition, subject = verb.head, _find_subject(verb)
    else:
        preposition, subject = verb.head.head, verb.head
    return (
        verb.dep_ in {"pcomp", "acl"}
        and preposition.lower_ in _BESIDE
        and subject is not None
        and can_speak(subject)
    )


def _is_other_report(verb: "Word") -> bool:
    """Whether somebody else's words are set beside what is said: ", while the army said …", ", and
    aid groups warned …"."""
    subject = _find_subject(verb)
    if (
        not is_speech(verb)
        or verb.tag_ not in FINITE
        or subject is None
        or subject.lower_ in _PRONOUNS
        or not can_speak(subject)
    ):
        return False
    words, first = verb.doc, verb.left_edge.i
    if verb.dep_ == "advcl":
        return words[first].lower_ in {"while", "whereas"}
    return first > 1 and words[first - 1].dep_ == "cc" and words[first - 2].text == ","


def is_report(verb: "Word") -> bool:
    """Whether a verb tells in a clause of its own what somebody says."""
    subject = _find_subject(verb)
    is_speaker = subject is not None and (can_speak(subject) or subject.lower_ in _OTHERS)
    return is_speaker and is_speech(verb) and verb.tag_ in FINITE


def is_speech(verb: "Word") -> bool:
    cue = load_cues().get((verb.lemma_.lower(), "verb"))
    return cue is not None and cue.cue_class == CueClass.SPEECH


def _find_subject(verb: "Word") -> "Word | None":
    return next((child for child in verb.children if child.dep_ in _SUBJECTS), None)


def _is_no_speaker(inner: "Word | None", outer: "Word | None") -> bool:
    """Whether the subject of what is said cannot be who says the second thing, or is the first
    speaker again."""
    if inner is None or outer is None:
        return False
    low = inner.lower_
    if low in _PRONOUNS:
        return low == "it" or outer.lower_ not in _PRONOUNS or outer.lower_ == low
    return not can_speak(inner)
