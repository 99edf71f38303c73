"""Objects of verbs of speech that tell nothing anybody says: who is told and not what ("notified
the board"), a paper and not its words ("issued a statement"), a name and no judgement ("calls the
farm Salt Acre")."""

import bisect
from collections.abc import Sequence

from newsledger.lexicon.outlets import find_outlet
from newsledger.lexicon.source_words import find_word_class
from newsledger.model.enums import Construction, CueClass, CueStance, EntityLabel, WordClass
from newsledger.model.records import Span
from newsledger.nlp.attribution.constructions.document import Candidate
from newsledger.nlp.attribution.constructions.subjects import WH
from newsledger.nlp.parse.parsed import ParsedText, Word

_OBJECTS = frozenset({Construction.OBJECT, Construction.OBJECT_INFINITIVE})
_PEOPLE = frozenset({"him", "her", "them", "me", "us"})
_ADDRESSING = frozenset({"alert", "brief", "inform", "notify"})
_MATTERS = frozenset({"about", "against", "of", "on", "over", "that"})
_ISSUING = frozenset("issue post publish release send write".split())
_PAPERS = frozenset(
    {"communique", "communiqué", "letter", "memo", "release", "report", "statement"}
)
_SAME = frozenset({"same", "similar"})
_LABELS = frozenset({"acomp", "attr", "oprd"})
_REMARKS = frozenset(
    "call comment development news remark report sentiment statement view word".split()
)
_DETAILING = frozenset("detail disclose elaborate give name provide specify".split())


def is_other_object(doc: "ParsedText", candidate: Candidate, cue: "Word") -> bool:
    """Whether an object tells nothing that anybody says."""
    if candidate.lemma == "report" and _is_reported_by_object(cue):
        return True
    if candidate.cue_class == CueClass.TOPIC and (_is_untold_remark(cue) or _is_left_open(cue)):
        return True
    is_act = _is_addressed(cue) or _is_untold_paper(cue) or _is_beat(cue)
    return is_act or _is_gloss(cue) or _is_ended(doc, candidate)


def is_other_call(marks: Sequence[Span], verb: "Word") -> bool:
    """Whether "call" is no word of judgement: "called off the search", "called in other crews",
    "called 911", "a model they call T9"."""
    following = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    if following in {"in", "up"} or any(child.dep_ == "prt" for child in verb.rights):
        return True
    is_passive = any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.lefts)
    if is_passive and not any(child.dep_ in _LABELS | {"xcomp"} for child in verb.rights):
        return True  # "the race was called by the Herald"
    things = [child for child in verb.rights if child.dep_ in {"dobj", "oprd", "attr", "dative"}]
    if any(thing.text.isdigit() for thing in things):
        return True
    names = [thing for thing in things if thing.dep_ == "oprd"] or things
    unquoted = [word for word in names if not is_quoted(marks, word.idx)]
    is_named = any(word.pos_ in {"PROPN", "NUM"} or word.text.isupper() for word in unquoted)
    is_name = any(word.dep_ == "oprd" and _is_bare_name(word) for word in unquoted)
    return is_name or (verb.dep_ in {"relcl", "acl"} and is_named)


def _is_bare_name(word: "Word") -> bool:
    """Whether a label is a name that a thing goes by: "calls the farm | Salt Acre"."""
    return word.pos_ == "PROPN" and all(
        part.pos_ in {"PROPN", "CCONJ", "ADP"} and part.text[:1].isupper()
        for part in word.doc[word.left_edge.i : word.i + 1]
    )


def _is_addressed(verb: "Word") -> bool:
    """Whether only who is told or asked follows, and not what: "notified the board on Friday",
    "questioned the minister"."""
    lemma = verb.lemma_.lower()
    things = [child for child in verb.rights if child.dep_ == "dobj"]
    if lemma == "question":
        return any(
            child.ent_type_ == EntityLabel.PERSON or child.lower_ in _PEOPLE for child in things
        )
    near = [word for thing in things for word in (thing, *thing.rights)] + list(verb.rights)
    has_matter = any(
        word.dep_ == "prep"
        and word.lower_ in _MATTERS
        and not any(child.ent_type_ in {"DATE", "TIME"} for child in word.rights)
        for word in near
    )
    return lemma in _ADDRESSING and bool(things) and not has_matter


