"""What a relative clause denies: "accused of hiding the ledger, which he denied"."""

from newsledger.lexicon.cues import load_cues
from newsledger.model.enums import Construction, CueClass
from newsledger.model.records import Span
from newsledger.nlp.attribution.constructions.document import LIKELY, Candidate
from newsledger.nlp.attribution.constructions.verb_frame import VerbFrame
from newsledger.nlp.claims.sources import can_speak
from newsledger.nlp.parse.parsed import Word

_DENYING = frozenset({"contest", "deny", "dispute", "refute", "reject"})
_PERSONS = frozenset({"he", "she", "they", "it"})
_PASSIVES = frozenset({"auxpass", "nsubjpass"})
_OF_CHARGES = frozenset({"of", "for", "on", "with"})


def is_denial_of(verb: "Word") -> bool:
    """Whether a relative clause denies what its sentence has told: ", which he denied"."""
    if verb.dep_ != "relcl" or verb.lemma_.lower() not in _DENYING:
        return False
    denied = next((child for child in verb.lefts if child.dep_ == "dobj"), None)
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if denied is None or subject is None or denied.lower_ != "which" or verb.n_rights > 1:
        return False
    is_speaker = subject.lower_ in _PERSONS or can_speak(subject) or subject.pos_ == "PROPN"
    return is_speaker and denied.i > 0 and verb.doc[denied.i - 1].text == ","


def read_denied(frame: VerbFrame) -> Candidate | None:
    """Read the charge or words before a relative clause that denies them."""
    verb = frame.verb
    if not is_denial_of(verb) or not frame.source or frame.indexed.quote_of[verb.i] >= 0:
        return None
    charge = _find_charge(verb)
    end = verb.doc[verb.left_edge.i - 1].idx
    if charge is None or charge.left_edge.idx >= end:
        return None
    content = (Span(charge.left_edge.idx, end),)
    return frame.read(Construction.OBJECT, content, floor=LIKELY)


def _find_charge(verb: "Word") -> "Word | None":
    """The top word of what is denied: the clause that a cue tells, or what somebody is accused
    of."""
    word = verb.head
    while word.head is not word:
        governor = word.head
        if word.dep_ == "prep" and word.lower_ in _OF_CHARGES and _is_charged(governor):
            return word
        if word.dep_ in {"ccomp", "acl"} and _is_told(governor):
            return word
        word = governor
    return None


def _is_told(word: "Word") -> bool:
    """Whether a verb or noun tells what somebody says: "said", "claims"."""
    cue = load_cues().get((word.lemma_.lower(), "noun" if word.pos_ == "NOUN" else "verb"))
    return cue is not None and cue.cue_class == CueClass.SPEECH


def _is_charged(verb: "Word") -> bool:
    """Whether a passive of speech governs a charge: "was accused | of"."""
    is_passive = any(child.dep_ in _PASSIVES for child in verb.lefts) or verb.dep_ == "acl"
    return is_passive and verb.tag_ == "VBN" and _is_told(verb)
