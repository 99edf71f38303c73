"""Tense of the verb that governs a token: whether it looks back or forward."""

from functools import cache

from newsledger.lexicon.words import read_classes
from newsledger.nlp.parse.parsed import ParsedText, Word

_CLIMB = 8  # heads to climb; deeper clauses say nothing of the token's own time
_FUTURE_AUX = frozenset(
    {
        "will",
        "shall",
        "'ll",
        "’ll",
        "wo",
        "would",
        "'d",
        "’d",
        "should",
        "could",
        "may",
        "might",
        "can",
        "must",
    }
)
_WITH_OBJECT = frozenset(
    {"hold", "run", "take", "face", "host", "visit", "play"}
)  # "is holding a vote" is a date, "the truce is holding" none
VERB_CLASSES = frozenset({"forward", "scheduled", "event"})


@cache
def verb_words() -> dict[str, tuple[str, str]]:
    """Read `seeds/time_verbs.csv`: verbs that look forward ("plan"), and those whose present tense
    is a timetable ("opens Friday")."""
    return read_classes("time_verbs.csv", ("lemma", "class", "note"), VERB_CLASSES)


def find_direction(doc: "ParsedText", at: int) -> str:
    """Tell whether the verb over a token looks to the "past", the "future", or there is "none" to
    ask."""
    token = doc[at]
    for _ in range(_CLIMB):
        if token.i != at and token.pos_ in ("VERB", "AUX"):
            return verb_direction(token)
        kind = verb_words().get(token.lemma_.lower(), ("", ""))[0] if token.i != at else ""
        if kind == "forward" and token.pos_ in ("ADJ", "NOUN"):
            return "future"
        if token.head is token or token.head.i == token.i:
            return "none"
        token = token.head
    return "none"


def verb_direction(verb: "Word") -> str:
    """Tell whether one verb looks to the "past", the "future", or neither ("none")."""
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    kind = verb_words().get(verb.lemma_.lower(), ("", ""))[0]
    if helpers & _FUTURE_AUX:
        is_past = "have" in helpers or (
            "could" in helpers and any(child.dep_ == "neg" for child in verb.children)
        )
        return "past" if is_past else "future"
    if "to" in helpers and (verb.tag_ == "VB" or "be" in helpers):  # "to meet", "to be held"
        return _infinitive_direction(verb)
    is_done = (verb.lemma_ == "propose" and helpers & {"was", "were"}) or (
        verb.lemma_ == "set" and any(child.pos_ == "PRON" for child in verb.rights)
    )  # "was proposed in May", "set himself on fire"
    if kind == "forward" and not is_done:
        return "future"
    if verb.tag_ in ("VBZ", "VBP") and not helpers and kind == "scheduled":
        return "future"
    if (
        verb.tag_ == "VBG"
        and helpers & {"is", "are", "am", "'s", "’s", "'re", "’re"}
        and kind == "scheduled"
    ):
        is_bare = (
            verb.lemma_.lower() in _WITH_OBJECT
            and "being" not in helpers
            and not any(child.dep_ == "dobj" for child in verb.children)
        )
        return "none" if is_bare else "future"
    if verb.lemma_ == "be" and verb.tag_ in ("VBZ", "VBP"):
        return "future" if any(_looks_forward(child) for child in verb.children) else "none"
    if verb.tag_ == "VBG" and helpers & {"was", "were"}:
        return "past"
    if verb.tag_ in ("VBD", "VBN"):
        return "none" if helpers & {"is", "are", "'s", "’s"} else "past"
    return "none"


def _looks_forward(token: "Word") -> bool:
    return (
        token.dep_ in ("acomp", "attr")
        and verb_words().get(token.lemma_.lower(), ("", ""))[0] == "forward"
    )


def _infinitive_direction(verb: "Word") -> str:
    """Read "to meet on Sunday": forward after "plans", "is due", "expected"; back after "managed",
    "tried"."""
    head = verb.head
    if head.i == verb.i:
        return "future"
    if verb_words().get(head.lemma_.lower(), ("", ""))[0] == "forward":
        return "future"
    if head.pos_ in ("VERB", "AUX") and head.tag_ in ("VBD", "VBN"):
        return "past"
    return "future"