def _is_untold_paper(verb: "Word") -> bool:
    """Whether a paper is named and not what it says: "issued a statement", "issued no comment"."""
    things = [child for child in verb.rights if child.dep_ == "dobj"]
    is_issued = verb.lemma_.lower() in _ISSUING
    return (
        bool(things)
        and is_issued
        and all(
            thing.lemma_.lower() in _PAPERS | {"comment"}
            and all(child.dep_ in {"det", "amod", "compound"} for child in thing.lefts)
            and not any(child.dep_ in {"prep", "ccomp", "relcl"} for child in thing.rights)
            for thing in things
        )
    )


def _is_untold_remark(verb: "Word") -> bool:
    """Whether it is not told what a remark says: "echoed those comments", "reported the call"."""
    things = [child for child in verb.rights if child.dep_ == "dobj"]
    return bool(things) and all(
        thing.lemma_.lower() in _REMARKS
        and all(child.dep_ == "det" or child.lower_ in _SAME for child in thing.lefts)
        and not any(child.dep_ in {"prep", "acl", "relcl", "appos"} for child in thing.rights)
        for thing in things
    )


def _is_left_open(verb: "Word") -> bool:
    """Whether something is not told: "did not specify a date"."""
    is_denied = any(child.dep_ == "neg" for child in verb.lefts)
    return is_denied and verb.lemma_.lower() in _DETAILING


def _is_reported_by_object(verb: "Word") -> bool:
    """Tell a tag whose medium the parser takes for the object: "…, said Lund, reports a daily"."""
    thing = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    if thing is None or thing.tag_ not in {"NN", "NNP", "NNPS"}:
        return False
    name = verb.doc.text[thing.left_edge.idx : thing.idx + len(thing)]
    return find_word_class(thing.lemma_.lower()) == WordClass.MEDIA or find_outlet(name) is not None


def _is_beat(verb: "Word") -> bool:
    """Whether only the field or place of somebody's work is told: "reported on the war"."""
    has_thing = any(child.dep_ in {"dobj", "ccomp"} for child in verb.rights)
    places = {child.lower_ for child in verb.rights if child.dep_ == "prep"}
    return verb.lemma_.lower() == "report" and not has_thing and bool(places & {"on", "from"})


def _is_gloss(verb: "Word") -> bool:
    """Whether the outlet tells what is meant: "he said, referring to the shelling", "Blue Harbour
    refers to a plan"."""
    if verb.lemma_.lower() != "refer":
        return False
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    is_thing = subject is not None and subject.ent_type_ != EntityLabel.PERSON
    is_thing = is_thing and subject is not None and subject.lower_ not in {"he", "she", "who"}
    is_meaning = verb.tag_ == "VBZ" and is_thing
    return is_meaning or (verb.tag_ == "VBG" and verb.dep_ == "advcl")


def _is_ended(doc: "ParsedText", candidate: Candidate) -> bool:
    """Whether something is brought to its end, and no paper finds it: "concluded the hearing"."""
    if candidate.lemma != "conclude" or not candidate.source:
        return False
    piece = doc.char_span(*candidate.source[0], alignment_mode="expand")
    return piece is None or find_word_class(piece.root.lemma_.lower()) != WordClass.DOCUMENT


def is_label_alone(candidate: Candidate, verb: "Word") -> bool:
    """Whether a label is told apart from the thing: "fines over works | which it called wrong"; a
    denial is none (", which he denied")."""
    if candidate.stance == CueStance.DENIAL:
        return False
    is_apart = any(child.dep_ == "dobj" and child.tag_ in WH for child in verb.lefts)
    return candidate.construction in _OBJECTS and is_apart


def is_quoted(marks: Sequence[Span], offset: int) -> bool:
    """Whether an offset stands inside quoted words; `marks` are the quotations in order."""
    at = bisect.bisect_right(marks, (offset,)) - 1
    return at >= 0 and offset < marks[at].end
