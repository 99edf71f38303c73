"""What stands behind somebody's words and is none of them: another basis, a list of those who
speak, the question that was put."""

from newsledger.model.enums import EntityLabel
from newsledger.nlp.attribution.constructions.subjects import WH
from newsledger.nlp.attribution.further_parts import SUBJECTS
from newsledger.nlp.claims.sources import can_speak
from newsledger.nlp.parse.parsed import Word

_QUESTIONED = frozenset({"asked", "pressed"})
_MATTERS = frozenset({"about", "if", "on", "whether", "for"})


def is_other_basis(word: "Word") -> bool:
    """Tell ", according to" and ", based on" a poll: who or what else stands behind it."""
    follower = word.doc[word.i + 1].lower_ if word.i + 1 < len(word.doc) else ""
    return word.lower_ == "according" or (word.lower_ == "based" and follower == "on")


def is_answer(word: "Word", cue: "Word") -> bool:
    """Tell "when asked why" behind what somebody answers, not behind what another did then."""
    following = word.doc[word.i + 1] if word.i + 1 < len(word.doc) else word
    if word.lower_ != "when" or following.lower_ not in _QUESTIONED:
        return False
    governor = following.head
    subject = next((child for child in governor.lefts if child.dep_ in SUBJECTS), None)
    is_other = subject is not None and subject.pos_ != "PRON" and can_speak(subject)
    is_put = any(child.tag_ in WH or child.lower_ in _MATTERS for child in following.subtree)
    return following.tag_ == "VBN" and is_put and not is_other and word.i > cue.i


def lists_speakers(word: "Word", cue: "Word") -> bool:
    """Tell ", such as" before one of those who speak: "Others want peace, | such as Ana Lund"."""
    last = word.doc[word.i + 1] if word.i + 1 < len(word.doc) else word
    is_list = word.lower_ == "such" and last.lower_ == "as"
    people = [child for child in last.rights if child.dep_ == "pobj"] if is_list else []
    subject = next((child for child in cue.lefts if child.dep_ == "nsubj"), None)
    is_many = subject is not None and subject.tag_ in {"NNS", "NNPS"}
    return is_many and any(child.ent_type_ == EntityLabel.PERSON for child in people)
